import { Command } from "commander";
import { run, UserError } from "../stack/command";
import { connect } from "./connect";
import { reportOf } from "./report-data";
import { reportText } from "./report-text";

const command = new Command("report")
  .description("Prints a day as the office needs it: lessons, instructors, conflicts, and the files that were rejected, with reasons.")
  .requiredOption("--stack <name>", "the stack, or `local` for the one that `npm start` runs")
  .option("--date <YYYY-MM-DD>", "the day (default: today in the school's time zone)")
  .option("--json", "print it as JSON")
  .parse();

run(async () => {
  const { stack, date, json } = command.opts<{ stack: string; date?: string; json?: true }>();
  if (date !== undefined && !isDate(date)) {
    throw new UserError(`--date is "${date}": it must be a date such as 2026-12-27`);
  }
  const report = await reportOf(await connect(stack), date, new Date());
  console.log(json === true ? JSON.stringify(report, null, 2) : reportText(report));
});

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}
