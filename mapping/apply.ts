import { DateTime } from "luxon";
import { columnsOf, type Mapping, MappingError, OUR_COLUMNS, type Rule, type Source } from "./mapping";
import { readTable, type Table } from "./table";

/** An export in the school's own form. */
export interface MappedExport {
  /** UTF-8 TSV as docs/formats.md, 1 describes it, with the used columns alone. */
  tsv: string;
  /** Its rows. */
  rows: number;
  notes: Note[];
}

/** Something that could not be read: it is handed on as it is, and the processor counts the row with its reason. */
export interface Note {
  /** Line of the file, or row of the sheet; from 1. */
  line: number;
  problem: string;
}

/** What takes the place of a row whose cells cannot be told apart: the processor counts it as `wrong_column_count`. */
const UNREADABLE = "?";

/**
 * Turns another system's export into ours. Rows are never left out: what cannot be read is the processor's to reject and count.
 *
 * Runs in a browser as well: it asks no file, no clock and no machine.
 *
 * @throws MappingError When the file as a whole is not what the mapping says.
 */
export async function applyMapping(file: Uint8Array, mapping: Mapping): Promise<MappedExport> {
  return mapTable(await readTable(file, mapping), mapping);
}

/**
 * As `applyMapping`, for a file that is taken apart already.
 *
 * @throws MappingError When a column that the mapping names is not there, or there is twice.
 */
export function mapTable(table: Table, mapping: Mapping): MappedExport {
  const places = placesOf(table.header, mapping);
  const notes: Note[] = [];
  const lines = table.rows.flatMap(({ line, cells }) => {
    const note = (problem: string) => notes.push({ line, problem });
    if (mapping.file !== "xlsx" && cells.length !== table.header.length) {
      note(`has ${cells.length} cells, and the header has ${table.header.length}`);
      return [UNREADABLE];
    }
    const cell = (column: string) => (cells[places.get(column) ?? -1] ?? "").trim();
    return partsOf(cell, mapping).map((parts) => OUR_COLUMNS.map((ours) => made(mapping.columns[ours], parts, mapping, note)).join("\t"));
  });
  return { tsv: [OUR_COLUMNS.join("\t"), ...lines, ""].join("\r\n"), rows: lines.length, notes };
}

type Cell = (column: string) => string;

/** Where each column that the mapping names stands in a row. */
function placesOf(header: string[], { columns, each }: Mapping): Map<string, number> {
  const named = new Set([...Object.values(columns).flatMap(columnsOf), ...(each === undefined ? [] : [each.column])]);
  const missing = [...named].filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new MappingError(`the file has no column ${missing.map(quoted).join(", ")}: it has ${header.map(quoted).join(", ")}`);
  }
  const twice = [...named].filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice.length > 0) {
    throw new MappingError(`the file has the column ${twice.map(quoted).join(", ")} more than once`);
  }
  return new Map([...named].map((name) => [name, header.indexOf(name)]));
}

/** One row, or one for each part of the cell that `each` names; an empty cell is one unnamed part. */
function partsOf(cell: Cell, { each }: Mapping): Cell[] {
  if (each === undefined) {
    return [cell];
  }
  const parts = cell(each.column)
    .split(each.split)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return (parts.length === 0 ? [""] : parts).map((part) => (column) => (column === each.column ? part : cell(column)));
}

function made(rule: Rule | undefined, cell: Cell, mapping: Mapping, note: (problem: string) => void): string {
  if (rule?.from === undefined) {
    return plain(rule?.constant ?? "");
  }
  const sources = Array.isArray(rule.from) ? rule.from : [rule.from];
  const texts = sources.map((source) => taken(source, cell));
  const text = texts.filter((each) => each !== "").join(rule.join ?? " ");
  const value = rule.digits === true ? text.replace(/\D/g, "") : text;
  return plain(rule.date === undefined && rule.time === undefined ? looked(value, rule) : timed(value, rule, cell, mapping, note));
}

function taken(source: Source, cell: Cell): string {
  return typeof source === "string" ? cell(source) : (cell(source.column).split(source.split)[source.part - 1] ?? "").trim();
}

function looked(text: string, { table, otherwise }: Rule): string {
  return table === undefined ? text : Object.hasOwn(table, text) ? (table[text] ?? "") : (otherwise ?? text);
}

/** A date or a time in our form; what is not in the form that the rule gives, stays as it is. */
function timed(text: string, rule: Rule, cell: Cell, { time_zone: zone, decimal }: Mapping, note: (problem: string) => void): string {
  const form = rule.time ?? rule.date ?? "";
  const read = (inZone: string) => DateTime.fromFormat(text, form, { zone: inZone, locale: "en" });
  const at = read(zone);
  // Luxon moves an hour that summer time leaves out: then the clock is another one than in UTC, where every hour is.
  if (!at.isValid || (rule.time !== undefined && at.toFormat("HH:mm") !== read("utc").toFormat("HH:mm") && !/Z/.test(form))) {
    note(text === "" ? "has no date" : `has ${quoted(text)}, which is not of the form ${quoted(form)}`);
    return text;
  }
  if (rule.time === undefined) {
    return at.toFormat("dd.MM.yyyy");
  }
  const length = rule.plus === undefined ? 0 : numberOf(cell(rule.plus.column), decimal);
  if (Number.isNaN(length)) {
    note(`has ${quoted(cell(rule.plus?.column ?? ""))}, which is not a number`);
    return text;
  }
  const end = at.plus({ minutes: Math.round(length * (rule.plus?.unit === "hours" ? 60 : 1)) });
  return end.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** A number as it is written by hand: with spaces or points between its thousands. NaN for anything else. */
function numberOf(text: string, decimal: "." | "," = "."): number {
  const compact = text.replace(decimal === "," ? /[\s.']/g : /[\s,']/g, "").replace(decimal, ".");
  return /^\d+(\.\d+)?$/.test(compact) ? Number(compact) : Number.NaN;
}

/** A cell of ours knows no quoting: what would end it becomes a space. */
function plain(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").trim();
}

function quoted(text: string): string {
  return `"${text}"`;
}
