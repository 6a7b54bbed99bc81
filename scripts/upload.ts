import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { inUploadOrder } from "../common/uploads";
import { run, UserError } from "../stack/command";
import { mappingAt, outgoingMapped } from "../stack/mapped";
import { outcomeText } from "../stack/outcome-text";
import { type Outcome, outcomeOf, outgoing, send } from "../stack/uploads";
import { connect } from "./connect";

const command = new Command("upload")
  .description("Uploads exports (*.tsv), profiles.json and roster-YYYY-MM-DD.json, and tells what became of them.")
  .argument("<files...>", "the files to upload")
  .option("--mapping <file>", "how to read exports of another system (docs/mappings.md): CSV, TSV or XLSX")
  .requiredOption("--stack <name>", "the stack, or `local` for the one that `npm start` runs")
  .parse();

run(async () => {
  const { stack: name, mapping: path } = command.opts<{ stack: string; mapping?: string }>();
  const mapping = path === undefined ? undefined : mappingAt(path);
  // All are read before the first is sent: a wrong name uploads nothing.
  const read = command.args.map((file) =>
    mapping === undefined || file.endsWith(".json") ? outgoing(file) : outgoingMapped(file, mapping),
  );
  const files = inUploadOrder(await Promise.all(read));
  const stack = await connect(name);
  const bar = new SingleBar({ format: "{bar} {percentage} % | {key}", clearOnComplete: true, hideCursor: true });
  bar.start(
    files.reduce((sum, { body }) => sum + body.byteLength, 0),
    0,
    { key: "" },
  );
  let sent = 0;
  const outcomes: Outcome[] = [];
  try {
    for (const file of files) {
      await send(stack, file, (bytes) => bar.update(sent + bytes, { key: file.key }));
      sent += file.body.byteLength;
      outcomes.push(await outcomeOf(stack, file.key));
    }
  } finally {
    bar.stop();
  }
  for (const outcome of outcomes) {
    console.log(outcomeText(outcome));
  }
  const rejected = outcomes.filter(({ outcome }) => outcome === "rejected").length;
  if (rejected > 0) {
    throw new UserError(`${rejected} of ${files.length} files were rejected: what was shown before stays`);
  }
});
