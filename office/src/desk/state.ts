import type { Day, Instructor, Plan } from "../../../planning/day";
import { begin, type History } from "../../../planning/history";
import type { Merged } from "../../../planning/merge";
import type { Proposed } from "../../../planning/propose";
import type { TroubleKind } from "../aws/trouble";
import type { Unfit, UploadRecord } from "../uploads";
import type { OfficeLanguage } from "../words";

/** A file on its way. */
export interface Sending {
  /** Distinguishes two of the same name. */
  number: number;
  name: string;
  /** Bytes sent, and bytes in all. */
  sent: number;
  size: number;
  state:
    | { kind: "unfit"; why: Unfit }
    | { kind: "waiting" | "sending" | "processing" | "slow" }
    | { kind: "done"; record: UploadRecord }
    // It may be tried again.
    | { kind: "failed"; trouble: TroubleKind };
  file: File;
}

export type View = "day" | "instructors" | "preview";

/** What a dialog asks. */
export type Dialog =
  | { kind: "propose"; proposed: Proposed }
  | { kind: "merge"; merged: Merged; theirs: Plan; day: Day; rosterEtag: string | null };

/** How far a publish has come. */
export type Publishing = "no" | "sending" | "processing" | "published" | "slow";

/** All that the page shows. */
export interface DeskState {
  language: OfficeLanguage;
  view: View;
  /** The day shown, `YYYY-MM-DD`. */
  date: string;
  /** Undefined until it is read. */
  day: Day | undefined;
  /** Which version of the roster's file the day was read with. */
  rosterEtag: string | null;
  /** Undefined until they are read. */
  instructors: Instructor[] | undefined;
  profilesEtag: string | null;
  /** The instructors as they are being edited; undefined when nothing was changed. */
  edited: Instructor[] | undefined;
  /** The work on the day. */
  history: History<Plan>;
  /** The plan that is in force, as far as this page knows. */
  base: Plan;
  /** The selected lesson's id. */
  selected: string | undefined;
  /** The id of the lesson that is being dragged. */
  dragged: string | undefined;
  /** The place that it is over. */
  over: string | undefined;
  dialog: Dialog | undefined;
  publishing: Publishing;
  sendings: Sending[];
  uploads: UploadRecord[];
  trouble: TroubleKind | undefined;
  /** A lesson and whom it was just given to, for those who do not see the board. */
  said: string;
  /** A sentence about what was just done. */
  notice: string | undefined;
}

/** What there is before anything is read. */
export function atFirst(date: string, language: OfficeLanguage): DeskState {
  return {
    language,
    date,
    view: "day",
    instructors: undefined,
    profilesEtag: null,
    edited: undefined,
    sendings: [],
    uploads: [],
    said: "",
    trouble: undefined,
    ...NO_DAY,
  };
}

/** A day that is not read yet. */
export const NO_DAY = {
  day: undefined,
  rosterEtag: null,
  history: begin<Plan>({}),
  base: {},
  selected: undefined,
  dragged: undefined,
  over: undefined,
  dialog: undefined,
  publishing: "no",
  notice: undefined,
} as const;

/** Lessons that the two plans give to different people. */
export function changesBetween(before: Plan, after: Plan): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((id) => before[id] !== after[id]);
}

/** The plan with a lesson given to somebody, or to nobody. */
export function given(plan: Plan, lessonId: string, instructorId: string | undefined): Plan {
  const { [lessonId]: _, ...others } = plan;
  return instructorId === undefined ? others : { ...others, [lessonId]: instructorId };
}

/** What a plan says of the lessons that the day has. */
export function within({ lessons }: Day, plan: Plan): Plan {
  return Object.fromEntries(lessons.flatMap(({ id }) => (plan[id] === undefined ? [] : [[id, plan[id]]])));
}
