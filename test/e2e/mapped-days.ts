import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const FOLDER = "docs/mappings";

/** The examples are of 27 and 28 December of a year. */
const YEAR = 2026;
const MONTH = 11;
const DAYS = [27, 28];
/** The year of a date, and not of a booking's number. */
const IN_A_DATE = new RegExp(`${YEAR}(?=[-;\\t])`, "g");
const MS_A_DAY = 24 * 60 * 60 * 1000;

/** The same days as three booking systems export them, and as ours. */
export interface MappedDays {
  dates: string[];
  /** The path of an export of ours. */
  tsv: string;
  /** The paths of the others' exports, each with the mapping that reads it. */
  systems: { file: string; mapping: string }[];
}

/** Puts the examples of `docs/mappings/` into `folder`, moved to a December that is still ahead: what is past is not published. */
export function mappedDays(folder: string, now: Date): MappedDays {
  const isOver = now.getUTCMonth() === MONTH && now.getUTCDate() >= Math.min(...DAYS) - 1;
  const year = now.getUTCFullYear() + (isOver ? 1 : 0);
  const moved = (file: string, move: (bytes: Buffer) => Uint8Array) => {
    const path = join(folder, basename(file));
    writeFileSync(path, move(readFileSync(join(FOLDER, file))));
    return path;
  };
  const inText = (encoding: BufferEncoding) => (bytes: Buffer) =>
    Buffer.from(bytes.toString(encoding).replaceAll(IN_A_DATE, String(year)), encoding);
  const mapped = (file: string, move: (bytes: Buffer) => Uint8Array) => ({
    file: moved(file, move),
    mapping: join(FOLDER, file.replace(/\.\w+$/, ".yaml")),
  });
  return {
    dates: DAYS.map((day) => `${year}-${MONTH + 1}-${day}`),
    tsv: moved("day.tsv", inText("latin1")),
    systems: [
      // A year is the same bytes in windows-1250 as in latin1, which keeps all others as they are.
      mapped("horska-recepce.csv", inText("latin1")),
      mapped("buchungsbuch.xlsx", inWorkbook(year)),
      mapped("piste-desk.txt", inText("utf16le")),
    ],
  };
}

/** Moves the dates of a workbook's cells. */
const inWorkbook = (year: number) => (bytes: Buffer) => {
  const move = (sheet: string) => DAYS.reduce((text, day) => text.replaceAll(cell(YEAR, day), cell(year, day)), sheet);
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [
    name,
    name.startsWith("xl/worksheets/") ? strToU8(move(strFromU8(part))) : part,
  ]);
  return zipSync(Object.fromEntries(parts));
};

/** A date as a workbook holds it: in days since 1899-12-30. */
const cell = (year: number, day: number) => `<v>${(Date.UTC(year, MONTH, day) - Date.UTC(1899, 11, 30)) / MS_A_DAY}</v>`;
