import { Command } from "commander";
import { run, UserError } from "../stack/command";
import { fetchNow } from "../stack/fetching";
import { outcomeText } from "../stack/outcome-text";
import { outcomeOf } from "../stack/uploads";
import { connect } from "./connect";

const command = new Command("fetch")
  .description("Fetches the export from `exportUrl` now, and tells what happened.")
  .requiredOption("--stack <name>", "the stack, or `local` for the one that `npm start -- --fetch` runs")
  .parse();

run(async () => {
  const stack = await connect(command.opts<{ stack: string }>().stack);
  const { outcome, what, key } = await fetchNow(stack);
  if (outcome === "failed") {
    throw new UserError(`nothing was fetched: ${what}`);
  }
  console.log(`${outcome}: ${what}`);
  if (key !== undefined) {
    console.log(outcomeText(await outcomeOf(stack, key)));
  }
});
