/** The published documents, as the display reads them: nothing that breaks the contract gets past here. */

/** Someone on a lesson; the name is not always known, the sponsor's abbreviation is. */
export interface Participant {
  name: string | null;
  /** For example `No.Pe.`. */
  sponsor: string;
  /** ISO 639-1, for example `cs`. */
  language: string;
}

export interface Instructor {
  id: string;
  name: string;
  /** Path of a picture within the website. */
  photo: string | null;
}

export interface Lesson {
  id: string;
  /** Local time, `HH:MM`. */
  start: string;
  /** Local time, `HH:MM`. */
  end: string;
  /** The same moments as ISO 8601 instants. */
  starts_at: string;
  ends_at: string;
  /** `private`, `small-group`, `large-group`, or the school's own word. */
  type: string;
  level: string;
  location: string;
  participants: Participant[];
  instructor: Instructor | null;
}

export interface Day {
  schema_version: 1;
  /** `YYYY-MM-DD`. */
  date: string;
  time_zone: string;
  revision: number;
  generated_at: string;
  lessons: Lesson[];
}

export interface DayEntry {
  date: string;
  path: string;
  revision: number;
  lessons: number;
  participants: number;
}

export interface ScheduleIndex {
  schema_version: 1;
  generated_at: string;
  time_zone: string;
  /** The order export in force. */
  orders: { key: string; uploaded_at: string } | null;
  days: DayEntry[];
}

/** Where the index lies on the website. */
export const INDEX_PATH = "data/schedule.json";

/** Where the document of a day lies. */
export function dayPath(date: string): string {
  return `data/days/${date}.json`;
}

/** What ajv makes of a schema. */
export interface Validator {
  (value: unknown): boolean;
  errors?: { instancePath: string; message?: string }[] | null;
}

export interface Validators {
  index: Validator;
  day: Validator;
}

/** A document that must not be shown; the message says what is wrong with it. */
export class DocumentError extends Error {}

/**
 * Reads `data/schedule.json`.
 *
 * @throws DocumentError when the text is no JSON, breaks the schema, or names a time zone or a path that does not exist.
 */
export function readIndex(text: string, validators: Validators): ScheduleIndex {
  const index = parse<ScheduleIndex>(text, validators.index);
  try {
    new Intl.DateTimeFormat("en", { timeZone: index.time_zone });
  } catch {
    throw new DocumentError(`/time_zone ${index.time_zone} is no time zone`);
  }
  for (const { date, path } of index.days) {
    // The path becomes an address: only the one place where days live will do.
    if (path !== dayPath(date)) throw new DocumentError(`/days ${date} lies at an unexpected path`);
  }
  return index;
}

/**
 * Reads the document of one day.
 *
 * @throws DocumentError when the text is no JSON, breaks the schema, or is about another date.
 */
export function readDay(text: string, date: string, validators: Validators): Day {
  const day = parse<Day>(text, validators.day);
  if (day.date !== date) throw new DocumentError(`/date is ${day.date} where ${date} was asked for`);
  return day;
}

function parse<T>(text: string, validate: Validator): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DocumentError("not JSON");
  }
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    throw new DocumentError(`${error?.instancePath || "/"} ${error?.message ?? "is not as the schema wants it"}`);
  }
  return value as T;
}
