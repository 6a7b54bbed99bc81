import assert from "node:assert/strict";
import { DATE, day, instructor, lesson } from "./testing/days";
import { troublesOf } from "./trouble";

const LONG_BEFORE = Date.parse("2026-12-01T00:00:00Z");

const found = (today: ReturnType<typeof day>, plan: Record<string, string>, now = LONG_BEFORE) =>
  troublesOf(today, plan, now).map(({ kind, lessons, instructor: who }) => [kind, lessons.map(({ id }) => id).join(), who?.id ?? null]);

describe("troublesOf", () => {
  it("finds nothing where everybody can be where they are to be", () => {
    assert.deepEqual(found(day([lesson(1), lesson(2)], [instructor("a"), instructor("b")]), { l1: "a", l2: "b" }), []);
  });

  it("finds an instructor in two lessons at once, in the order of their start", () => {
    const today = day([lesson(1), lesson(2, { start: "10:00", end: "11:00" })], [instructor("a")]);
    assert.deepEqual(found(today, { l1: "a", l2: "a" }), [["instructor_overlap", "l1,l2", "a"]]);
  });

  it("finds who does not speak the language, does not teach the level, is absent or not active", () => {
    const staff = [
      instructor("language", { languages: ["pl"] }),
      instructor("level", { levels: ["běžky"] }),
      instructor("absent", { absences: [DATE] }),
      instructor("inactive", { active: false, absences: [DATE] }),
    ];
    const plan = Object.fromEntries(staff.map(({ id }, number) => [`l${number}`, id]));
    const lessons = staff.map((_, number) => lesson(number));
    assert.deepEqual(
      found(day(lessons, staff), plan).map(([kind]) => kind),
      ["language", "level", "absent", "inactive"],
    );
  });

  it("finds a way that is too short", () => {
    const today = day([lesson(1), lesson(2, { start: "10:55", end: "12:00", location: "Rýžoviště" })], [instructor("a")]);
    assert.deepEqual(found(today, { l1: "a", l2: "a" }), [["way", "l1,l2", "a"]]);
  });

  it("finds an open lesson from 24 hours before its start, as the function does", () => {
    const today = day([lesson(1)], []);
    const start = Date.parse(`${DATE}T09:00:00Z`);
    assert.deepEqual(found(today, {}, start - 24 * 3_600_000 - 1), []);
    assert.deepEqual(found(today, {}, start - 24 * 3_600_000), [["unassigned", "l1", null]]);
  });

  it("tells of people in two lessons at once what the function has found, as only it knows their names", () => {
    const conflicts = [
      { kind: "participant_overlap", lesson_ids: ["l1", "l2"], instructor_id: null },
      { kind: "language", lesson_ids: ["l1"], instructor_id: "a" },
    ];
    const today = day([lesson(1), lesson(2)], [instructor("a")], { conflicts });
    assert.deepEqual(found(today, { l1: "a" }), [["participant_overlap", "l1,l2", null]]);
  });
});
