import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page as CurrentPage } from "playwright-core";
import type { Browser, Page } from "puppeteer-core";
import { localParts } from "../../common/clock";
import { day, TODAY, ZONE } from "../../website/src/testing/documents";
import { fullStart, lesson, usualDay } from "./support/days";
import { outOfPlace } from "./support/inspect";
import { noOldBrowsers, OLD_VERSIONS, oldBrowser, startOldBrowser } from "./support/old-browsers";
import { eventually } from "./support/screen";
import { publish, siteUrl, takeServerDown } from "./support/world";

/** What the trial of a day at nine looks like on its way through all pages. */
const NINE = `?lang=cs&date=${TODAY}&time=09:10&debug`;

const texts = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.map((element) => String(element.textContent).replace(/\s+/g, " ").trim()));

for (const version of OLD_VERSIONS) {
  describe(`in Chromium ${version}`, () => {
    let browser: Browser;
    let page: Page;
    let complaints: string[];

    before(async function () {
      const reason = noOldBrowsers();
      if (reason) {
        console.log(`      Not tried: ${reason}.`);
        // Such builds are there for one kind of machine alone.
        this.skip();
      }
      this.timeout(300_000);
      await oldBrowser(version);
    });

    // One for each test, as a screen has it: one that is used for several hangs now and then, when what a test kept is disposed of.
    beforeEach(async () => {
      browser = await startOldBrowser(version);
      page = await browser.newPage();
      await page.setViewport({ width: 1080, height: 1920 });
      complaints = [];
      page.on("pageerror", (error: Error) => complaints.push(error.message));
    });

    afterEach(async () => {
      await browser.close();
    });

    /** Opens the display on a day whose only lesson lasts all day, and waits until page and schedule are kept. */
    async function openToKeep(page: Page): Promise<void> {
      const { date } = localParts(Date.now(), ZONE);
      await publish([day([lesson(1, { start: "00:00", end: "23:59" }, date)], { date })]);
      await page.goto(`${siteUrl()}/?lang=en`);
      await page.waitForSelector(".lesson");
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.waitForFunction("navigator.serviceWorker.controller !== null");
    }

    async function open(query: string): Promise<void> {
      await page.goto(`${siteUrl()}/${query}`);
      await page.waitForSelector("main > .page:not(.page-loading)");
    }

    /** The page at rest: the one before has faded away. */
    async function rest(): Promise<void> {
      await eventually(async () => assert.equal((await page.$$("main > *")).length, 1));
    }

    async function inspect(name?: string): Promise<void> {
      await rest();
      assert.deepEqual(await outOfPlace({ page: page as unknown as CurrentPage }), []);
      const folder = process.env.SCREENSHOTS;
      if (!folder || !name) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-chromium-${version}.png`) });
    }

    it(`is version ${version}`, async () => {
      assert.match(await browser.version(), new RegExp(`Chrome/${version}\\.`));
    });

    it("shows every lesson and every name of a full start, each inside its box", async () => {
      const lessons = fullStart();
      await publish([day(lessons)]);
      await open(NINE);
      const names: string[] = [];
      const pages = Number((await texts(page, ".number"))[0]?.split("/")[1]);
      for (let number = 1; number <= pages; number++) {
        await inspect(`full-${number}`);
        names.push(...(await texts(page, ".participants li .name")));
        await page.keyboard.press("ArrowRight");
      }
      const everybody = lessons.flatMap(({ participants }) => participants.map(({ name, sponsor }) => name ?? sponsor));
      assert.deepEqual(names.sort(), everybody.sort());
      assert.deepEqual(await texts(page, ".clock"), ["9:10"]);
      assert.deepEqual(complaints, []);
    });

    for (const [shape, width, height, query] of [
      ["wide", 1920, 1080, ""],
      ["turned", 1920, 1080, "&rotate=90"],
    ] as const) {
      it(`shows every name of a full start on a ${shape} screen, and the code for telephones`, async () => {
        await page.setViewport({ width, height });
        const lessons = fullStart();
        await publish([day(lessons)]);
        await open(`${NINE}${query}`);
        await page.waitForSelector("#code svg path");
        const names: string[] = [];
        const pages = Number((await texts(page, ".number"))[0]?.split("/")[1]);
        for (let number = 1; number <= pages; number++) {
          await inspect(`${shape}-${number}`);
          names.push(...(await texts(page, ".participants li .name")));
          await page.keyboard.press("ArrowRight");
        }
        assert.equal(names.length, 28);
        assert.equal((await page.$$(".wide .lessons")).length > 1, shape === "wide", "columns");
        assert.deepEqual(complaints, []);
      });
    }

    it("shows a telephone the list, and finds a name in it", async () => {
      await page.setViewport({ width: 390, height: 844 });
      await publish([usualDay()]);
      await page.goto(`${siteUrl()}/${NINE}`);
      await page.waitForSelector(".phone-start .lesson");
      assert.deepEqual(await outOfPlace({ page: page as unknown as CurrentPage }, ".phone"), []);
      await page.type("input", "stepan");
      await page.waitForSelector(".meant");
      assert.deepEqual([...new Set(await texts(page, ".meant .name"))], ["Štěpán"]);
      assert.deepEqual(complaints, []);
    });

    it("shows long words broken, signs in their colour, and what a day without lessons says", async () => {
      const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);
      await publish([day([lesson(1, { location: long, participants: [{ name: long, sponsor: "No.Pe.", language: "cs" }] })])]);
      await open(NINE);
      await inspect("long-names");
      const mask = await page.$eval(".type .icon", (icon) => getComputedStyle(icon).webkitMaskImage);
      assert.match(mask, /one.*\.svg/);
      await publish([{ ...usualDay(), lessons: [] }]);
      await open(NINE);
      await page.waitForSelector(".page-no-lessons");
      await inspect("no-lessons");
      assert.deepEqual(complaints, []);
    });

    it("needs no server for a reload", async () => {
      await openToKeep(page);
      await takeServerDown();
      await page.reload();
      await page.waitForSelector(".lesson .name");
      assert.deepEqual(complaints, []);
    });

    it("comes back after a power cut with the router off", async () => {
      const profile = mkdtempSync(join(tmpdir(), "goldsport-profile-"));
      let alone = await startOldBrowser(version, profile);
      try {
        await openToKeep(await alone.newPage());
        const gone = new Promise((resolve) => alone.process()?.once("exit", resolve));
        alone.process()?.kill("SIGKILL");
        await gone;
        await takeServerDown();
        alone = await startOldBrowser(version, profile);
        const after = await alone.newPage();
        await after.goto(`${siteUrl()}/?lang=en`);
        await after.waitForSelector(".lesson .name");
      } finally {
        await alone.close();
        rmSync(profile, { recursive: true, force: true });
      }
    });
  });
}
