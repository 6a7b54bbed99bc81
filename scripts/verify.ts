import { Command } from "commander";
import { verify } from "../stack/checks";
import { run, UserError } from "../stack/command";
import type { Stack } from "../stack/stack";
import { configurationOf, connect } from "./connect";
import { findingsTable } from "./findings-table";

/**
 * Verifies a stack and shows every rule.
 *
 * @throws UserError When a rule does not hold.
 */
export async function report(stack: Stack): Promise<void> {
  const findings = await verify(stack, await configurationOf(stack.name));
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
