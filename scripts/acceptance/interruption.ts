import { UserError } from "../../stack/command";
import { whenSupervisorIsLost } from "../../stack/supervisor.mjs";

/** Within these milliseconds, two signals are one: a terminal's Ctrl-C comes from the terminal, and from npm once more. */
export const SAME_MS = 1_000;

/** What asks a trial to end: Ctrl-C and its like, and that npm is gone. */
export interface Interruption {
  /** Aborted by the first: what has begun is taken down then. */
  trial: AbortSignal;
  /** Aborted by the second, which wants even that to end. */
  cleaning: AbortSignal;
}

/** Listens from now on. A third signal ends the process at once, as without this. */
export function interruption(): Interruption {
  const [trial, cleaning] = [new AbortController(), new AbortController()];
  let last = 0;
  const interrupt = () => {
    if (Date.now() - last < SAME_MS) {
      return;
    }
    last = Date.now();
    if (!trial.signal.aborted) {
      trial.abort(new UserError("it was interrupted"));
    } else if (!cleaning.signal.aborted) {
      cleaning.abort(new UserError("the cleaning was interrupted"));
    } else {
      // Whoever asks a third time wants nothing finished.
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, interrupt);
  }
  whenSupervisorIsLost(interrupt);
  // Whoever closes a terminal takes away where it writes; it goes on cleaning.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  return { trial: trial.signal, cleaning: cleaning.signal };
}
