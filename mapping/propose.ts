import { DateTime } from "luxon";
import { type Mapping, OPTIONAL_COLUMNS, OUR_COLUMNS, type OurColumn, type Rule, type Source } from "./mapping";
import { type Layout, readTable, sheetNames, type Table } from "./table";
import { COLUMN_NAMES, DATE_FORMS, plainWord, TIME_FORMS, WORDS } from "./vocabulary";

/** A mapping as it may be, and what its author has to look at. */
export interface Proposal {
  mapping: Mapping;
  /** In one sentence each. */
  questions: string[];
}

/** Stands for what no column was found for, so that the mapping is whole and the gap is seen. */
const UNKNOWN = "?";

/** Lines above the column names that are thought of. */
const MOST_SKIPPED = 3;

/** Rows that are looked at. */
const SAMPLE = 200;

/** More different texts than this are names, not words to look up. */
const MOST_WORDS = 30;

/**
 * Looks at an export of an unknown system and proposes how to read it. Its author has the last word: a proposal is a beginning.
 *
 * @param zone IANA name of the zone that its times are taken for.
 * @throws MappingError When it cannot be taken apart.
 */
export async function propose(file: Uint8Array, zone: string): Promise<Proposal> {
  const { layout, table, found } = await likeliest(file);
  const columns = Object.fromEntries(OUR_COLUMNS.flatMap((ours) => ruleFor(ours, found, table)));
  const questions = OUR_COLUMNS.filter((ours) => columns[ours]?.constant === UNKNOWN).map(
    (ours) => `nothing was found for ${ours}: name its column in \`from\`, or put what is always the same into \`constant\``,
  );
  const unknown = Object.entries(columns).flatMap(([ours, { table: words = {} }]) =>
    Object.keys(words).flatMap((word) => (words[word] === UNKNOWN ? [`what is "${word}" in ${ours}?`] : [])),
  );
  return { mapping: { ...layout, time_zone: zone, columns: columns as Mapping["columns"] }, questions: [...questions, ...unknown] };
}

interface Reading {
  layout: Layout;
  table: Table;
  found: Found;
}

/** The sheet, and the line of it, whose column names say the most to us; the first of those that say as much. */
async function likeliest(file: Uint8Array): Promise<Reading> {
  const plain = layoutOf(file);
  const sheets: Layout[] = plain.file === "xlsx" ? (await sheetNames(file)).map((sheet) => ({ ...plain, sheet })) : [plain];
  const layouts = sheets.flatMap((layout) => [
    layout,
    ...Array.from({ length: MOST_SKIPPED }, (_, skip) => ({ ...layout, skip: skip + 1 })),
  ]);
  const readings: Reading[] = [];
  for (const layout of layouts) {
    const table = await readTable(file, layout).catch((error: Error) => error);
    if (!(table instanceof Error)) {
      readings.push({ layout, table, found: findColumns(table) });
    } else if (layout === layouts[0]) {
      throw table;
    }
  }
  const known = ({ found }: Reading) => Object.keys(found).length;
  return readings.reduce((best, next) => (known(next) > known(best) ? next : best));
}

/** How the cells stand in the file: by its first bytes, and by what stands in its first line most often. */
function layoutOf(file: Uint8Array): Layout {
  const [first, second] = file;
  if (first === 0x50 && second === 0x4b) {
    return { file: "xlsx" };
  }
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : isUtf8(file) ? "utf-8" : "windows-1250";
  const head = new TextDecoder(encoding).decode(file.subarray(0, 8192)).split(/\r?\n/, 1)[0] ?? "";
  const count = (delimiter: string) => head.split(delimiter).length;
  const [delimiter = ","] = ["\t", ";", ",", "|"].sort((one, other) => count(other) - count(one));
  return delimiter === "\t" ? { file: "tsv", encoding } : { file: "csv", encoding, delimiter };
}

function isUtf8(file: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(file);
    return true;
  } catch {
    return false;
  }
}

type Found = Partial<Record<keyof typeof COLUMN_NAMES, string>>;

/** Their column for each of ours: by its name, then by a name that contains it. No column is taken twice. */
function findColumns({ header }: Table): Found {
  const found: Found = {};
  const free = new Set(header.filter((name) => name !== ""));
  for (const fits of [
    (word: string, name: string) => word === name,
    (word: string, name: string) => name.length > 3 && word.includes(name),
  ]) {
    for (const [ours, names] of Object.entries(COLUMN_NAMES) as [keyof Found, string[]][]) {
      const theirs = names.flatMap((name) => [...free].filter((column) => fits(plainWord(column), name)))[0];
      if (found[ours] === undefined && theirs !== undefined) {
        found[ours] = theirs;
        free.delete(theirs);
      }
    }
  }
  return found;
}

