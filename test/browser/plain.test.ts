import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { DICTIONARIES, LANGUAGES } from "../../common/texts";
import { day } from "../../website/src/testing/documents";
import { lesson } from "./support/days";
import { eventually } from "./support/screen";
import { browser, publish, siteUrl } from "./support/world";

const MINUTE = 60_000;
const SENTENCES = LANGUAGES.map((language) => DICTIONARIES[language].cannotRun);

describe("the sentence for devices that cannot run the display", () => {
  let page: Page;
  /** What the page's script is instead of itself; undefined while it is as it was built. */
  let script: string | undefined;

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser().newContext({ viewport: { width: 1080, height: 1920 }, serviceWorkers: "block", ...options });
    page = await context.newPage();
    await page.route(/\/assets\/index-.*\.js$/, (route) =>
      script === undefined ? route.continue() : route.fulfill({ contentType: "text/javascript", body: script }),
    );
  }

  async function sees(isShown: boolean): Promise<void> {
    await eventually(async () => assert.equal(await page.locator("#plain").isVisible(), isShown));
    if (isShown) assert.deepEqual(await page.locator("#plain p").allInnerTexts(), SENTENCES);
  }

  beforeEach(async () => {
    script = undefined;
    await publish([day([lesson(1)])]);
  });

  afterEach(async () => {
    await page.context().close();
  });

  it("is read in four languages where there is no script", async () => {
    await open({ javaScriptEnabled: false });
    await page.goto(siteUrl());
    await sees(true);
  });

  it("is read where the script's language is too new for the browser", async () => {
    await open();
    script = "a future { language }";
    await page.goto(siteUrl());
    await sees(true);
  });

  it("is read where the display has drawn nothing for ten seconds, and gives way when it does", async () => {
    await open();
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resume) => {
      answer = resume;
    });
    await page.route(/\/assets\/index-.*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.clock.install();
    await page.goto(siteUrl(), { waitUntil: "commit" });
    await sees(false);
    await page.clock.runFor(10_000);
    await sees(true);
    answer();
    await page.waitForSelector("main > .page");
    await page.clock.runFor(2000);
    await sees(false);
  });

  it("is never read where the display runs", async () => {
    await open();
    await page.clock.install();
    await page.goto(siteUrl());
    await page.waitForSelector("main > .page");
    await page.clock.runFor(MINUTE);
    await sees(false);
  });

  it("goes by itself when a broken version is followed by one that runs", async () => {
    await open();
    script = "throw new Error('broken');";
    await page.clock.install();
    await page.goto(siteUrl());
    await sees(true);
    script = undefined;
    await Promise.all([page.waitForEvent("domcontentloaded"), page.clock.runFor(5 * MINUTE)]);
    await page.waitForSelector("main > .page");
    await sees(false);
  });

  it("comes from a file that a browser of 1999 can read", () => {
    const source = readFileSync(resolve(__dirname, "../../website/public/plain.js"), "utf8").replace(/^\s*\/\/.*$/gm, "");
    assert.deepEqual(source.match(/\b(let|const|class|async|await|import|export)\b|=>|`|\?\.|\?\?|\.\.\./g), null);
    assert.deepEqual(source.match(/querySelector|addEventListener|textContent|classList|fetch|Promise|forEach|JSON/g), null);
  });
});
