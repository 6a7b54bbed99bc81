import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { applyMapping } from "./apply";
import type { Mapping, OurColumn, Rule } from "./mapping";

const HEADER = "id;place;level;type;language;sponsor;date;start;end";
const ROW = "1;P;l;privát;cz;Novák Petr;27.12.2026;9:00;10:50";
const at = (column: string): Rule => ({ from: ["date", column], time: "d.M.yyyy H:mm" });

const MAPPING: Mapping = {
  file: "csv",
  delimiter: ";",
  time_zone: "Europe/Prague",
  columns: {
    id_order: { from: "id" },
    location_meeting: { from: "place" },
    level: { from: "level" },
    group_size: { from: "type" },
    language: { from: "language" },
    name_sponsor: { from: "sponsor" },
    date_lesson: { from: "date", date: "d.M.yyyy" },
    timestamp_start_lesson: at("start"),
    timestamp_end_lesson: at("end"),
  },
};

interface Read {
  rows: Record<OurColumn, string>[];
  notes: string[];
}

async function read(lines: string[], mapping: Mapping = MAPPING): Promise<Read> {
  const { tsv, notes } = await applyMapping(Buffer.from(lines.join("\r\n")), mapping);
  const [header = [], ...rows] = tsv
    .split("\r\n")
    .slice(0, -1)
    .map((line) => line.split("\t"));
  const named = rows.map((cells) => Object.fromEntries(header.map((name, place) => [name, cells[place] ?? ""])));
  return { rows: named as Read["rows"], notes: notes.map(({ line, problem }) => `line ${line} ${problem}`) };
}

/** The mapping with other rules for some columns. */
const withRules = (columns: Mapping["columns"], more: Partial<Mapping> = {}): Mapping => ({
  ...MAPPING,
  ...more,
  columns: { ...MAPPING.columns, ...columns },
});

describe("applyMapping", () => {
  it("gives a time the offset that its zone has on that day", async () => {
    const { rows } = await read([HEADER, ROW, ROW.replace("27.12.2026", "28.3.2027")]);
    assert.deepEqual(
      rows.map(({ timestamp_start_lesson: start }) => start),
      ["2026-12-27T09:00:00+01:00", "2027-03-28T09:00:00+02:00"],
    );
  });

  it("hands on an hour that summer time leaves out as it is written, with a note", async () => {
    const { rows, notes } = await read([HEADER, ROW.replace("27.12.2026;9:00", "28.3.2027;2:30")]);
    assert.equal(rows[0]?.timestamp_start_lesson, "28.3.2027 2:30");
    assert.deepEqual(notes, ['line 2 has "28.3.2027 2:30", which is not of the form "d.M.yyyy H:mm"']);
  });

  it("leaves no row out: what it cannot read is the processor's to count", async () => {
    const { rows, notes } = await read([HEADER, ROW.replace("9:00", "soon"), "1;2;3", ROW]);
    assert.equal(rows.length, 3);
    assert.equal(rows[0]?.timestamp_start_lesson, "27.12.2026 soon");
    assert.deepEqual(notes.slice(1), ["line 3 has 3 cells, and the header has 9"]);
  });

  it("names the line that a row begins on, also behind cells with lines of their own", async () => {
    const { notes } = await read([HEADER, ROW.replace("Novák Petr", '"Novák\r\nPetr"'), "1;2;3"]);
    assert.deepEqual(notes, ["line 4 has 3 cells, and the header has 9"]);
  });

  it("puts a space for what would end a cell of ours", async () => {
    const { rows } = await read([HEADER, ROW.replace("Novák Petr", '"Novák\t\r\nPetr"')]);
    assert.equal(rows[0]?.name_sponsor, "Novák Petr");
  });

  it("looks words up, and takes what is not there for itself or for what is said", async () => {
    const table = { cz: "CZ", constructor: "kept" };
    const language = (rule: Rule) => read([HEADER, ROW, ROW.replace(";cz;", ";toString;")], withRules({ language: rule }));
    const itself = await language({ from: "language", table });
    assert.deepEqual(
      itself.rows.map((row) => row.language),
      ["CZ", "toString"],
    );
    const said = await language({ from: "language", table, otherwise: "en" });
    assert.deepEqual(
      said.rows.map((row) => row.language),
      ["CZ", "en"],
    );
  });

  it("makes a row for each part of a cell, and one for an empty cell", async () => {
    const each = withRules({ name_participant: { from: "place" } }, { each: { column: "place", split: "," } });
    const { rows } = await read([HEADER, ROW.replace(";P;", ";Anna, Jakub,;"), ROW.replace(";P;", ";;")], each);
    assert.deepEqual(
      rows.map((row) => row.name_participant),
      ["Anna", "Jakub", ""],
    );
  });

  it("adds a length in hours or minutes, with the decimal sign that it is told", async () => {
    const end = (unit: "hours" | "minutes", decimal: "." | ",", length: string) =>
      read(
        [HEADER, ROW.replace("10:50", length)],
        withRules({ timestamp_end_lesson: { ...at("start"), plus: { column: "end", unit } } }, { decimal }),
      );
    for (const [unit, decimal, length] of [
      ["hours", ",", "1,83"],
      ["hours", ".", "1.83"],
      ["minutes", ",", "110"],
    ] as const) {
      assert.equal((await end(unit, decimal, length)).rows[0]?.timestamp_end_lesson, "2026-12-27T10:50:00+01:00");
    }
    assert.deepEqual((await end("hours", ",", "long")).notes, ['line 2 has "long", which is not a number']);
  });

  it("never hands on what the processor does not read: no prices, no notes", async () => {
    const { rows } = await read([`${HEADER};price;note`, `${ROW};1950;private`]);
    assert.doesNotMatch(JSON.stringify(rows), /1950|private"/);
  });

  const refused: [file: Uint8Array, mapping: Partial<Mapping>, sentence: string | RegExp][] = [
    [Buffer.from(""), {}, "the file is empty"],
    [Buffer.from("<!DOCTYPE html><html>"), {}, "the file is a web page, not an export"],
    [Buffer.from([0xff, 0xfe, 0x80]), {}, "the file is not utf-8"],
    [Buffer.from(`${HEADER.replace("level", "niveau")}\n`), {}, /^the file has no column "level": it has "id", "place", "niveau"/],
    [Buffer.from(`${HEADER};level\n`), {}, 'the file has the column "level" more than once'],
    [Buffer.from(`${HEADER}\n1;"Rýž`), {}, /quote.*line 2.*: the file is cut$/],
    [Buffer.from("no zip"), { file: "xlsx" }, /^the file is not a workbook that can be read: /],
    [zipSync({ "huge.xml": new Uint8Array(600 * 1024 * 1024) }, { level: 1 }), { file: "xlsx" }, /^the workbook unfolds to 600 MiB/],
  ];
  for (const [file, change, sentence] of refused) {
    it(`refuses a whole file: ${String(sentence)}`, async () => {
      const mapping = { ...MAPPING, ...change };
      await assert.rejects(applyMapping(file, mapping), { message: sentence });
    });
  }
});
