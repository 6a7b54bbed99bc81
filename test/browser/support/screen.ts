/** A display as a test sees it: a screen, in portrait unless the test says otherwise, with a clock that the test sets. */

import assert from "node:assert/strict";
import type { BrowserContext, ConsoleMessage, Page } from "playwright-core";
import { instantOf, MINUTE } from "../../../common/clock";
import { OTHER_STAY } from "../../../website/src/rotation";
import { TODAY, ZONE } from "../../../website/src/testing/documents";
import { keepPictureOf } from "./pictures";
import { browser, siteUrl, wasServerDown } from "./world";

export interface ScreenOptions {
  /** Local time of the school at which the page is opened. @default "08:50" */
  time?: string;
  /** @default the tests' day */
  date?: string;
  /** An instant instead of date and time, for hours that occur twice. */
  instant?: string;
  /** Query of the address. @default "?lang=cs" */
  query?: string;
  /** The window, in CSS pixels. @default portrait, 1080 × 1920 */
  size?: { width: number; height: number };
  /** Wait until there is something other than the loading page. @default true */
  waitForPage?: boolean;
  /** Let no time go by but what the test lets pass. @default false */
  paused?: boolean;
  /** Let requests take as much of the page's time as they like, for tests in which hours go by while the server takes its real time. @default false */
  patient?: boolean;
  /** The device asks for less motion: pages change without fading. @default false */
  isCalm?: boolean;
  /** How far the device's clock is ahead of the server's, in milliseconds; the other tests' servers go with the page's clock. @default 0 */
  clockAhead?: number;
}

const open: { context: BrowserContext; complaints: string[] }[] = [];

/** Opens the display; the machine stands in another time zone than the school. */
export async function openScreen(options: ScreenOptions = {}): Promise<Screen> {
  const { time = "08:50", date = TODAY, query = "?lang=cs", size = { width: 1080, height: 1920 } } = options;
  const context = await browser().newContext({
    viewport: size,
    timezoneId: "America/New_York",
    reducedMotion: options.isCalm ? "reduce" : "no-preference",
  });
  const complaints: string[] = [];
  open.push({ context, complaints });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (isComplaint(message)) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== siteUrl()) complaints.push(`asked ${request.url()}`);
  });
  const moment = options.instant ? Date.parse(options.instant) : instantOf(date, time, ZONE);
  // A clock that is to stand still runs until it is told to, and cannot be turned back.
  await page.clock.install({ time: options.paused ? moment - MINUTE : moment });
  if (options.paused) await page.clock.pauseAt(moment + 1);
  await page.addInitScript(haveServerSay, options.clockAhead ?? 0);
  if (options.patient) await page.addInitScript(askWithoutTimeouts);
  const screen = new Screen(page);
  await page.goto(`${siteUrl()}/${query}`);
  if (options.waitForPage ?? true) await page.waitForSelector(".page:not(.page-loading), .phone-start");
  return screen;
}

/** Has the server's answers say the time of the page's clock, which the test sets, less what it is ahead. */
function haveServerSay(clockAhead: number): void {
  const ask = window.fetch.bind(window);
  window.fetch = async (path, init) => {
    const answer = await ask(path, init);
    const headers = new Headers(answer.headers);
    headers.set("Date", new Date(Date.now() - clockAhead).toUTCString());
    Object.defineProperty(answer, "headers", { value: headers });
    return answer;
  };
}

function askWithoutTimeouts(): void {
  const ask = window.fetch.bind(window);
  window.fetch = (path, init) => ask(path, { ...init, signal: null });
}

/** Missing documents and a silent server are what tests are about; everything else that the browser reports is a fault. */
function isComplaint(message: ConsoleMessage): boolean {
  if (message.type() !== "error" && message.type() !== "warning") return false;
  const text = message.text();
  if (wasServerDown() && /ERR_CONNECTION_REFUSED|when fetching the script/.test(text)) return false;
  return !(text.startsWith("Failed to load resource") && message.location().url.includes("/data/"));
}

