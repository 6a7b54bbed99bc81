import assert from "node:assert/strict";
import type { ScheduleIndex } from "../common/documents";
import type { Instructor, Lesson, Plan } from "./day";
import { type Documents, publishedDocuments } from "./published";
import { DATE, day, instructor, lesson, randomDay, randomOf } from "./testing/days";
import { askFunction } from "./testing/python";

const ZONE = "Europe/Prague";
const NOW = Date.parse("2026-12-26T17:00:00.900Z");

const entry = (date: string, revision: number) => ({ date, path: `data/days/${date}.json`, revision, lessons: 1, participants: 1 });

function indexOf(...days: ScheduleIndex["days"]): ScheduleIndex {
  const orders = { key: "orders/season.tsv", uploaded_at: "2026-12-26T06:40:05Z" };
  return { schema_version: 1, generated_at: "2026-12-26T06:40:12Z", time_zone: ZONE, orders, days };
}

describe("publishedDocuments", () => {
  it("shows who teaches by the plan, and nothing that displays are not to know", () => {
    const jana = instructor("jana", { name: "Jana", languages: ["cs"], levels: ["lyže začátečník"] });
    const known = lesson(1, { booking_ids: ["b1"] });
    const { lessons } = publishedDocuments(day([known, lesson(2)], [jana]), { l1: "jana" }, undefined, ZONE, NOW).day;
    const { booking_ids: _, ...shown } = known;
    assert.deepEqual(lessons[0], { ...shown, instructor: { id: "jana", name: "Jana", photo: null } });
    assert.equal(lessons[1]?.instructor, null);
  });

  it("leaves a lesson open whose instructor left", () => {
    const { lessons } = publishedDocuments(day([lesson(1)], []), { l1: "gone" }, undefined, ZONE, NOW).day;
    assert.equal(lessons[0]?.instructor, null);
  });

  it("replaces what the index says of the day, with a newer revision, and leaves the other days", () => {
    const before = indexOf(entry("2026-12-26", 3), entry(DATE, 7), entry("2026-12-28", 1));
    const { index, day: document } = publishedDocuments(day([lesson(1), lesson(2)], []), {}, before, ZONE, NOW);
    assert.deepEqual(index.days, [entry("2026-12-26", 3), { ...entry(DATE, 8), lessons: 2, participants: 2 }, entry("2026-12-28", 1)]);
    assert.deepEqual([document.revision, document.generated_at, index.orders], [8, "2026-12-26T17:00:00Z", before.orders]);
  });

  it("puts a day that was not published before where it belongs", () => {
    const before = indexOf(entry("2026-12-26", 3), entry("2026-12-28", 1));
    const dates = (index?: ScheduleIndex) => publishedDocuments(day([], []), {}, index, ZONE, NOW).index.days.map(({ date }) => date);
    assert.deepEqual([dates(before), dates()], [["2026-12-26", DATE, "2026-12-28"], [DATE]]);
  });

  it("makes what the function makes, to the letter, on random days", function () {
    this.timeout(20_000);
    const cases = Array.from({ length: 60 }, (_, seed) => randomCase(seed));
    const ours = cases.map(({ lessons, instructors, plan, before }) =>
      publishedDocuments(day(lessons, instructors), plan, before, ZONE, NOW),
    );
    assert.deepEqual(ours, askFunction<Documents[]>(SCRIPT, { date: DATE, zone: ZONE, cases }));
  });
});

/** Lessons as an export brings them, with texts that are alike but for accents and case, in whatever order. */
function randomCase(seed: number): { lessons: Lesson[]; instructors: Instructor[]; plan: Plan; before: ScheduleIndex } {
  const random = randomOf(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const { lessons, instructors } = randomDay(seed, 20, 4);
  const varied = lessons.map((one) => ({
    ...one,
    id: Math.floor(random() * 2 ** 48)
      .toString(16)
      .padStart(12, "0"),
    type: pick(["private", "small-group", "large-group", "škola"]),
    level: pick(["lyže začátečník", "Lyže začátečník", "běžky", "ﬁs"]),
    booking_ids: ["b1"],
  }));
  const plan = Object.fromEntries(varied.filter(() => random() < 0.6).map(({ id }) => [id, `i${Math.floor(random() * 5)}`]));
  const revision = Math.floor(random() * 3);
  const others = [entry("2026-12-26", 4), entry("2026-12-28", 1)];
  const before = indexOf(...others, ...(revision === 0 ? [] : [entry(DATE, revision)]));
  return { lessons: varied, instructors, plan, before };
}

const SCRIPT = `
from scheduler.contract import why_refused
from scheduler.instructors import Profile
from scheduler.items import lesson_of
from scheduler.schedule import day_document, index_day, index_document, published_lessons

date, zone, now = cases["date"], cases["zone"], "2026-12-26T17:00:00Z"
answers = []
for case in cases["cases"]:
    lessons = [lesson_of({"PK": f"SCHEDULE#{date}", "end_date": date, **lesson}) for lesson in case["lessons"]]
    profiles = {one["id"]: Profile(one["id"], one["name"], one["photo"], ()) for one in case["instructors"]}
    assigned = {lesson: who for lesson, who in case["plan"].items() if who in profiles}
    before = {entry["date"]: entry for entry in case["before"]["days"]}
    revision = before[date]["revision"] + 1 if date in before else 1
    day = day_document(date, zone, revision, now, published_lessons(lessons, assigned, profiles))
    before[date] = index_day(date, revision, len(lessons), sum(len(lesson.participants) for lesson in lessons))
    index = index_document(now, zone, case["before"]["orders"], before.values())
    assert why_refused("day", day) is None and why_refused("index", index) is None
    answers.append({"index": index, "day": day})
`;
