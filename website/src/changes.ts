/** What is new since the last look at a day, and for how long it is marked. */

import { MINUTE } from "../../common/clock";
import type { Day } from "../../common/documents";

export type Change = "new" | "changed";

/** How long a change is marked, in milliseconds. */
export const MARKED_FOR = MINUTE;

/** Lessons of `after` that `before` did not have, or had otherwise, by id. */
export function changesBetween(before: Day, after: Day): Map<string, Change> {
  const earlier = new Map(before.lessons.map((lesson) => [lesson.id, JSON.stringify(lesson)]));
  const changes = new Map<string, Change>();
  for (const lesson of after.lessons) {
    const known = earlier.get(lesson.id);
    if (known === undefined) changes.set(lesson.id, "new");
    else if (known !== JSON.stringify(lesson)) changes.set(lesson.id, "changed");
  }
  return changes;
}

/** Remembers changes until their time is up. */
export class Marks {
  private readonly marks = new Map<string, { change: Change; until: number }>();

  /** Marks what changed from `before` to `after`. A day seen for the first time has no changes. */
  note(before: Day | undefined, after: Day, now: number): void {
    if (!before) return;
    for (const [id, change] of changesBetween(before, after)) this.marks.set(id, { change, until: now + MARKED_FOR });
  }

  /** The mark of a lesson at `now`, if any. */
  of(id: string, now: number): Change | undefined {
    const mark = this.marks.get(id);
    return mark && mark.until > now ? mark.change : undefined;
  }

  /** Forgets what is over and says when the next mark is, in milliseconds; undefined when there is none. */
  nextEnd(now: number): number | undefined {
    for (const [id, { until }] of this.marks) if (until <= now) this.marks.delete(id);
    return this.marks.size === 0 ? undefined : Math.min(...[...this.marks.values()].map(({ until }) => until));
  }
}
