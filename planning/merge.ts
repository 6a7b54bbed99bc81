import type { Plan } from "./day";

/** A lesson about which two plans differ; undefined where it is open. */
export interface Difference {
  lessonId: string;
  base: string | undefined;
  mine: string | undefined;
  theirs: string | undefined;
  /** Whether both have changed it, and not alike. */
  isDisputed: boolean;
}

/** Lessons that two plans give to different people, in the order of their ids. */
export function changesBetween(before: Plan, after: Plan): string[] {
  return [...new Set([before, after].flatMap(Object.keys))].filter((id) => before[id] !== after[id]).sort();
}

/** Two plans in one. */
export interface Merged {
  plan: Plan;
  /** What somebody else has changed, in the order of the lessons' ids. */
  differences: Difference[];
}

/**
 * Puts what somebody else has published meanwhile together with what was changed here.
 *
 * Nothing is lost: a lesson that only one of the two has changed is as they want it. One that both have changed stays as it is here, and is named,
 * with what the other wanted.
 *
 * @param base What both began with.
 */
export function merge(base: Plan, mine: Plan, theirs: Plan): Merged {
  const ids = [...new Set([base, mine, theirs].flatMap(Object.keys))].sort();
  const plan: Record<string, string> = {};
  const differences: Difference[] = [];
  for (const lessonId of ids) {
    const [was, here, there] = [base[lessonId], mine[lessonId], theirs[lessonId]];
    const wanted = here === was ? there : here;
    if (wanted !== undefined) plan[lessonId] = wanted;
    if (there !== was && there !== here) {
      differences.push({ lessonId, base: was, mine: here, theirs: there, isDisputed: here !== was });
    }
  }
  return { plan, differences };
}
