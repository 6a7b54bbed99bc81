/** What displays would be given of a day once its plan is published, as the function makes it: docs/formats.md, 4. */

import type { ScheduleIndex, Day as ShownDay, Lesson as ShownLesson } from "../common/documents";
import { dayPath } from "../common/documents";
import { compare, type Day, type Instructor, type Lesson, type Plan } from "./day";

export interface Documents {
  index: ScheduleIndex;
  day: ShownDay;
}

/**
 * The day's document, and the index with the day in it.
 *
 * @param before The index that is published; undefined where there is none yet.
 * @param now Milliseconds since 1970.
 */
export function publishedDocuments(day: Day, plan: Plan, before: ScheduleIndex | undefined, timeZone: string, now: number): Documents {
  const { date } = day;
  const known = new Map(day.instructors.map((instructor) => [instructor.id, instructor]));
  const lessons = [...day.lessons].sort(inOrder).map((lesson) => shownLesson(lesson, known.get(plan[lesson.id] ?? "")));
  const participants = lessons.reduce((sum, lesson) => sum + lesson.participants.length, 0);
  const days = before?.days ?? [];
  const revision = (days.find((entry) => entry.date === date)?.revision ?? 0) + 1;
  const entry = { date, path: dayPath(date), revision, lessons: lessons.length, participants };
  const others = days.filter((other) => other.date !== date);
  const common = { schema_version: 1, time_zone: timeZone, generated_at: `${new Date(now).toISOString().slice(0, 19)}Z` } as const;
  return {
    index: { ...common, orders: before?.orders ?? null, days: [...others, entry].sort((one, other) => compare(one.date, other.date)) },
    day: { ...common, date, revision, lessons },
  };
}

function inOrder(one: Lesson, other: Lesson): number {
  return (["start", "type", "level", "location", "id"] as const).reduce((found, by) => found || compare(one[by], other[by]), 0);
}

function shownLesson(lesson: Lesson, instructor: Instructor | undefined): ShownLesson {
  const { id, start, end, starts_at, ends_at, type, level, location } = lesson;
  const participants = lesson.participants.map(({ name, sponsor, language }) => ({ name, sponsor, language }));
  const shown = instructor ? { id: instructor.id, name: instructor.name, photo: instructor.photo } : null;
  return { id, start, end, starts_at, ends_at, type, level, location, participants, instructor: shown };
}
