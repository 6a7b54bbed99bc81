import assert from "node:assert/strict";
import { DATE, instructor } from "../../../planning/testing/days";
import { mergeProfiles, newId, newInstructor, withIds } from "./profiles";

const [JANA, PETR, EVA] = ["jana", "petr", "eva"].map((id) => instructor(id)) as [
  ReturnType<typeof instructor>,
  ReturnType<typeof instructor>,
  ReturnType<typeof instructor>,
];

describe("two clerks' instructors", () => {
  it("are merged field by field, and a list by what each has added and removed", () => {
    const base = [instructor("jana", { languages: ["cs", "de"], absences: [DATE] })];
    const mine = [instructor("jana", { languages: ["cs"], absences: [DATE, "2026-12-30"], active: false })];
    const theirs = [instructor("jana", { name: "Jana N.", languages: ["cs", "de", "en"], absences: ["2026-12-29"] })];
    const merged = instructor("jana", { name: "Jana N.", languages: ["cs", "en"], absences: ["2026-12-29", "2026-12-30"], active: false });
    const { mine: found, theirs: told } = mergeProfiles(base, mine, theirs);
    assert.deepEqual(found, [{ ...merged, levels: [] }]);
    assert.deepEqual(
      told.map(({ id }) => id),
      ["jana"],
    );
  });

  it("are all there whom only one of the two has added", () => {
    const { mine } = mergeProfiles([JANA], [JANA, PETR], [JANA, EVA]);
    assert.deepEqual(
      mine?.map(({ id }) => id),
      ["jana", "eva", "petr"],
    );
  });

  it("are two where each has added one whose name tells no letters", () => {
    const [one, other] = [newInstructor(), newInstructor()].map((profile) => ({ ...profile, name: "田" }));
    const saved = withIds([JANA, one ?? assert.fail()]);
    const { mine } = mergeProfiles([JANA], [JANA, other ?? assert.fail()], saved);
    assert.deepEqual(
      withIds(mine ?? []).map(({ id }) => id),
      ["jana", "instructor", "instructor-2"],
    );
  });

  it("are gone that somebody else has removed, unless they were changed here", () => {
    assert.equal(mergeProfiles([JANA, PETR], [JANA, PETR], [JANA]).mine, undefined);
    const { mine } = mergeProfiles([JANA, PETR], [JANA, { ...PETR, active: false }], [JANA]);
    assert.deepEqual(
      mine?.map(({ id }) => id),
      ["jana", "petr"],
    );
  });

  it("are nothing to save where both have done the same", () => {
    const changed = instructor("jana", { languages: ["pl"] });
    assert.deepEqual(mergeProfiles([JANA], [changed], [changed]), { mine: undefined, theirs: [] });
  });
});

describe("a new instructor", () => {
  it("is named by an id of their own, without accents", () => {
    assert.equal(newId("Klára Nová", new Set()), "klara-nova");
    assert.equal(newId("Klára Nová", new Set(["klara-nova", "klara-nova-2"])), "klara-nova-3");
    assert.equal(newId("", new Set()), "instructor");
  });
});
