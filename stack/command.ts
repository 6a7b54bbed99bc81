/** A failure whose message is all that its reader needs. */
export class UserError extends Error {}

/**
 * Runs a command's work and turns whatever it throws into one clear message and exit code 1; resolves when that is done.
 *
 * @example
 * run(async () => { await verify(options); });
 */
export function run(work: () => Promise<void>): Promise<void> {
  return work().catch((error: unknown) => {
    console.error(sentence(error));
    process.exitCode = 1;
  });
}

/** What to tell a person of an error: its message, without a stack trace. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  // What a child process printed says more than the command line that failed.
  const printed = "stderr" in error && typeof error.stderr === "string" ? error.stderr.trim() : "";
  return printed !== "" ? `${"shortMessage" in error ? error.shortMessage : error.message}\n${printed}` : error.message;
}
