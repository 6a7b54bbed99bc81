import { setTimeout as delay } from "node:timers/promises";
import { UserError } from "./command";

/** The index of the published days, as far as it is needed here; the contract is `contract/schedule.schema.json`. */
export interface PublishedIndex {
  orders: { key: string; uploaded_at: string } | null;
  days: { date: string; path: string; lessons: number; participants: number }[];
}

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/**
 * Waits until the website shows the days of one export, and its first day can be read.
 *
 * @param url The website.
 * @param key The export's key.
 * @param isNewer Tells the index that is waited for from an earlier one of the same key.
 * @throws UserError When it does not show in time.
 */
export async function published(
  url: string,
  key: string,
  isNewer: (index: PublishedIndex) => boolean = () => true,
): Promise<PublishedIndex> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const index = await publishedIndex(url);
    if (index?.orders?.key === key && isNewer(index)) {
      const [first] = index.days;
      if (first === undefined || (await readJson(`${url}/${first.path}`)) !== undefined) {
        return index;
      }
    }
    await delay(POLL_MS);
  }
  throw new UserError(`${key} did not appear on the website within ${PATIENCE_MS / 1000} s`);
}

/** The index that the website shows now; undefined while there is none. */
export function publishedIndex(url: string): Promise<PublishedIndex | undefined> {
  return readJson(`${url}/data/schedule.json`);
}

/** How much an index shows: `"495 lessons, 1041 participants on 35 days"`. */
export function publishedText({ days }: PublishedIndex): string {
  const sum = (count: "lessons" | "participants") => days.reduce((total, day) => total + day[count], 0);
  return `${sum("lessons")} lessons, ${sum("participants")} participants on ${days.length} days`;
}

async function readJson<T>(url: string): Promise<T | undefined> {
  const answer = await fetch(url);
  return answer.ok ? ((await answer.json()) as T) : undefined;
}
