import type { Plan } from "../../../planning/day";
import { begin, change, mapped } from "../../../planning/history";
import { changesBetween, type Difference, merge } from "../../../planning/merge";
import { ofThoseKnown, planInForce } from "../../../planning/read-day";
import { type Marks, marksOf } from "../../../planning/roster";
import type { StoredDay } from "../day/read";
import type { Draft } from "../drafts";
import type { DeskState } from "./state";

/** The work on a day, as it was before the day was read again. */
type Before = Pick<DeskState, "day" | "base" | "sent" | "history" | "marks">;

/** What a reading of the day makes of the work on it. */
export interface Reading {
  state: Pick<DeskState, "day" | "version" | "rosterEtag" | "base" | "sent" | "history" | "marks">;
  /** What somebody else has changed while there was work. */
  differences: Difference[];
  /** Lessons that are given to somebody, and that have left the day since it was read last. */
  gone: string[];
}

/**
 * Puts a day as it was just read below the work on it.
 *
 * Each step of the work is put together with what is in force now, so that to take one back never takes back what somebody else did.
 *
 * @param draft The work that this device kept, for a day that was not on the desk.
 */
export function readAgain(before: Before, stored: StoredDay, draft: Draft | undefined): Reading {
  const { instructors } = stored.day;
  const theirs = planInForce(stored.day);
  const { base, sent } = before.day ? before : (draft ?? { base: theirs });
  // What the function rejected was never there.
  const began = stored.standing === "rejected" ? base : (sent ?? base);
  const anew = (plan: Plan) => merge(began, plan, theirs).plan;
  const work = before.day ? before.history : draft ? change(begin(draft.base), draft.plan) : begin(theirs);
  const history = mapped(work, anew, (one, other) => changesBetween(one, other).length === 0);
  const shown = ofThoseKnown(history.now, instructors);
  const { differences } = merge(began, work.now, theirs);
  const there = new Set(stored.day.lessons.map(({ id }) => id));
  const isWork = changesBetween(began, work.now).length > 0;
  // Until the function has read what was sent, it may still be rejected: the work goes on from what was there before.
  const isPending = sent !== undefined && stored.standing === "pending" && changesBetween(sent, theirs).length === 0;
  return {
    state: {
      ...{ day: stored.day, version: stored.version, rosterEtag: stored.rosterEtag, history },
      ...(isPending ? { base, sent } : { base: theirs, sent: undefined }),
      marks: { ...draft?.marks, ...before.marks, ...marksOf(stored.day) },
    },
    // Of a lesson that is not there nothing could be told.
    differences: isWork ? differences.filter(({ lessonId }) => there.has(lessonId)) : [],
    gone: (before.day?.lessons ?? []).map(({ id }) => id).filter((id) => !there.has(id) && shown[id] !== undefined),
  };
}

/** What is known of some lessons. */
export function marksFor(ids: readonly string[], marks: Marks): Marks {
  return Object.fromEntries(ids.flatMap((id) => (marks[id] ? [[id, marks[id]]] : [])));
}
