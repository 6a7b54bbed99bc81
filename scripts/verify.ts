import { Command } from "commander";
import { settingsFrom } from "../infrastructure/settings";
import { lookupIn, stackConfiguration } from "../local/configuration";
import { CHECKS, type Finding, runChecks } from "./checks";
import { run, UserError } from "./command";
import { findingsTable } from "./findings-table";
import { connect, type Stack } from "./stack";

/**
 * Asks AWS whether a deployed stack is as the program and its settings say.
 *
 * @returns One finding for each rule, in the order of the parts.
 */
export function verify(stack: Stack): Promise<Finding[]> {
  const settings = settingsFrom(lookupIn(stackConfiguration(stack.name)));
  return runChecks(CHECKS, { ...stack, settings });
}

/**
 * Verifies a stack and shows every rule.
 *
 * @throws UserError When a rule does not hold.
 */
export async function report(stack: Stack): Promise<void> {
  const findings = await verify(stack);
  console.log(findingsTable(findings));
  const broken = findings.filter(({ problem }) => problem !== undefined).length;
  if (broken > 0) {
    throw new UserError(`${broken} of ${findings.length} rules do not hold`);
  }
  console.log(`all ${findings.length} rules hold`);
}

if (require.main === module) {
  const command = new Command("verify")
    .description("Checks a deployed stack against what it has to be, by asking AWS.")
    .requiredOption("--stack <name>", "the stack, or `local` for the one that `npm start` runs")
    .parse();
  run(async () => report(await connect(command.opts<{ stack: string }>().stack)));
}
