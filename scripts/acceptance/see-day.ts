import { UserError } from "../../stack/command";
import { published } from "../../stack/published";
import { BrowserMissing, startChromium } from "../chromium";

/** A day as it is published, as far as it is looked at here; the contract is `contract/schedule.schema.json`. */
interface Day {
  lessons: { start: string; participants: { name: string | null }[] }[];
}

/** A display in a kiosk: an upright screen. */
const SCREEN = { width: 1080, height: 1920 };
const PATIENCE_MS = 60_000;

/**
 * Sees the day of one export on the website: its documents, and its first start on the display in Chromium, where there is one.
 *
 * @param key The export's key.
 * @param date The day, `YYYY-MM-DD`.
 * @returns What was seen, for people.
 * @throws UserError When a document is not there, or the display does not show who comes first.
 */
export async function seeDay(url: string, key: string, date: string): Promise<string> {
  const { days } = await published(url, key);
  const entry = days.find((day) => day.date === date);
  if (entry === undefined) {
    throw new UserError(`the website has no document of ${date}: it has ${days.map((day) => day.date).join(", ") || "none"}`);
  }
  const { lessons } = (await (await got(`${url}/${entry.path}`)).json()) as Day;
  const counted = `${entry.lessons} lessons of ${date}`;
  try {
    const start = lessons[0]?.start ?? "";
    const names = lessons.filter((lesson) => lesson.start === start).flatMap(({ participants }) => participants.map(({ name }) => name));
    await seeNames(
      `${url}/?lang=en&date=${date}&time=${start}`,
      names.filter((name) => name !== null),
    );
    return `${counted} are published, and Chromium shows who starts at ${start}`;
  } catch (error) {
    if (!(error instanceof BrowserMissing)) {
      throw error;
    }
    await requirePage(url);
    return `${counted} are published, and the page comes; nobody looked at it: ${error.message}`;
  }
}

/** Opens the display and waits until it shows each of these names, on whichever of its pages. */
async function seeNames(address: string, names: string[]): Promise<void> {
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: SCREEN });
    await page.goto(address);
    for (const name of new Set(names)) {
      const shown = page.locator("main .name", { hasText: name }).first();
      await shown.waitFor({ timeout: PATIENCE_MS }).catch(() => {
        throw new UserError(`${address} does not show ${name} within ${PATIENCE_MS / 1000} s`);
      });
    }
  } finally {
    await browser.close();
  }
}

async function requirePage(url: string): Promise<void> {
  const page = await (await got(`${url}/`)).text();
  if (!/<script[^>]+src=/.test(page)) {
    throw new UserError(`${url}/ is not the display's page: it begins with ${page.slice(0, 80)}`);
  }
}

async function got(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new UserError(`${address} answers with status ${answer.status}`);
  }
  return answer;
}
