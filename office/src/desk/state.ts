import type { Day, Instructor, Plan } from "../../../planning/day";
import { begin, type History } from "../../../planning/history";
import type { Difference } from "../../../planning/merge";
import type { Proposed } from "../../../planning/propose";
import type { Marks } from "../../../planning/roster";
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
    // Kept on this device since the page was last there.
    | { kind: "kept" }
    | { kind: "waiting" | "sending" | "processing" | "slow" }
    | { kind: "done"; record: UploadRecord }
    // It may be tried again.
    | { kind: "failed"; trouble: TroubleKind };
  file: File;
  /** Under what it is kept on this device until it is sent. */
  keptAs: string;
  /** When it was dropped, in milliseconds since 1970. */
  at: number;
}

export type View = "day" | "instructors" | "preview";

/** What a dialog asks. */
export type Dialog =
  | { kind: "propose"; proposed: Proposed }
  /** What somebody else has changed, which is in the work already. */
  | { kind: "merge"; differences: Difference[] };

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
  /** Which version of the day the table had when it was read. */
  version: string;
  /** Which version of the roster's file the day was read with. */
  rosterEtag: string | null;
  /** Undefined until they are read. */
  instructors: Instructor[] | undefined;
  profilesEtag: string | null;
  /** Which version of the profiles the table had when they were read. */
  profilesVersion: string;
  /** The instructors as they are being edited; undefined when nothing was changed. */
  edited: Instructor[] | undefined;
  /** Whether they are being saved. */
  isSaving: boolean;
  /** The work on the day. */
  history: History<Plan>;
  /** The plan that is in force, as far as this page knows. */
  base: Plan;
  /** The plan that was published and of which nothing is known yet. */
  sent: Plan | undefined;
  /** What is known of the day's lessons, those that are gone included. */
  marks: Marks;
  /** Days with work on this device that is not published. */
  unpublished: string[];
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
    profilesVersion: "",
    edited: undefined,
    isSaving: false,
    unpublished: [],
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
  version: "",
  rosterEtag: null,
  history: begin<Plan>({}),
  base: {},
  sent: undefined,
  marks: {},
  selected: undefined,
  dragged: undefined,
  over: undefined,
  dialog: undefined,
  publishing: "no",
  notice: undefined,
} as const;

/** The plan with a lesson given to somebody, or to nobody. */
export function given(plan: Plan, lessonId: string, instructorId: string | undefined): Plan {
  const { [lessonId]: _, ...others } = plan;
  return instructorId === undefined ? others : { ...others, [lessonId]: instructorId };
}
