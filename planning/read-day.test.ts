import assert from "node:assert/strict";
import { assign } from "./assignments";
import type { Assignment, Lesson } from "./day";
import { plain } from "./item";
import { planInForce, readDay } from "./read-day";
import { DATE, instructor, lesson, randomOf } from "./testing/days";
import { askFunction } from "./testing/python";

describe("readDay", () => {
  it("takes a day's items apart, its lessons in the order of their start", () => {
    const roster = { SK: "ROSTER", key: "k", etag: "e", uploaded_at: "u", assignments: [{ instructor_id: "a", lesson_ids: ["l1"] }] };
    const items = [
      { SK: "META" },
      { SK: "LESSON#11:00#l2", ...lesson(2, { start: "11:00", end: "12:00" }) },
      { SK: "LESSON#09:00#l1", ...lesson(1) },
      { SK: "CONFLICT#language#l1", kind: "language", lesson_ids: ["l1"], instructor_id: "a" },
      { SK: "EXPORT#h#000", said: "" },
      roster,
    ];
    const found = readDay(DATE, items, [instructor("a")]);
    assert.deepEqual(
      found.lessons.map(({ id }) => id),
      ["l1", "l2"],
    );
    assert.deepEqual([found.roster?.etag, found.conflicts.length], ["e", 1]);
    assert.deepEqual(planInForce(found), { l1: "a" });
  });

  it("leaves a lesson open that the roster gives to somebody whom the profiles dropped", () => {
    const roster = { SK: "ROSTER", assignments: [{ instructor_id: "gone", lesson_ids: ["l1"] }] };
    assert.deepEqual(planInForce(readDay(DATE, [{ SK: "LESSON#09:00#l1", ...lesson(1) }, roster], [instructor("a")])), {});
  });

  it("keeps lessons that the roster gives to somebody and that the day lacks, the earlier entry before the later", () => {
    const entries = ["a", "b", "gone"].map((instructor_id) => ({ instructor_id, lesson_ids: ["l1", "absent"] }));
    const roster = { SK: "ROSTER", assignments: [...entries, { instructor_id: "gone", lesson_ids: ["other"] }] };
    const found = readDay(DATE, [{ SK: "LESSON#09:00#l1", ...lesson(1) }, roster], [instructor("a"), instructor("b")]);
    assert.deepEqual(planInForce(found), { l1: "a", absent: "a" });
  });

  it("has no roster, and everything open, before there is one", () => {
    const found = readDay(DATE, [], []);
    assert.deepEqual([found.roster, found.lessons, planInForce(found)], [null, [], {}]);
  });
});

describe("plain", () => {
  it("reads every kind of value that items hold", () => {
    const spelled = {
      M: { s: { S: "a" }, n: { N: "1.5" }, yes: { BOOL: true }, no: { BOOL: false }, none: { NULL: true }, l: { L: [{ N: "2" }] } },
    };
    assert.deepEqual(plain(spelled), { s: "a", n: 1.5, yes: true, no: false, none: null, l: [2] });
  });
});

const SCRIPT = `
from types import SimpleNamespace as Some
from scheduler.instructors import Assignment, assign
answers = []
for lessons, entries in cases:
    theirs = [Some(id=one["id"], start=Some(time=one["start"]), booking_ids=one["booking_ids"]) for one in lessons]
    given = [Assignment(e["instructor_id"], *(tuple(e.get(n, ())) for n in ("lesson_ids", "booking_ids", "time_slots"))) for e in entries]
    answers.append(assign(theirs, given))
`;

describe("assign", () => {
  it("gives every lesson to whom the function gives it, on random days", function () {
    this.timeout(20_000);
    const cases = Array.from({ length: 300 }, (_, seed) => randomCase(seed));
    const theirs = askFunction<Record<string, string>[]>(SCRIPT, cases);
    for (const [number, [lessons, entries]] of cases.entries()) {
      assert.deepEqual(assign(lessons, entries), theirs[number], `case ${number}: ${JSON.stringify(entries)}`);
    }
  });
});

function randomCase(seed: number): [Lesson[], Assignment[]] {
  const random = randomOf(seed);
  const pick = (of: string[]) => of.filter(() => random() < 0.35);
  const [starts, ids, bookings] = [
    ["09:00", "11:00"],
    ["l0", "l1", "l2", "l3"],
    ["b0", "b1", "b2"],
  ];
  const lessons = ids.map((id, number) => ({ ...lesson(number, { start: starts[number % 2] ?? "" }), id, booking_ids: pick(bookings) }));
  const entries = ["i0", "i1", "i2", "i3"].map((instructor_id) => ({
    instructor_id,
    ...(random() < 0.5 && { lesson_ids: pick(ids) }),
    ...(random() < 0.7 && { booking_ids: pick(bookings) }),
    ...(random() < 0.5 && { time_slots: pick(starts) }),
  }));
  return [lessons, entries];
}
