import assert from "node:assert/strict";
import type { Plan } from "./day";
import { merge } from "./merge";
import { randomOf } from "./testing/days";

describe("merge", () => {
  it("takes what only one of the two has changed", () => {
    const base = { l1: "a", l2: "a", l3: "a" };
    const { plan, differences } = merge(base, { ...base, l1: "mine" }, { l1: "a", l2: "theirs" });
    assert.deepEqual(plan, { l1: "mine", l2: "theirs" });
    assert.deepEqual(
      differences.map(({ lessonId, theirs, isDisputed }) => [lessonId, theirs, isDisputed]),
      [
        ["l2", "theirs", false],
        ["l3", undefined, false],
      ],
    );
  });

  it("keeps mine where both have changed a lesson, and names what the other wanted", () => {
    const { plan, differences } = merge({ l1: "a" }, { l1: "mine" }, { l1: "theirs" });
    assert.deepEqual(plan, { l1: "mine" });
    assert.deepEqual(differences, [{ lessonId: "l1", base: "a", mine: "mine", theirs: "theirs", isDisputed: true }]);
  });

  it("finds no difference where both have changed a lesson alike", () => {
    assert.deepEqual(merge({}, { l1: "same" }, { l1: "same" }), { plan: { l1: "same" }, differences: [] });
  });

  it("loses no change of either, whatever the two have done", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomOf(seed);
      const some = (): Plan =>
        Object.fromEntries(
          ["l1", "l2", "l3", "l4"].flatMap((id) => (random() < 0.3 ? [] : [[id, "abc"[Math.floor(random() * 3)] ?? "a"]])),
        );
      const [base, mine, theirs] = [some(), some(), some()];
      const { plan, differences } = merge(base, mine, theirs);
      for (const id of ["l1", "l2", "l3", "l4"]) {
        if (mine[id] !== base[id]) assert.equal(plan[id], mine[id]);
        else assert.equal(plan[id], theirs[id]);
        const isTold = differences.some(({ lessonId }) => lessonId === id);
        assert.equal(isTold, theirs[id] !== base[id] && theirs[id] !== mine[id]);
      }
    }
  });
});