function ruleFor(ours: OurColumn, found: Found, table: Table): [OurColumn, Rule][] {
  const rule =
    ours === "date_lesson"
      ? dateRule(found, table)
      : ours.startsWith("timestamp_")
        ? timeRule(ours, found, table)
        : textRule(ours, found, table);
  return rule === undefined ? (OPTIONAL_COLUMNS.includes(ours) ? [] : [[ours, { constant: UNKNOWN }]]) : [[ours, rule]];
}

function textRule(ours: OurColumn, found: Found, table: Table): Rule | undefined {
  const from = found[ours];
  if (from === undefined) {
    return undefined;
  }
  const texts = valuesOf(from, table);
  if (ours === "id_order") {
    return texts.every((text) => /^\d*$/.test(text)) ? { from } : { from, digits: true };
  }
  const known = WORDS[ours];
  const distinct = [...new Set(texts)].filter((text) => text !== "");
  if (known === undefined || distinct.length > MOST_WORDS) {
    return { from };
  }
  const ourWord = (text: string) =>
    Object.entries(known).find(([word, theirs]) => [plainWord(word), ...theirs].includes(plainWord(text)))?.[0];
  const words = Object.fromEntries(distinct.map((text) => [text, ourWord(text) ?? UNKNOWN]));
  return Object.entries(words).every(([text, word]) => text === word) ? { from } : { from, table: words };
}

function dateRule({ date_lesson, timestamp_start_lesson }: Found, table: Table): Rule | undefined {
  const from = date_lesson ?? timestamp_start_lesson;
  const date = from === undefined ? undefined : formOf(valuesOf(from, table), [...DATE_FORMS, ...instants()]);
  return from === undefined || date === undefined ? undefined : { from, date };
}

/** A start or an end: an instant in one cell, or a date with a time, with a range of times, or with a length. */
function timeRule(ours: OurColumn, found: Found, table: Table): Rule | undefined {
  const own = found[ours];
  if (own !== undefined) {
    const instant = formOf(valuesOf(own, table), instants());
    if (instant !== undefined) return { from: own, time: instant };
    return withDate(found, table, own);
  }
  const range = found.time_range;
  const isEnd = ours === "timestamp_end_lesson";
  if (range !== undefined && valuesOf(range, table).every((text) => /\d\s*[-–]\s*\d/.test(text))) {
    const split = valuesOf(range, table).some((text) => text.includes("–")) ? "–" : "-";
    return withDate(found, table, { column: range, split, part: isEnd ? 2 : 1 });
  }
  const start = isEnd ? timeRule("timestamp_start_lesson", found, table) : range === undefined ? undefined : withDate(found, table, range);
  if (!isEnd || start === undefined || found.duration === undefined) {
    return isEnd ? undefined : start;
  }
  const numbers = valuesOf(found.duration, table).map((text) => Number(text.replace(",", ".")));
  return { ...start, plus: { column: found.duration, unit: numbers.every((each) => each < 12) ? "hours" : "minutes" } };
}

function withDate({ date_lesson }: Found, table: Table, source: Source): Rule | undefined {
  if (date_lesson === undefined) {
    return undefined;
  }
  const texts =
    typeof source === "string"
      ? valuesOf(source, table)
      : valuesOf(source.column, table).map((text) => (text.split(source.split)[source.part - 1] ?? "").trim());
  const date = formOf(valuesOf(date_lesson, table), DATE_FORMS);
  const time = formOf(texts, TIME_FORMS);
  return date === undefined || time === undefined ? undefined : { from: [date_lesson, source], time: `${date} ${time}` };
}

function instants(): string[] {
  const joined = ["yyyy-MM-dd'T'HH:mm:ssZZ", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss"];
  return [...joined, ...DATE_FORMS.flatMap((date) => TIME_FORMS.map((time) => `${date} ${time}`))];
}

/** The form that most texts have, when nearly all have it; the earlier of two. */
function formOf(texts: string[], forms: string[]): string | undefined {
  const filled = texts.filter((text) => text !== "");
  const fitting = (form: string) => filled.filter((text) => DateTime.fromFormat(text, form, { locale: "en" }).isValid).length;
  const [best] = forms.map((form) => ({ form, count: fitting(form) })).sort((one, other) => other.count - one.count);
  return best !== undefined && best.count > 0 && best.count >= filled.length * 0.8 ? best.form : undefined;
}

function valuesOf(column: string, { header, rows }: Table): string[] {
  const place = header.indexOf(column);
  return rows.slice(0, SAMPLE).map(({ cells }) => (cells[place] ?? "").trim());
}
