import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import { applyMapping } from "./apply";
import { parseMapping } from "./check";
import { propose } from "./propose";

const FOLDER = "docs/mappings";
const DAY = readFileSync(`${FOLDER}/day.tsv`, "utf8");
const SYSTEMS = ["horska-recepce.csv", "buchungsbuch.xlsx", "piste-desk.txt"];

const mappingOf = (system: string) => `${FOLDER}/${system.replace(/\.[^.]+$/, ".yaml")}`;

describe("docs/mappings/", () => {
  it("has three systems, each with a mapping and a file of its own", () => {
    const mappings = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));
    assert.deepEqual(mappings.map((file) => `${FOLDER}/${file}`).sort(), SYSTEMS.map(mappingOf).sort());
    assert.ok(SYSTEMS.every((system) => existsSync(`${FOLDER}/${system}`)));
  });

  for (const system of SYSTEMS) {
    it(`reads ${system} as the very bytes of day.tsv`, async () => {
      const mapping = parseMapping(readFileSync(mappingOf(system), "utf8"), system);
      const { tsv, rows, notes } = await applyMapping(readFileSync(`${FOLDER}/${system}`), mapping);
      assert.deepEqual(notes, []);
      assert.equal(tsv, DAY);
      assert.equal(rows, 13);
    });
  }

  it("has a file that is windows-1250, and cannot be taken for UTF-8", () => {
    assert.throws(() => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(`${FOLDER}/horska-recepce.csv`)));
  });

  for (const system of SYSTEMS) {
    it(`proposes for ${system} where its bookings are, and how its dates and times are read`, async () => {
      const { mapping, questions } = await propose(readFileSync(`${FOLDER}/${system}`), "Europe/Prague");
      const known = parseMapping(readFileSync(mappingOf(system), "utf8"), system);
      parseMapping(stringify(mapping), "the proposal");
      const { file, sheet, skip, encoding, delimiter } = mapping;
      assert.deepEqual(
        { file, sheet, skip, encoding, delimiter },
        { file: known.file, sheet: known.sheet, skip: known.skip, encoding: known.encoding, delimiter: known.delimiter },
      );
      assert.deepEqual(mapping.columns.date_lesson, known.columns.date_lesson);
      assert.deepEqual(mapping.columns.timestamp_start_lesson, known.columns.timestamp_start_lesson);
      assert.deepEqual(mapping.columns.timestamp_end_lesson, known.columns.timestamp_end_lesson);
      assert.deepEqual(mapping.columns.language, known.columns.language);
      assert.ok(
        questions.every((question) => /group_size|level/.test(question)),
        questions.join("\n"),
      );
    });
  }
});
