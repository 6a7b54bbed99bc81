import { setTimeout as delay } from "node:timers/promises";
import { itemsOf } from "../../stack/items";
import type { Stack } from "../../stack/stack";

/** Whose an upload was, and what became of it. */
export interface Told {
  uploaded_by: string;
  outcome: string;
}

const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/**
 * What the office's page is told of an upload, once it is.
 *
 * @throws When nothing is told of it in time.
 */
export async function toldOf(stack: Stack, key: string): Promise<Told> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const uploads = await itemsOf(stack).query<Told & { key: string }>("UPLOADS", "");
    const found = uploads.find((upload) => upload.key === key);
    if (found !== undefined) {
      return { uploaded_by: found.uploaded_by, outcome: found.outcome };
    }
    await delay(POLL_MS);
  }
  throw new Error(`nothing is told of ${key}`);
}
