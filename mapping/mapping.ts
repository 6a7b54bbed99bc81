/** What another booking system's export looks like, and how it becomes ours. docs/mappings.md tells it key by key. */
export interface Mapping {
  file: "csv" | "tsv" | "xlsx";
  /** A label of the Encoding Standard, for example `windows-1250`. @default utf-8 */
  encoding?: string;
  /** What stands between two cells of a line. @default a comma in CSV, a tab in TSV */
  delimiter?: string;
  /** What may stand around a cell; empty for nothing. @default a double quote in CSV, nothing in TSV */
  quote?: string;
  /** Name of the worksheet. @default the first */
  sheet?: string;
  /** Lines above the one that names the columns. @default 0 */
  skip?: number;
  /** What stands before the fraction of a number. @default a point */
  decimal?: "." | ",";
  /** IANA name of the zone of all times in the file. */
  time_zone: string;
  /** Makes one row of ours for each part of a cell: a booking whose participants stand in one cell. */
  each?: { column: string; split: string };
  /** By the name of our column. */
  columns: Partial<Record<OurColumn, Rule>>;
}

/** How one column of ours is made: of a constant, or of cells, which are joined, read and looked up in this order. */
export interface Rule {
  /** The same in every row. */
  constant?: string;
  from?: Source | Source[];
  /** What is put between several sources. @default a space */
  join?: string;
  /** Keeps the digits only: `R-2026/0041` is 20260041. */
  digits?: boolean;
  /** The form of a date, in Luxon's tokens: it becomes `DD.MM.YYYY`. */
  date?: string;
  /** The form of a date with a time: it becomes ISO 8601 with the zone's offset. */
  time?: string;
  /** A column that holds how long something takes: added to `time`. */
  plus?: { column: string; unit: "minutes" | "hours" };
  /** What a text becomes. */
  table?: Record<string, string>;
  /** What a text becomes that is not in `table`. @default itself */
  otherwise?: string;
}

/** A column by its name, or a part of its cells; parts are counted from 1. */
export type Source = string | { column: string; split: string; part: number };

/** The columns that the processor reads (docs/formats.md, 1); no other leaves the office. */
export const OUR_COLUMNS = [
  "id_order",
  "location_meeting",
  "level",
  "group_size",
  "language",
  "name_sponsor",
  "name_participant",
  "age_participant",
  "date_lesson",
  "timestamp_start_lesson",
  "timestamp_end_lesson",
  "booking_id",
] as const;

export type OurColumn = (typeof OUR_COLUMNS)[number];

/** Ours that may be empty, and so may be left out of a mapping. */
export const OPTIONAL_COLUMNS: readonly OurColumn[] = ["name_participant", "age_participant", "booking_id"];

/** Something that keeps a mapping, or a whole file, from being used, in one sentence. */
export class MappingError extends Error {}

/** The names of the columns that a rule reads. */
export function columnsOf({ from = [], plus }: Rule): string[] {
  const sources = (Array.isArray(from) ? from : [from]).map((source) => (typeof source === "string" ? source : source.column));
  return plus === undefined ? sources : [...sources, plus.column];
}
