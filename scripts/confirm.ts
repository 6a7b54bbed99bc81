import { createInterface } from "node:readline/promises";
import { UserError } from "../stack/command";

/**
 * Asks a person to go on.
 *
 * @param question Without its question mark.
 * @throws UserError When there is nobody to ask: a program has to say `--yes`.
 */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError("nobody is there to confirm: say --yes to go on without being asked");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question}? (yes/no) `)).trim());
  } finally {
    terminal.close();
  }
}