/** Closes all screens; fails if one of them had something to complain of. */
export async function closeScreens(): Promise<void> {
  const complaints = open.flatMap((screen) => screen.complaints);
  for (const { context } of open.splice(0)) await context.close();
  assert.deepEqual(complaints, []);
}

export class Screen {
  private underWay = 0;

  constructor(readonly page: Page) {
    page.on("request", () => {
      this.underWay += 1;
    });
    for (const end of ["requestfinished", "requestfailed"] as const) {
      page.on(end as "requestfinished", () => {
        this.underWay -= 1;
      });
    }
  }

  /** Lets much time go by, in steps in each of which the server answers; for a patient screen. */
  async liveThrough(milliseconds: number, step = MINUTE): Promise<void> {
    for (let left = milliseconds; left > 0; left -= step) {
      await this.pass(Math.min(step, left));
      await this.hearBack();
    }
  }

  /** Waits until all that the page has asked for has come and is dealt with. */
  async hearBack(): Promise<void> {
    await eventually(async () => {
      assert.equal(this.underWay, 0);
      // A round trip to the page, in which it deals with what has come, and may ask for more.
      await this.page.evaluate(() => undefined);
      assert.equal(this.underWay, 0);
    });
  }

  /** Lets time go by on the page: its timers run as if they had waited. */
  async pass(milliseconds: number): Promise<void> {
    await this.page.clock.runFor(milliseconds);
  }

  /** Lets time go by, in steps in which no page can come and go, until the last element that matches says `text`; fails after `atMost` milliseconds. */
  async passUntil(text: string, selector: string, atMost: number): Promise<void> {
    for (let passed = 0; passed <= atMost; passed += OTHER_STAY / 2) {
      if ((await this.texts(selector)).at(-1) === text) return;
      await this.pass(OTHER_STAY / 2);
    }
    assert.equal((await this.texts(selector)).at(-1), text, `${selector} within ${atMost} ms`);
  }

  /** Gives the window another size, and waits until the picture fills it. */
  async resize(size: { width: number; height: number }): Promise<void> {
    await this.page.setViewportSize(size);
    await eventually(async () => {
      const { width, height } = (await this.page.locator("#stage").boundingBox()) ?? { width: 0, height: 0 };
      assert.ok(Math.abs(width - size.width) < 4 && Math.abs(height - size.height) < 4, `${width} × ${height}`);
    });
  }

  /** The time whose page is shown, for example `9:00`; empty on pages about the day. */
  async shownStart(): Promise<string> {
    return (await this.shownTimes()).split("–")[0] ?? "";
  }

  /** The shown page's heading, for example `9:00` or, where all lessons end together, `9:00–10:50`. */
  async shownTimes(): Promise<string> {
    return (await this.page.locator(".page-start:last-child .time").allTextContents()).join();
  }

  /** The visible texts of all elements that match. */
  async texts(selector: string): Promise<string[]> {
    return (await this.page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** Waits until the element is there, and has `text` in it. */
  async see(selector: string, text: string | RegExp = ""): Promise<void> {
    await this.page.locator(selector, { hasText: text }).first().waitFor({ timeout: 10_000 });
  }

  /** Waits until no element matches. */
  async seeNot(selector: string): Promise<void> {
    await eventually(async () => assert.equal(await this.page.locator(selector).count(), 0, selector));
  }

  /** Waits until the transition to the shown page is over. */
  async rest(): Promise<void> {
    await eventually(async () => assert.ok((await this.page.locator("main > .page").count()) <= 1));
    await this.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  }

  /** Keeps a picture of the screen in the folder that the variable SCREENSHOTS names, if it does. */
  async keepPicture(name: string): Promise<void> {
    await this.rest();
    await keepPictureOf(this.page, name);
  }
}

/** Tries until it no longer fails, for ten seconds at most. */
export async function eventually(attempt: () => Promise<void>, within = 10_000): Promise<void> {
  const end = Date.now() + within;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }
}
