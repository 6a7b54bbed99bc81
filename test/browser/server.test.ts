import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../common/clock";
import { day, indexOf, TODAY } from "../../website/src/testing/documents";
import { lesson, usualDay } from "./support/days";
import { inspect } from "./support/inspect";
import { eventually, openScreen, type Screen } from "./support/screen";
import { bringServerBack, publish, putDocument, siteUrl, takeServerDown, unpublishAll } from "./support/world";

const DAY_PATH = `data/days/${TODAY}.json`;

/** Waits until the service worker is there to serve the page. */
async function installWorker(screen: Screen): Promise<void> {
  await screen.page.evaluate(() => navigator.serviceWorker.ready);
  await screen.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

describe("the server", () => {
  it("is asked every 15 seconds for the index with its entity tag, and for a day only when it has changed", async () => {
    await publish([day([lesson(1)])]);
    const asked: string[] = [];
    const screen = await openScreen({ paused: true });
    await screen.page.waitForLoadState("networkidle");
    screen.page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith("/data/")) asked.push(`${pathname} ${response.status()}`);
    });
    await screen.pass(15_000);
    await eventually(async () => assert.deepEqual(asked, ["/data/schedule.json 304"]));
    await publish([day([lesson(1), lesson(2)], { revision: 2 })]);
    await screen.page.waitForLoadState("networkidle");
    await screen.pass(15_000);
    await eventually(async () => assert.deepEqual(asked.slice(1), ["/data/schedule.json 200", `/${DAY_PATH} 200`]));
  });

  it("is missed by a mark after 2 minutes and by a band after 30, and both go when it is back", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ time: "08:50", patient: true });
    await installWorker(screen);
    await takeServerDown();
    await screen.pass(MINUTE);
    assert.equal(await screen.page.locator(".unheard").count(), 0);
    await screen.pass(2 * MINUTE);
    await screen.see(".unheard", "bez spojení od 8:50");
    await inspect(screen);
    await screen.keepPicture("mark");
    await screen.pass(28 * MINUTE);
    await screen.see(".band", "Bez spojení od 8:50");
    assert.equal(await screen.page.locator(".unheard").count(), 0);
    await inspect(screen);
    await screen.keepPicture("band");
    assert.ok((await screen.texts(".lesson")).length > 0, "the last good lessons stay");

    await bringServerBack();
    await screen.liveThrough(MINUTE);
    await screen.seeNot(".band *");
  });

  it("is heard all day by a school that uploads once in the morning", async () => {
    await publish([day([lesson(1, { end: "18:00" })])], { generated_at: "2026-12-27T05:00:00Z" });
    const screen = await openScreen({ time: "07:00", patient: true });
    await screen.liveThrough(HOUR);
    assert.equal(await screen.page.locator(".unheard, .band *").count(), 0);
    assert.deepEqual(await screen.texts(".as-of"), ["stav k 6:00"]);
  });

  it("is not needed for a reload: page and last good data come from the browser, and say as of when they are", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ time: "08:50" });
    await installWorker(screen);
    await takeServerDown();
    await screen.page.reload();
    await screen.see(".time", "8:40");
    await screen.see(".as-of", "stav k 7:40");
    await screen.pass(3 * MINUTE);
    await screen.see(".unheard", "bez spojení od 8:5");
  });

  it("is still known to have been silent after a reload", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ time: "08:50" });
    await installWorker(screen);
    await takeServerDown();
    await screen.pass(40 * MINUTE);
    await screen.page.reload();
    await screen.see(".band", "Bez spojení od 8:50");
  });

  it("may be away at midnight: the next day is there already, and yesterday's lessons are gone", async () => {
    const tomorrow = day([lesson(9, { location: "Stadion" }, "2026-12-28")], { date: "2026-12-28" });
    await publish([usualDay(), tomorrow]);
    const screen = await openScreen({ time: "23:50" });
    await screen.page.waitForLoadState("networkidle");
    await takeServerDown();
    await screen.pass(11 * MINUTE);
    await screen.see(".place", "Stadion");
    await screen.see(".as-of", "stav k 27. 12. 7:40");
    const kept = await screen.page.evaluate(async () =>
      (await (await caches.open("documents")).keys()).map(({ url }) => new URL(url).pathname),
    );
    assert.deepEqual(kept.sort(), ["/data/days/2026-12-28.json", "/data/schedule.json"]);
  });

  it("keeps lessons older than a day from being shown, however long it is away", async () => {
    await publish([usualDay()]);
    const screen = await openScreen();
    await installWorker(screen);
    await takeServerDown();
    await screen.page.clock.setFixedTime("2026-12-29T08:00:00Z");
    await screen.page.reload();
    await screen.see("h1", "Dnes nejsou žádné lekce");
    assert.equal(await screen.page.locator(".lesson").count(), 0);
  });

  it("may send a broken index or a broken day: the last good one stays, and mends itself", async () => {
    await publish([day([lesson(1, { location: "Stadion" })])]);
    const screen = await openScreen({ time: "09:10", query: "?lang=cs&debug" });
    await putDocument("data/schedule.json", "<html>The booking system is down</html>");
    await screen.pass(16_000);
    await screen.see(".debug-state", "not JSON");
    assert.deepEqual(await screen.texts(".place"), ["Stadion"]);
    await putDocument("data/schedule.json", JSON.stringify(indexOf([day([lesson(1)], { revision: 2 })])));
    await putDocument(DAY_PATH, JSON.stringify({ ...day([lesson(1)], { revision: 2 }), lessons: "none" }));
    await screen.pass(16_000);
    await screen.see(".debug-state", "/lessons must be array");
    assert.deepEqual(await screen.texts(".place"), ["Stadion"]);
    await publish([day([lesson(1)], { revision: 2 })]);
    await screen.pass(16_000);
    await screen.see(".place", "Stone bar");
  });

  it("may lose its documents: the last good ones stay", async () => {
    await publish([day([lesson(1)])]);
    const screen = await openScreen({ time: "09:10" });
    await unpublishAll();
    await screen.pass(16_000);
    await screen.page.waitForLoadState("networkidle");
    assert.equal((await screen.texts(".lesson")).length, 1);
  });

  it("answers with the policy that lets the page ask no other host", async () => {
    const response = await fetch(siteUrl());
    assert.equal(response.headers.get("content-security-policy"), "default-src 'self'");
    const missing = await fetch(`${siteUrl()}/nothing-here`);
    assert.equal(missing.status, 404);
    assert.match(await missing.text(), /Tato stránka neexistuje/);
  });
});
