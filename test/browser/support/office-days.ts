/** Days as the office has them, of any size, the same each time. */

import type { Assignment, Day, Instructor, Lesson } from "../../../planning/day";
import { greedy } from "../../../planning/propose";
import { DATE, day, instructor, lesson, randomOf } from "../../../planning/testing/days";
import { participants } from "./days";

const TIMES = [
  ["08:40", "10:30"],
  ["09:00", "09:50"],
  ["09:00", "10:50"],
  ["11:00", "11:50"],
  ["11:00", "12:50"],
  ["13:00", "14:20"],
  ["14:30", "16:00"],
] as const;
const LEVELS = ["lyže začátečník", "lyže pokročilý", "dětská školka", "snowboard začátečník", "snowboard pokročilý", "běžky začátečník"];
/** Two thirds are private. */
const TYPES = ["private", "private", "private", "private", "small-group", "large-group"] as const;
const SIZES = { private: 2, "small-group": 4, "large-group": 9 };
const NAMES = ["Jana", "Petr", "Marek", "Lucie", "Tomasz", "Heidi", "Sam", "Klára", "Bartłomiej", "Magdaléna", "Jürgen", "Zoë", "Štěpán"];
const SPOKEN = [["cs", "de"], ["cs", "en"], ["cs", "pl"], ["cs", "de", "en"], ["pl", "cs"], ["de", "en"], ["en", "cs"], ["cs"]];

/** A lesson of a winter's day in the school's zone; its id is a hash, as the function makes them. */
export function winterLesson(number: number, change: Partial<Lesson> = {}): Lesson {
  const made = lesson(number, change);
  const [starts_at, ends_at] = [made.start, made.end].map((time) => new Date(`${DATE}T${time}:00+01:00`).toISOString());
  return { ...made, starts_at: starts_at ?? "", ends_at: ends_at ?? "", id: (number * 7919 + 65536).toString(16).padStart(12, "e") };
}

/** A day of many lessons, the last of each start open, and the others taught by whoever can. */
export function officeDay(lessons: number, instructors: number, seed = 1): Day {
  const random = randomOf(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const made = Array.from({ length: lessons }, (_, number) => {
    const [[start, end], type] = [pick(TIMES), pick(TYPES)];
    const people = participants(1 + Math.floor(random() * SIZES[type]), number);
    return winterLesson(number, {
      start,
      end,
      type,
      level: pick(LEVELS),
      location: pick(["Rýžoviště", "Stone bar"]),
      participants: people,
    });
  }).sort((one, other) => Number(one.starts_at > other.starts_at) - Number(one.starts_at < other.starts_at));
  const staff = Array.from({ length: instructors }, (_, number): Instructor => {
    const round = Math.floor(number / NAMES.length);
    const name = `${NAMES[number % NAMES.length]}${round === 0 ? "" : ` ${"BCDEFG"[round - 1]}.`}`;
    return instructor(`i${number}`, { name, languages: SPOKEN[number % SPOKEN.length] ?? [] });
  });
  const today = day(made, staff);
  const plan = greedy(today, {}, new Map());
  const open = new Set(made.filter(({ start }, index) => made[index + 1]?.start !== start).map(({ id }) => id));
  return { ...today, roster: rosterOf(Object.entries(plan).filter(([id]) => !open.has(id))) };
}

/** A roster that gives lessons to instructors, by their ids. */
export function rosterOf(plan: readonly (readonly [lessonId: string, instructorId: string])[]): NonNullable<Day["roster"]> {
  const assignments = plan.map(([id, who]) => ({ instructor_id: who, lesson_ids: [id] }));
  return { key: `instructors/roster-${DATE}.json`, etag: "roster", uploaded_at: `${DATE}T05:00:00.000Z`, assignments };
}

/** A day with something to mend: one who has two lessons at once, one who is absent, and a lesson that an export has moved. */
export function troubledDay(): Day {
  const today = officeDay(24, 8);
  const [twice = "", absent = "", former = ""] = today.instructors.map(({ id }) => id);
  const [one, other, third] = today.lessons.filter(({ start }) => start === "09:00").map(({ id }) => id);
  const entries = today.roster?.assignments.map(({ lesson_ids: [id = ""] = [], instructor_id: who }) => [id, who] as const) ?? [];
  const plan = { ...Object.fromEntries(entries), [one ?? ""]: twice, [other ?? ""]: twice, [third ?? ""]: absent };
  const { participants = [] } = today.lessons.find(({ id }) => plan[id] === undefined) ?? {};
  const marks = { gone: { start: "10:00", booking_ids: [], people: participants.map(({ name, sponsor }) => `${name} ${sponsor}`) } };
  const roster = rosterOf(Object.entries(plan));
  return {
    ...today,
    instructors: today.instructors.map((each) => (each.id === absent ? { ...each, absences: [DATE] } : each)),
    roster: { ...roster, assignments: [...roster.assignments, { instructor_id: former, lesson_ids: ["gone"], marks } as Assignment] },
  };
}
