import type { Participant } from "../common/documents";

/** A lesson as the table keeps it: docs/formats.md. */
export interface Lesson {
  id: string;
  /** Local times, `HH:MM`. */
  start: string;
  end: string;
  /** The same moments as ISO 8601 instants in UTC. */
  starts_at: string;
  ends_at: string;
  type: string;
  level: string;
  location: string;
  participants: Participant[];
  booking_ids: string[];
}

/** An instructor's profile as the table keeps it. */
export interface Instructor {
  id: string;
  name: string;
  photo: string | null;
  /** ISO 639-1; of one without any it is not known what they speak. */
  languages: string[];
  /** The levels they teach, in the export's words; missing for all of them. */
  levels?: string[];
  /** False for one who does not teach at all. */
  active?: boolean;
  /** Dates on which they do not, `YYYY-MM-DD`. */
  absences?: string[];
  /** What else the profiles' file says of them, which is none of ours, and stays. */
  more?: Record<string, unknown>;
}

/** Something to mend on a day, as the engine found it. */
export interface Conflict {
  kind: string;
  /** In the order of their start. */
  lesson_ids: string[];
  instructor_id: string | null;
}

/** One entry of a roster: docs/formats.md. */
export interface Assignment {
  instructor_id: string;
  lesson_ids?: string[];
  booking_ids?: string[];
  /** Local times, `HH:MM`; without any, the entry counts at any time of the day. */
  time_slots?: string[];
}

/** The roster in force. */
export interface Roster {
  key: string;
  etag: string;
  uploaded_at: string;
  assignments: Assignment[];
}

/** A day as it is planned. */
export interface Day {
  /** `YYYY-MM-DD`. */
  date: string;
  /** In the order of their start. */
  lessons: Lesson[];
  instructors: Instructor[];
  roster: Roster | null;
  conflicts: Conflict[];
}

/** Who teaches what: an instructor's id by the lesson's. A lesson that is not in it is open. */
export type Plan = Readonly<Record<string, string>>;

/** The lessons that nobody teaches. */
export function openLessons({ lessons }: Day, plan: Plan): Lesson[] {
  return lessons.filter(({ id }) => plan[id] === undefined);
}

/** Those who teach by a plan and whom no profile knows any more. */
export function formerInstructors({ instructors }: Pick<Day, "instructors">, plan: Plan): Instructor[] {
  const known = new Set(instructors.map(({ id }) => id));
  return [...new Set(Object.values(plan))]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, name: id, photo: null, languages: [], active: false }));
}

/** Whether two lessons run at the same time. */
export function overlap(one: Lesson, other: Lesson): boolean {
  return one.starts_at < other.ends_at && other.starts_at < one.ends_at;
}

/** Minutes that a lesson takes. */
export function minutes({ starts_at, ends_at }: Lesson): number {
  return (Date.parse(ends_at) - Date.parse(starts_at)) / 60_000;
}

/** Negative where one text comes before the other, by their characters' numbers and in no language's order; 0 where they are the same. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
