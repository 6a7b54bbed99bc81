import assert from "node:assert/strict";
import { overlap, type Plan } from "./day";
import { lessonsOf, obstacleTo } from "./free";
import { acquaintanceOf, compareMeasures, measureOf } from "./measure";
import { greedy, propose } from "./propose";
import { DATE, day, instructor, lesson, randomDay } from "./testing/days";

const NOBODY = new Map<string, Set<string>>();

describe("propose", () => {
  it("proposes whoever speaks the language and teaches the level", () => {
    const german = lesson(1, { participants: [{ name: "Max", sponsor: "Mu.", language: "de" }], level: "běžky" });
    const staff = [
      instructor("czech", { languages: ["cs"] }),
      instructor("skier", { languages: ["de"], levels: ["lyže"] }),
      instructor("right", { languages: ["de"], levels: ["běžky"] }),
    ];
    assert.deepEqual(propose(day([german], staff), {}, NOBODY).plan, { l1: "right" });
  });

  it("leaves open what nobody can take, and says what stands in the way of how many", () => {
    const german = lesson(1, { participants: [{ name: "Max", sponsor: "Mu.", language: "de" }] });
    const staff = [instructor("a", { languages: ["cs"] }), instructor("b", { languages: ["pl"] }), instructor("c", { absences: [DATE] })];
    const { plan, proposals, unfillable } = propose(day([german], staff), {}, NOBODY);
    assert.deepEqual([plan, proposals], [{}, []]);
    assert.deepEqual(unfillable, [{ lesson: german, reasons: { language: 2, absent: 1 } }]);
  });

  it("fills two lessons where taking the first that comes would leave one open", () => {
    const czech = lesson(1);
    const german = lesson(2, { participants: [{ name: "Max", sponsor: "Mu.", language: "de" }] });
    const staff = [instructor("both", { languages: ["cs", "de"] }), instructor("czech", { languages: ["cs"] })];
    const today = day([czech, german], staff);
    assert.equal(Object.keys(greedy(today, {}, NOBODY)).length, 1);
    assert.deepEqual(propose(today, {}, NOBODY).plan, { l1: "czech", l2: "both" });
  });

  it("keeps people with the instructor whom they know from another day, rather than make hours fair", () => {
    const [yesterday, today] = [
      day([lesson(1)], []),
      day([lesson(7, { participants: lesson(1).participants }), lesson(8, { start: "11:00", end: "12:00" })], []),
    ];
    const staff = [instructor("new"), instructor("known")];
    const acquaintance = acquaintanceOf([{ day: yesterday, plan: { l1: "known" } }]);
    const { proposals } = propose({ ...today, instructors: staff }, { l8: "known" }, acquaintance);
    assert.deepEqual(
      proposals.map(({ instructor: { id }, known, others }) => [id, known, others]),
      [["known", 1, 1]],
    );
  });

  it("knows people again by their booking, though no name is known", () => {
    const nameless = { participants: [{ name: null, sponsor: "No.", language: "cs" }], booking_ids: ["b1"] };
    const acquaintance = acquaintanceOf([{ day: day([lesson(1, nameless)], []), plan: { l1: "known" } }]);
    const today = day([lesson(2, nameless)], [instructor("a"), instructor("known")]);
    assert.deepEqual(propose(today, {}, acquaintance).plan, { l2: "known" });
  });

  it("gives hours fairly where nothing else counts", () => {
    const times = [
      ["09:00", "10:50"],
      ["11:00", "12:50"],
      ["13:00", "14:20"],
      ["14:30", "16:00"],
    ] as const;
    const lessons = times.map(([start, end], number) => lesson(number, { start, end }));
    const { plan } = propose(day(lessons, [instructor("a"), instructor("b")]), {}, NOBODY);
    assert.deepEqual(Object.values(plan).sort(), ["a", "a", "b", "b"]);
  });

  it("leaves what is assigned as it is", () => {
    const today = day([lesson(1), lesson(2)], [instructor("a", { languages: ["pl"] }), instructor("b")]);
    assert.deepEqual(propose(today, { l1: "a" }, NOBODY).plan, { l1: "a", l2: "b" });
  });

  it("is never worse than the plain way, and breaks no rule, on random days", () => {
    for (let seed = 1; seed <= 150; seed++) {
      const today = randomDay(seed, 5 + (seed % 40), 2 + (seed % 14));
      const acquaintance = acquaintanceOf([{ day: randomDay(seed + 1000, 30, 10), plan: planOf(randomDay(seed + 1000, 30, 10)) }]);
      const before: Plan = { [today.lessons[0]?.id ?? ""]: today.instructors[0]?.id ?? "" };
      const { plan, proposals, unfillable } = propose(today, before, acquaintance);
      const [ours, plain] = [plan, greedy(today, before, acquaintance)].map((one) => measureOf(today, one, acquaintance));
      assert.ok(ours && plain && compareMeasures(ours, plain) <= 0, `seed ${seed}: ${JSON.stringify([ours, plain])}`);
      assert.equal(proposals.length + unfillable.length + 1, today.lessons.length);
      for (const { lesson: one, instructor: who } of proposals) {
        const others = lessonsOf(who.id, today, plan).filter(({ id }) => id !== one.id);
        assert.equal(obstacleTo(one, who, today.date, others), null, `seed ${seed}`);
        assert.ok(!others.some((other) => overlap(one, other)), `seed ${seed}: twice at once`);
      }
    }
  });

  it("takes less than a second for 150 lessons and 40 instructors", () => {
    const today = randomDay(7, 150, 40);
    const began = performance.now();
    const { proposals } = propose(today, {}, NOBODY);
    const took = performance.now() - began;
    assert.ok(proposals.length > 0 && took < 1000, `${took.toFixed(0)} ms`);
    console.log(`      ${took.toFixed(0)} ms, ${proposals.length} of 150 filled`);
  });
});

/** A plan in which everybody teaches what they can, as it comes. */
function planOf(of: ReturnType<typeof randomDay>): Plan {
  return greedy(of, {}, NOBODY);
}
