import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** How long a group may take to end when it is asked to, before it is made to. */
const PATIENCE_MS = 2_000;
const POLL_MS = 25;

/**
 * Ends a process group, then deletes what belonged to it; returns when nothing of either is left.
 *
 * @param leader The process that leads the group; 0 for none.
 * @param paths Files and folders, of which some may be gone.
 */
export async function clearAway(leader: number, paths: string[]): Promise<void> {
  if (leader > 0) {
    await endGroup(leader);
  }
  for (const path of paths) {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function endGroup(leader: number): Promise<void> {
  signal(leader, "SIGTERM");
  const deadline = Date.now() + PATIENCE_MS;
  while (signal(leader, 0) && Date.now() < deadline) {
    await delay(POLL_MS);
  }
  signal(leader, "SIGKILL");
}

/** Sends a signal to the group; false when nothing of it is left. */
function signal(leader: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, name);
    return true;
  } catch {
    return false;
  }
}
