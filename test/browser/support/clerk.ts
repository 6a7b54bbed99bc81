/** A clerk at the office's page, in a browser of their own, on a stack that has an office. */

import assert from "node:assert/strict";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { lookOver } from "./axe";
import { browser } from "./world";

/** A file as somebody drops it. */
export interface DroppedFile {
  name: string;
  text: string;
}

/** Opens the office's page for somebody who is not signed in yet; Czech, as the school. */
export async function arrive(url: string, size = { width: 1280, height: 800 }, where = browser()): Promise<Clerk> {
  const context = await where.newContext({ viewport: size, timezoneId: "America/New_York", locale: "cs-CZ" });
  const page = await context.newPage();
  const clerk = new Clerk(context, page);
  await page.goto(`${url}/office/`);
  return clerk;
}

/** What a clerk does and sees. */
export class Clerk {
  /** What the page complained of, beside answers of AWS that the page tells its clerk of. */
  readonly complaints: string[] = [];

  constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      // A browser tells of every answer that is no success; a file that is not there yet is one, a refused publish, a wrong code, and no network.
      const isAnswer = /Failed to load resource: (the server responded with a status of (400|403|404|412)|net::ERR_INTERNET_DISCONNECTED)/;
      if (["error", "warning"].includes(message.type()) && !isAnswer.test(message.text())) this.complaints.push(message.text());
    });
  }

  async signIn(address: string, password: string): Promise<void> {
    await this.page.getByRole("button", { name: "Přihlásit se" }).click();
    await this.fillIn(address, password);
  }

  /** Fills in the sign-in page; whoever is still known there sees none. */
  async fillIn(address: string, password: string): Promise<void> {
    await this.page.locator("input[name=username]").fill(address);
    await this.page.locator("input[name=password]").fill(password);
    await this.page.keyboard.press("Enter");
    await this.page.waitForSelector(".top");
  }

  /** Drops files somewhere on the page, as from the desktop. */
  async drop(...files: DroppedFile[]): Promise<void> {
    await this.page.evaluate((dropped) => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of dropped) dataTransfer.items.add(new File([text], name));
      for (const type of ["dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      }
    }, files);
  }

  /** Drops a file of one letter, over and over, for so many bytes. */
  async dropLarge(name: string, bytes: number): Promise<void> {
    await this.page.evaluate(
      ([called, size]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(size).fill(97)], called));
        document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
      },
      [name, bytes] as const,
    );
  }

  /** How many lessons are open, as the top of the page says; 0 when all are assigned. */
  async open(): Promise<number> {
    return Number.parseInt((await this.page.locator(".open-count").textContent()) ?? "", 10) || 0;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      // Where the focus goes is settled before the next frame.
      await this.frames();
    }
  }

  /** Drags by mouse, as quickly as a person. */
  async drag(what: Locator, where: Locator): Promise<void> {
    const [from, to] = [await middle(what), await middle(where)];
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 12, from.y + 6, { steps: 4 });
    await this.page.locator(".ghost:not(.hidden)").waitFor();
    await mouse.move(to.x - 4, to.y, { steps: 10 });
    await this.frames();
    await mouse.move(to.x, to.y, { steps: 4 });
    await this.frames();
    await mouse.up();
    await this.page.locator(".ghost.hidden").waitFor({ state: "attached" });
    await this.frames();
  }

  /** Drags by touch: held first, then moved. */
  async dragByTouch(what: Locator, where: Locator): Promise<void> {
    const [from, to] = [await middle(what), await middle(where)];
    const client = await this.context.newCDPSession(this.page);
    const touch = async (type: "touchStart" | "touchMove" | "touchEnd", point?: { x: number; y: number }) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: point ? [point] : [] });
    await touch("touchStart", from);
    await this.page.locator(".ghost:not(.hidden)").waitFor();
    for (const part of [0.3, 0.6, 0.9, 1, 1]) {
      await touch("touchMove", { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
      await this.frames();
    }
    await touch("touchEnd");
    await this.page.locator(".ghost.hidden").waitFor({ state: "attached" });
    await this.frames();
  }

  async beOffline(isOffline: boolean): Promise<void> {
    await this.context.setOffline(isOffline);
  }

  /** Ends the session as time does: what was signed in with counts no more, here and at AWS; until `goOn` is called. */
  async loseSession(): Promise<{ goOn: () => Promise<void> }> {
    await this.page.evaluate(() => sessionStorage.clear());
    await this.context.clearCookies();
    const expired = { status: 400, headers: { "access-control-allow-origin": "*" }, body: '{"__type":"ExpiredTokenException"}' };
    const isSigned = ({ pathname }: URL) => !pathname.startsWith("/office/");
    await this.page.route(isSigned, (route) => (route.request().headers().authorization ? route.fulfill(expired) : route.continue()));
    return { goOn: () => this.page.unroute(isSigned) };
  }

  /** Lets the page draw what has happened. */
  private async frames(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  async publish(): Promise<void> {
    await this.page.locator(".publish .button-main").click();
  }

  /** Fails unless axe finds nothing, and nothing sticks out of the window to the side. */
  async inspect(): Promise<void> {
    const { violations } = await lookOver(this.page);
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
      [],
    );
    assert.equal(await this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "scrolls to the side");
  }

  async leave(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.complaints, []);
  }
}

async function middle(element: Locator): Promise<{ x: number; y: number }> {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (!box) throw new Error("what is to be dragged, or where to, is not to be seen");
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}
