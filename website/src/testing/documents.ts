import { instantOf } from "../../../common/clock";
import type { Day, DayEntry, Lesson, ScheduleIndex } from "../../../common/documents";

export const ZONE = "Europe/Prague";
export const TODAY = "2026-12-27";

/** `at("08:50")` is that moment of the tests' day in the school's time zone, in milliseconds. */
export function at(time: string, date = TODAY): number {
  return instantOf(date, time, ZONE);
}

/** A lesson from `start` to `end` on `date`; its id is made of `number`. */
export function lesson(number: number, start: string, end: string, change: Partial<Lesson> = {}, date = TODAY): Lesson {
  const instant = (time: string) => new Date(at(time, date)).toISOString().replace(".000", "");
  return {
    id: number.toString(16).padStart(12, "0"),
    start,
    end,
    starts_at: instant(start),
    ends_at: instant(end),
    type: "private",
    level: "lyže začátečník",
    location: "Stone bar",
    participants: [{ name: "Anna", sponsor: "No.Pe.", language: "cs" }],
    instructor: null,
    ...change,
  };
}

export function day(lessons: Lesson[], change: Partial<Day> = {}): Day {
  return {
    schema_version: 1,
    date: TODAY,
    time_zone: ZONE,
    revision: 1,
    generated_at: "2026-12-27T06:40:12Z",
    lessons,
    ...change,
  };
}

/** What the index says of a day. */
export function entryOf({ date, revision, lessons }: Day): DayEntry {
  const participants = lessons.reduce((sum, one) => sum + one.participants.length, 0);
  return { date, path: `data/days/${date}.json`, revision, lessons: lessons.length, participants };
}

/** The index of some days, as the processor would write it. */
export function indexOf(days: Day[], change: Partial<ScheduleIndex> = {}): ScheduleIndex {
  return {
    schema_version: 1,
    generated_at: "2026-12-27T06:40:12Z",
    time_zone: ZONE,
    orders: { key: "orders/season.tsv", uploaded_at: "2026-12-27T06:40:05Z" },
    days: days.map(entryOf),
    ...change,
  };
}
