import type { OpeningHours } from "./freshness";

const HOUR = 60;

/** Minutes between two fetches that EventBridge Scheduler's cron can say: they divide an hour. */
export const RHYTHMS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/**
 * The times of the fetches as EventBridge Scheduler's expressions, in the school's own time: from the opening on, and never after the close.
 *
 * An hour that is open in part has other minutes than a whole one, so there are up to three expressions
 * (docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 *
 * @param everyMinutes One of {@link RHYTHMS}.
 * @example
 * fetchTimes({ from: 480, until: 960 }, 10)   // ["cron(0,10,20,30,40,50 8-15 * * ? *)"]
 */
export function fetchTimes({ from, until }: OpeningHours, everyMinutes: number): string[] {
  const minutesOf = new Map<number, number[]>();
  for (let at = from; at < until; at += everyMinutes) {
    const hour = Math.floor(at / HOUR);
    minutesOf.set(hour, [...(minutesOf.get(hour) ?? []), at % HOUR]);
  }
  const hoursOf = new Map<string, number[]>();
  for (const [hour, minutes] of minutesOf) {
    hoursOf.set(minutes.join(","), [...(hoursOf.get(minutes.join(",")) ?? []), hour]);
  }
  return [...hoursOf].map(([minutes, hours]) => `cron(${minutes} ${span(hours)} * * ? *)`);
}

/** Hours of a day that follow each other. */
function span(hours: number[]): string {
  const [first, last] = [hours.at(0), hours.at(-1)];
  return first === last ? `${first}` : `${first}-${last}`;
}
