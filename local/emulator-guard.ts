/**
 * Ends the embedded AWS when the process that started it is gone, whatever ended it: Ctrl-C, a failure, even SIGKILL.
 *
 * `emulator-guard.ts PID FOLDER` waits until its standard input closes, which the kernel does for a process that ends; then it ends
 * the process group PID and deletes FOLDER.
 */
import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const PATIENCE_MS = 5_000;
const POLL_MS = 25;

const group = Number(process.argv[2]);
const folder = process.argv[3] ?? "";

process.stdin.resume();
process.stdin.once("close", () => void finish());

async function finish(): Promise<void> {
  if (group > 0) {
    await endGroup();
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
}

async function endGroup(): Promise<void> {
  signal("SIGTERM");
  const deadline = Date.now() + PATIENCE_MS;
  while (signal(0) && Date.now() < deadline) {
    await delay(POLL_MS);
  }
  signal("SIGKILL");
}

/** Sends a signal to the group; false when nothing of it is left. */
function signal(name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false;
  }
}
