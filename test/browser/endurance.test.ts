import assert from "node:assert/strict";
import type { CDPSession } from "playwright-core";
import { HOUR, MINUTE } from "../../common/clock";
import { day } from "../../website/src/testing/documents";
import { lesson, usualDay } from "./support/days";
import { openScreen, type Screen } from "./support/screen";
import { publish } from "./support/world";

/** How much more the page may hold after a day than after its first hour. */
const MOST_GROWTH = 500_000;

/** Long steps keep the test short: pages turn as ever, the server is only asked less often. */
const STEP = 3 * MINUTE;

interface Memory {
  /** Bytes of live JavaScript objects. */
  heap: number;
  /** Nodes of the document, and those that something still holds. */
  nodes: number;
  listeners: number;
}

/** Has the page be drawn, or not: where nobody looks, the pixels of thousands of pages are a third of the work. All else goes on as ever. */
async function draw(session: CDPSession, isDrawn: boolean): Promise<void> {
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: isDrawn ? "normal" : "minimized" } });
}

async function memoryOf(screen: Screen, session: CDPSession): Promise<Memory> {
  // Pages that fade are held until they are drawn.
  await draw(session, true);
  await screen.rest();
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize: heap } = await session.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners: listeners } = await session.send("Memory.getDOMCounters");
  return { heap, nodes, listeners };
}

describe("24 hours", () => {
  it("leave no more in memory than the first hour, with a change every hour, and end in a reload at night", async function () {
    this.timeout(360_000);
    const tomorrow = day([lesson(1, {}, "2026-12-28")], { date: "2026-12-28" });
    const today = usualDay();
    await publish([today, tomorrow]);
    const screen = await openScreen({ time: "04:00", query: "?lang=cs", patient: true });
    const session = await screen.page.context().newCDPSession(screen.page);
    await draw(session, false);
    await screen.liveThrough(HOUR, STEP);
    const before = await memoryOf(screen, session);
    await draw(session, false);
    assert.equal(await screen.page.evaluate(() => document.visibilityState), "visible", "for the page nothing is another");

    for (let hour = 2; hour <= 23; hour++) {
      const lessons = today.lessons.map((one) => ({ ...one, location: `Stadion ${hour}` }));
      await publish([{ ...today, revision: hour, lessons }, tomorrow]);
      await screen.liveThrough(HOUR, STEP);
    }
    await screen.liveThrough(25 * MINUTE);
    const after = await memoryOf(screen, session);
    console.log(`      before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
    await screen.see(".day", "28");
    assert.ok(after.heap - before.heap < MOST_GROWTH, `${before.heap} bytes, then ${after.heap}`);
    assert.ok(after.nodes <= before.nodes + 500, `${before.nodes} nodes, then ${after.nodes}`);
    assert.ok(after.listeners <= before.listeners + 20, `${before.listeners} listeners, then ${after.listeners}`);

    await Promise.all([screen.page.waitForEvent("domcontentloaded"), screen.liveThrough(10 * MINUTE).catch(() => undefined)]);
    await screen.see(".page:not(.page-loading)");
    await screen.liveThrough(20 * MINUTE, STEP);
    assert.deepEqual(await screen.texts(".day"), ["Pondělí 28. prosince"]);
  });
});
