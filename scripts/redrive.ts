import { Command } from "commander";
import { run, UserError } from "../stack/command";
import type { Stack } from "../stack/stack";
import { connect } from "./connect";
import { type Failure, putBack, remove, runAgain, takeFailures } from "./failures";

/**
 * Runs the failure queue's events again, one after the other. Those that succeed leave the queue; those that fail stay.
 *
 * @param tell Called with a line for people.
 * @returns How many events there were, and how many of them stay.
 */
export async function redrive(stack: Stack, tell: (line: string) => void): Promise<{ events: number; staying: number }> {
  const failures = await takeFailures(stack);
  const staying = new Set(failures);
  try {
    for (const failure of failures) {
      tell(heading(failure));
      const { succeeded, said } = await runAgain(stack, failure);
      for (const line of said) {
        tell(`  ${line}`);
      }
      if (succeeded) {
        await remove(stack, failure);
        staying.delete(failure);
      }
    }
  } finally {
    await Promise.all([...staying].map((failure) => putBack(stack, failure)));
  }
  return { events: failures.length, staying: staying.size };
}

function heading({ keys, failedAt, error }: Failure): string {
  const what = keys.length === 0 ? "a message without an upload" : keys.join(", ");
  return `${what}${failedAt === undefined ? "" : `, given up ${failedAt}`}: ${error}`;
}

if (require.main === module) {
  const command = new Command("redrive")
    .description("Runs the events of the failure queue again, and shows what becomes of each.")
    .requiredOption("--stack <name>", "the stack, or `local` for the one that `npm start` runs")
    .parse();
  run(async () => {
    const { events, staying } = await redrive(await connect(command.opts<{ stack: string }>().stack), console.log);
    if (staying > 0) {
      throw new UserError(`${staying} of ${events} events failed again and stay in the queue: the reason is above, and in the log`);
    }
    console.log(events === 0 ? "the failure queue is empty" : `${events} of ${events} events are processed, the failure queue is empty`);
  });
}
