import assert from "node:assert/strict";
import { stringify } from "yaml";
import { parseMapping } from "./check";
import { OPTIONAL_COLUMNS, OUR_COLUMNS } from "./mapping";

/** The least that a mapping says. */
function least(): { columns: Record<string, unknown> } & Record<string, unknown> {
  const needed = OUR_COLUMNS.filter((column) => !OPTIONAL_COLUMNS.includes(column));
  return { file: "csv", time_zone: "Europe/Prague", columns: Object.fromEntries(needed.map((column) => [column, { from: column }])) };
}

function mistakes(change: (mapping: ReturnType<typeof least>) => void): string[] {
  const mapping = least();
  change(mapping);
  try {
    parseMapping(stringify(mapping), "ours.yaml");
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}

const SENTENCES: [change: (mapping: ReturnType<typeof least>) => void, sentence: string][] = [
  [(mapping) => Object.assign(mapping, { file: "pdf" }), "ours.yaml: file must be one of csv, tsv, xlsx"],
  [(mapping) => delete mapping.time_zone, "ours.yaml: the mapping lacks time_zone"],
  [
    (mapping) => Object.assign(mapping, { time_zone: "Prague" }),
    'ours.yaml: time_zone "Prague" is not in the IANA database: for example Europe/Prague',
  ],
  [
    (mapping) => Object.assign(mapping, { encoding: "latin-9000" }),
    'ours.yaml: encoding "latin-9000" is not known: for example utf-8, windows-1250',
  ],
  [
    (mapping) => Object.assign(mapping, { file: "xlsx", delimiter: ";" }),
    "ours.yaml: encoding and delimiter are of csv and tsv, not of xlsx",
  ],
  [(mapping) => Object.assign(mapping, { quote: "''" }), "ours.yaml: quote must NOT have more than 1 characters"],
  [(mapping) => delete mapping.columns.level, "ours.yaml: columns lacks level"],
  [
    (mapping) => Object.assign(mapping.columns, { price: { from: "Preis" } }),
    `ours.yaml: columns has "price", which is not known: allowed are ${OUR_COLUMNS.join(", ")}`,
  ],
  [
    (mapping) => Object.assign(mapping.columns, { level: { form: "Kurs" } }),
    'ours.yaml: columns.level has "form", which is not known: allowed are constant, from, join, digits, date, time, plus, table, otherwise',
  ],
  [(mapping) => Object.assign(mapping.columns, { level: {} }), "ours.yaml: columns.level must have one of constant and from"],
  [
    (mapping) => Object.assign(mapping.columns, { date_lesson: { from: "a", date: "d.M.yyyy", time: "H:mm" } }),
    "ours.yaml: columns.date_lesson has date and time: one of them",
  ],
  [
    (mapping) => Object.assign(mapping.columns, { level: { from: "a", plus: { column: "b", unit: "hours" } } }),
    "ours.yaml: columns.level has plus without time",
  ],
  [
    (mapping) => Object.assign(mapping.columns, { level: { from: "a", otherwise: "b" } }),
    "ours.yaml: columns.level has otherwise without table",
  ],
  [
    (mapping) => Object.assign(mapping.columns, { level: { from: { column: "a", split: "-" } } }),
    "ours.yaml: columns.level.from lacks part",
  ],
];

describe("parseMapping", () => {
  it("takes the least that a mapping says", () => {
    assert.deepEqual(
      mistakes(() => {}),
      [],
    );
  });

  for (const [change, sentence] of SENTENCES) {
    it(`says "${sentence.replace("ours.yaml: ", "")}"`, () => assert.deepEqual(mistakes(change), [sentence]));
  }

  it("tells of every mistake, each on a line of its own", () => {
    const told = mistakes((mapping) => {
      Object.assign(mapping, { file: "pdf" });
      delete mapping.columns.level;
    });
    assert.deepEqual(told.sort(), ["ours.yaml: columns lacks level", "ours.yaml: file must be one of csv, tsv, xlsx"]);
  });

  it("says of what is not YAML where it breaks", () => {
    assert.throws(() => parseMapping("file: [csv", "ours.yaml"), { message: /^ours\.yaml is not YAML: .*line 1/ });
    assert.throws(() => parseMapping("", "ours.yaml"), { message: "ours.yaml: the mapping must be object" });
  });
});
