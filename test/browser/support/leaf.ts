import assert from "node:assert/strict";
import { MAIN_STAY } from "../../../website/src/rotation";
import { inspect } from "./inspect";
import type { Screen } from "./screen";

/**
 * Looks at every page of the start that is shown, and returns all texts that match, page by page.
 *
 * @param look What is done with each page.
 */
export async function leafThrough(screen: Screen, selector: string, look = inspect): Promise<string[][]> {
  const seen: string[][] = [];
  const start = await screen.shownStart();
  const pages = Number((await screen.texts(".number"))[0]?.split("/")[1] ?? 1);
  for (let page = 1; page <= pages; page++) {
    await look(screen);
    assert.equal(await screen.shownStart(), start);
    seen.push(await screen.texts(selector));
    if (page === pages) break;
    await screen.passUntil(`${page + 1}/${pages}`, ".number", MAIN_STAY);
  }
  return seen;
}
