import assert from "node:assert/strict";
import { greedy } from "./propose";
import { DATE, day, instructor, lesson, randomDay, randomOf } from "./testing/days";
import { askFunction } from "./testing/python";
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

  it("finds who teaches though no profile knows them any more", () => {
    assert.deepEqual(found(day([lesson(1)], []), { l1: "gone" }), [["inactive", "l1", "gone"]]);
  });

  it("finds an open lesson that the roster gives to somebody who left, until somebody else has it", () => {
    const assignments = [{ instructor_id: "left", lesson_ids: ["l1"] }];
    const today = day([lesson(1)], [instructor("a")], { roster: { key: "", etag: "", uploaded_at: "", assignments } });
    assert.deepEqual(found(today, {}), [["inactive", "l1", "left"]]);
    assert.deepEqual(found(today, { l1: "a" }), []);
  });

  it("says nothing of an open lesson that the roster gives to somebody who is there: it was taken away", () => {
    const assignments = [{ instructor_id: "a", lesson_ids: ["l1"] }];
    const today = day([lesson(1)], [instructor("a")], { roster: { key: "", etag: "", uploaded_at: "", assignments } });
    assert.deepEqual(found(today, {}), []);
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

  it("finds what the function finds, in its words, on random days and plans", function () {
    this.timeout(20_000);
    const cases = Array.from({ length: 100 }, (_, seed) => {
      const today = randomDay(seed, 3 + (seed % 30), 1 + (seed % 6));
      const random = randomOf(seed);
      const anyone = () => today.instructors[Math.floor(random() * today.instructors.length)]?.id ?? "";
      const wild = Object.fromEntries(today.lessons.flatMap(({ id }) => (random() < 0.2 ? [] : [[id, anyone()]])));
      return { today, plan: seed % 5 === 0 ? greedy(today, {}, new Map()) : wild, now: Date.parse(`${DATE}T00:00:00Z`) - 12 * 3_600_000 };
    });
    const known = new Set(["instructor_overlap", "language", "unassigned"]);
    const theirs = askFunction<string[][]>(FUNCTION, cases);
    for (const [number, { today, plan, now }] of cases.entries()) {
      const ours = troublesOf(today, plan, now).filter(({ kind }) => known.has(kind));
      const said = ours.map(({ kind, lessons, instructor: who }) => [kind, ...lessons.map(({ id }) => id), who?.id ?? "-"].join(" "));
      assert.deepEqual(said.sort(), theirs[number]?.sort(), `case ${number}`);
    }
  });
});

const FUNCTION = `
from datetime import datetime, timezone
from types import SimpleNamespace as Some
from scheduler.conflicts import instructor_conflicts
from scheduler.times import Moment
answers = []
for case in cases:
    day = case["today"]
    lessons = [Some(id=one["id"], start=Moment(one["starts_at"], day["date"], one["start"]), end=Moment(one["ends_at"], day["date"], one["end"]),
                    participants=[Some(language=person["language"]) for person in one["participants"]]) for one in day["lessons"]]
    profiles = {one["id"]: Some(languages=one["languages"]) for one in day["instructors"]}
    found = instructor_conflicts(lessons, case["plan"], profiles, datetime.fromtimestamp(case["now"] / 1000, timezone.utc))
    answers.append([" ".join((one.kind, *one.lesson_ids, one.instructor_id or "-")) for one in found])
`;
