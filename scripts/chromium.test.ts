import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { flags } from "./chromium";

/** The features that flags turn off, as Chromium reads them: the last such flag counts. */
function turnedOff(args: readonly string[]): string[] {
  const last = args.filter((arg) => arg.startsWith("--disable-features=")).at(-1);
  return last?.split("=")[1]?.split(",") ?? [];
}

describe("the flags of chromium", () => {
  it("turn off all that Playwright's own do", async () => {
    // No browser: a start that fails tells of the flags that it had.
    const failed = chromium.launch({ executablePath: process.execPath, args: ["--no-such-flag"] });
    const told = await failed.then(
      () => "",
      (error: Error) => error.message,
    );
    const playwright = turnedOff(/<launching> (.+)/.exec(told)?.[1]?.split(" ") ?? []);
    assert.ok(playwright.length > 5, told);
    assert.deepEqual(
      playwright.filter((feature) => !turnedOff(flags()).includes(feature)),
      [],
    );
  });
});
