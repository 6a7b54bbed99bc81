import { CsvError, parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import readWorkbook, { readSheet } from "read-excel-file/universal";
import { type Mapping, MappingError } from "./mapping";

/** A file as cells. */
export interface Table {
  /** The names of its columns, trimmed. */
  header: string[];
  rows: TableRow[];
}

export interface TableRow {
  /** The line of the file, or the row of the sheet, that it begins on; from 1. */
  line: number;
  cells: string[];
}

/** Only what tells how the cells of a file stand in it. */
export type Layout = Pick<Mapping, "file" | "encoding" | "delimiter" | "quote" | "sheet" | "skip">;

/** What a worksheet may unfold to: a ZIP of kilobytes can hold gigabytes. */
const MAX_UNFOLDED_BYTES = 512 * 1024 * 1024;

/**
 * Takes a file apart.
 *
 * @throws MappingError When it is not what the layout says: another encoding, cut within quotes, a page instead of a file, no column names.
 */
export async function readTable(file: Uint8Array, layout: Layout): Promise<Table> {
  const rows = layout.file === "xlsx" ? await sheetRows(file, layout) : textRows(file, layout);
  const [head, ...body] = rows.filter(({ line }) => line > (layout.skip ?? 0));
  if (head === undefined) {
    throw new MappingError("the file is empty");
  }
  const header = head.cells.map((cell) => cell.trim());
  return { header, rows: body.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")) };
}

/** The text of a CSV or TSV file, without its byte-order mark. */
export function decode(file: Uint8Array, encoding = "utf-8"): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    throw new MappingError(`the file is not ${encoding}`);
  }
}

function textRows(file: Uint8Array, { file: kind, encoding, delimiter, quote }: Layout): TableRow[] {
  // One kind of line end: the parser counts two within quotes.
  const text = decode(file, encoding).replace(/\r\n?/g, "\n");
  if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(text.slice(0, 200))) {
    throw new MappingError("the file is a web page, not an export");
  }
  try {
    const records: unknown = parse(text, {
      delimiter: delimiter ?? (kind === "tsv" ? "\t" : ","),
      quote: quote === "" || (quote === undefined && kind === "tsv") ? null : (quote ?? '"'),
      relax_column_count: true,
      info: true,
    });
    let next = 1;
    return (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => {
      // The parser tells the line that a record ends on.
      const line = next;
      next = info.lines + 1;
      return { line, cells: record };
    });
  } catch (error) {
    throw error instanceof CsvError ? new MappingError(csvSentence(error)) : error;
  }
}

function csvSentence({ code, message }: CsvError): string {
  return code === "CSV_QUOTE_NOT_CLOSED" ? `${message.replace(/^Quote Not Closed: /, "")}: the file is cut` : message;
}

async function sheetRows(file: Uint8Array, { sheet }: Layout): Promise<TableRow[]> {
  try {
    refuseHuge(file);
    const rows = await readSheet(new Blob([file as Uint8Array<ArrayBuffer>]), sheet ?? 1);
    return rows.map((cells, index) => ({ line: index + 1, cells: cells.map(cellText) }));
  } catch (error) {
    throw error instanceof MappingError
      ? error
      : new MappingError(`the file is not a workbook that can be read: ${(error as Error).message}`);
  }
}

/** The names of a workbook's sheets. */
export async function sheetNames(file: Uint8Array): Promise<string[]> {
  refuseHuge(file);
  const sheets = await readWorkbook(new Blob([file as Uint8Array<ArrayBuffer>]));
  return sheets.map(({ sheet }) => sheet);
}

/** Adds up what the archive says it holds, before anything is unfolded. */
function refuseHuge(file: Uint8Array): void {
  let bytes = 0;
  unzipSync(file, {
    filter: ({ originalSize }) => {
      bytes += originalSize;
      return false;
    },
  });
  if (bytes > MAX_UNFOLDED_BYTES) {
    throw new MappingError(`the workbook unfolds to ${Math.round(bytes / 1024 ** 2)} MiB, more than ${MAX_UNFOLDED_BYTES / 1024 ** 2}`);
  }
}

/** A cell as text: a date as `2026-12-27`, a time as `09:00`, both as `2026-12-27 09:00`, however the sheet shows them. */
function cellText(cell: unknown): string {
  if (!(cell instanceof Date)) {
    return cell === null || cell === undefined ? "" : String(cell);
  }
  // Excel keeps days as a fraction; what is a minute must not be read as its last millisecond.
  const [date = "", time = ""] = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().split(/[TZ.]/);
  const clock = time.replace(/:00$/, "");
  // A time without a date is a fraction of Excel's day 0.
  return cell.getUTCFullYear() < 1901 ? clock : clock === "00:00" ? date : `${date} ${clock}`;
}
