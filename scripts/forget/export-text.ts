import { isName, mentions, type Person } from "./names";

/** A row of an export, as far as it tells of people. */
export interface ExportRow {
  participant: string;
  sponsor: string;
  /** Epoch milliseconds; NaN where the row does not say. */
  startsAt: number;
}

/** What an export holds of a person. */
export interface ExportSearch {
  /** The rows that are the person's. */
  rows: ExportRow[];
  /** The rows of others. */
  others: ExportRow[];
  /** How many rows of others speak of the person in free text. */
  mentions: number;
  /** The export without all of it; every other byte is as it was. */
  rest: string;
}

const PARTICIPANT = "name_participant";
const SPONSOR = "name_sponsor";
const START = "timestamp_start_lesson";

/** Free text from which the schedule takes nothing. */
const FREE_TEXT = ["contact_sales", "note"];

/**
 * Looks for a person in an export.
 *
 * @returns Undefined when the text is no export: it has no header with the columns that hold names.
 */
export function searchExport(text: string, person: Person): ExportSearch | undefined {
  const lines = text.split("\n");
  const headerAt = lines.findIndex((line) => line.replace("\uFEFF", "").trim() !== "");
  const columns = (lines[headerAt] ?? "")
    .replace("\uFEFF", "")
    .split("\t")
    .map((column) => column.trim());
  if (![PARTICIPANT, SPONSOR, START].every((column) => columns.includes(column))) {
    return undefined;
  }
  const found: ExportSearch = { rows: [], others: [], mentions: 0, rest: "" };
  const kept = lines.flatMap((line, index) => (index <= headerAt || line.trim() === "" ? [line] : keep(line)));
  return { ...found, rest: kept.join("\n") };

  function keep(line: string): string[] {
    const cells = line.split("\t");
    const row = rowOf(cells, columns);
    if (isTheirs(cells, row)) {
      found.rows.push(row);
      return [];
    }
    found.others.push(row);
    const without = cells.map((cell, index) => (FREE_TEXT.includes(columns[index] ?? "") && mentions(cell, person.name) ? "" : cell));
    const changed = without.join("\t");
    found.mentions += Number(changed !== line);
    return [line.endsWith("\r") && !changed.endsWith("\r") ? `${changed}\r` : changed];
  }

  function isTheirs(cells: string[], { participant, sponsor }: ExportRow): boolean {
    if (cells.length !== columns.length) {
      // A broken row: whichever of its cells is the name.
      return cells.some((cell) => isName(cell, person.name) || mentions(cell, person.name));
    }
    return person.sponsor === undefined
      ? isName(participant, person.name) || isName(sponsor, person.name)
      : isName(participant, person.name) && isName(sponsor, person.sponsor);
  }
}

function rowOf(cells: string[], columns: string[]): ExportRow {
  const cell = (column: string) => (cells[columns.indexOf(column)] ?? "").trim();
  return { participant: cell(PARTICIPANT), sponsor: cell(SPONSOR), startsAt: Date.parse(cell(START)) };
}
