import { writeFileSync } from "node:fs";
import Table from "cli-table3";
import { Command } from "commander";
import { stringify } from "yaml";
import { stackConfiguration } from "../infrastructure/configuration";
import { applyMapping } from "../mapping/apply";
import { propose } from "../mapping/propose";
import { run, UserError } from "../stack/command";
import { mappingAt } from "../stack/mapped";
import { bytesOf } from "../stack/uploads";

const ROWS_SHOWN = 10;
const NOTES_SHOWN = 10;

const command = new Command("map")
  .description("Looks at another system's export, proposes a mapping, and shows the first ten rows as they would be read.")
  .argument("<file>", "the export: CSV, TSV or XLSX")
  .option("--mapping <file>", "show the rows as this mapping reads them, instead of proposing one")
  .option("--time-zone <name>", "the zone of the file's times; the stack's by default")
  .option("--out <file>", "write the proposed mapping there; to the screen by default")
  .parse();

run(async () => {
  const { mapping: path, timeZone, out } = command.opts<{ mapping?: string; timeZone?: string; out?: string }>();
  const file = bytesOf(command.args[0] ?? "");
  const zone = timeZone ?? stackConfiguration("local")["goldsport-scheduler:timeZone"] ?? "UTC";
  const { mapping, questions } = path === undefined ? await propose(file, zone) : { mapping: mappingAt(path), questions: [] };
  if (path === undefined) {
    keep(`# Proposed by \`npm run map\`: see docs/mappings.md.\n${stringify(mapping)}`, out);
  }
  const { tsv, rows, notes } = await applyMapping(file, mapping);
  const [header = [], ...lines] = tsv.split("\r\n").map((line) => line.split("\t"));
  const table = new Table({ head: header, style: { head: [], border: [] } });
  table.push(...lines.slice(0, Math.min(rows, ROWS_SHOWN)));
  console.log(`${table}\n${rows} rows`);
  for (const { line, problem } of notes.slice(0, NOTES_SHOWN)) {
    console.log(`line ${line} ${problem}`);
  }
  if (notes.length > NOTES_SHOWN) {
    console.log(`… and ${notes.length - NOTES_SHOWN} more that cannot be read`);
  }
  for (const question of questions) {
    console.log(question);
  }
});

/** Puts the mapping where it is asked for; what is there already is its author's. */
function keep(yaml: string, out: string | undefined): void {
  if (out === undefined) {
    console.log(yaml);
    return;
  }
  try {
    writeFileSync(out, yaml, { flag: "wx" });
  } catch (error) {
    throw new UserError(`${out} cannot be written: ${(error as NodeJS.ErrnoException).code === "EEXIST" ? "it is there already" : error}`);
  }
  console.log(`wrote ${out}\n`);
}
