/** Axe, which looks for what keeps people from reading and using a page. */

import { readFileSync } from "node:fs";
import type { AxeResults, RunOptions, Spec } from "axe-core";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe found, and what it could not decide. */
export type Found = Pick<AxeResults, "violations" | "incomplete">;

/** Has axe look at the whole page. */
export async function lookOver(page: Page, options: RunOptions = {}, spec: Spec = {}): Promise<Found> {
  // Reading it takes as long as looking: a page that is looked at again has it already.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(SOURCE);
  return page.evaluate(
    async ([options, spec]) => {
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      axe.configure(spec);
      const { violations, incomplete } = await axe.run(document, options);
      return { violations, incomplete };
    },
    [{ ...options, resultTypes: ["violations", "incomplete"] }, spec] as [RunOptions, Spec],
  );
}
