/** What there is to show at a moment: the day's starts, or why there are none. */

import { addDays, HOUR, localParts } from "./clock";
import type { Day, DayEntry, Lesson, ScheduleIndex } from "./documents";

/** All lessons of a day that begin at the same moment. */
export interface Start {
  /** The moment, in milliseconds; also what tells one start from another. */
  at: number;
  /** Local time, `HH:MM`. */
  time: string;
  /** When the last of its lessons is over, in milliseconds. */
  endsAt: number;
  /** By end, and then as published. */
  lessons: Lesson[];
}

export type Programme =
  /** Nothing is known about the day. */
  | { kind: "no-data" }
  | { kind: "no-lessons"; next: DayEntry | undefined }
  /** The day had lessons, and all are over. */
  | { kind: "over"; next: DayEntry | undefined }
  | {
      kind: "lessons";
      /** Those with a lesson that is not over yet, in order. */
      starts: Start[];
      /** The one that people are looking for now. */
      main: Start | undefined;
      /** No lesson has begun yet. */
      early: boolean;
      next: DayEntry | undefined;
    };

/** How long after its beginning a start stays the main one: latecomers look for it too. */
const MAIN_FOR = HOUR;

/**
 * Decides what the display is about at `now` (milliseconds).
 *
 * @param days Documents by date. One that the index names and that is missing here means "no data", never "no lessons".
 */
export function programme(index: ScheduleIndex | undefined, days: ReadonlyMap<string, Day>, now: number): Programme {
  if (!index) return { kind: "no-data" };
  const { date } = localParts(now, index.time_zone);
  const entry = index.days.find((candidate) => candidate.date === date);
  const next = nextDay(index, date);
  if (!entry) return isUnpublished(index, date) ? { kind: "no-data" } : { kind: "no-lessons", next };
  const day = days.get(date);
  if (!day) return { kind: "no-data" };
  if (day.lessons.length === 0) return { kind: "no-lessons", next };

  const all = startsOf(day);
  const starts = all.filter(({ endsAt }) => endsAt > now);
  if (starts.length === 0) return { kind: "over", next };
  return { kind: "lessons", starts, main: starts.find(({ at }) => at + MAIN_FOR > now), early: all.every(({ at }) => at > now), next };
}

/** Whether people are looking for `start` at `now`: it begins within an hour, or has begun less than an hour ago. */
export function isSought({ at }: Start, now: number): boolean {
  return at - now <= HOUR && at + MAIN_FOR > now;
}

/** The lessons of a day by their start, in order. */
export function startsOf(day: Day): Start[] {
  const byMoment = new Map<number, Lesson[]>();
  for (const lesson of day.lessons) {
    const at = Date.parse(lesson.starts_at);
    byMoment.set(at, [...(byMoment.get(at) ?? []), lesson]);
  }
  return [...byMoment]
    .map(([at, lessons]) => ({
      at,
      time: lessons[0]?.start ?? "",
      endsAt: Math.max(...lessons.map(({ ends_at }) => Date.parse(ends_at))),
      lessons: [...lessons].sort((a, b) => Date.parse(a.ends_at) - Date.parse(b.ends_at)),
    }))
    .sort((a, b) => a.at - b.at);
}

function nextDay(index: ScheduleIndex, date: string): DayEntry | undefined {
  return index.days.filter((entry) => entry.date > date && entry.lessons > 0).sort((a, b) => a.date.localeCompare(b.date))[0];
}

/** Days before yesterday leave the website: that they are not there does not say that they had no lessons. */
function isUnpublished(index: ScheduleIndex, date: string): boolean {
  const published = localParts(Date.parse(index.generated_at), index.time_zone).date;
  return date < addDays(published, -1);
}
