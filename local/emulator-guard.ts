/**
 * Ends the embedded AWS when the process that started it is gone, whatever ended it: Ctrl-C, a failure, even SIGKILL.
 *
 * `emulator-guard.ts PID PATH...` waits until its standard input closes, which the kernel does for a process that ends; then it ends the
 * process group PID and deletes each PATH.
 */
import { clearAway } from "./clear-away";

const [leader, ...paths] = process.argv.slice(2);

process.stdin.resume();
process.stdin.once("close", () => void clearAway(Number(leader), paths));
