import assert from "node:assert/strict";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { HOUR, MINUTE } from "../../common/clock";
import { day } from "../../website/src/testing/documents";
import { startChromiumWithoutStorage } from "./support/chromium";
import { lesson, usualDay } from "./support/days";
import { inspect } from "./support/inspect";
import { eventually, openScreen, type Screen } from "./support/screen";
import { publish, siteUrl, stack, takeServerDown } from "./support/world";

async function installWorker(screen: Screen): Promise<void> {
  await screen.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await screen.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

describe("a device whose clock is wrong", () => {
  for (const [what, clockAhead, note] of [
    ["three hours fast", 3 * HOUR, "Hodiny tohoto přístroje jdou o 3 h napřed. Zde je čas školy."],
    ["a day and 20 minutes slow", -(24 * HOUR + 20 * MINUTE), "Hodiny tohoto přístroje jsou o 24 h 20 min pozadu. Zde je čas školy."],
  ] as const) {
    it(`shows the school's time, its lessons, and by how much it is ${what}`, async () => {
      await publish([usualDay()]);
      const wrong = new Date(Date.parse("2026-12-27T07:50:00Z") + clockAhead);
      const screen = await openScreen({ instant: wrong.toISOString(), clockAhead });
      await screen.see(".note", note);
      assert.deepEqual(await screen.texts(".clock"), ["8:50"]);
      assert.deepEqual(await screen.texts(".day"), ["Neděle 27. prosince"]);
      assert.equal(await screen.shownStart(), "8:40");
      await inspect(screen);
      await screen.keepPicture("wrong-clock");
    });
  }

  it("shows the school's time without a word when it is off by less than two minutes", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ instant: "2026-12-27T07:51:30Z", clockAhead: 90_000 });
    await eventually(async () => assert.deepEqual(await screen.texts(".clock"), ["8:50"]));
    assert.deepEqual(await screen.texts(".note"), []);
  });

  it("is known to be wrong after a reload without a server", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ instant: "2026-12-27T10:50:00Z", clockAhead: 3 * HOUR });
    await screen.see(".note");
    await installWorker(screen);
    await takeServerDown();
    await screen.page.reload();
    await screen.see(".note", "3 h");
    assert.match((await screen.texts(".clock")).join(), /^8:5\d$/);
    assert.match(await screen.shownStart(), /^(8:40|9:00)$/);
  });
});

describe("a device's storage", () => {
  it("may be forbidden: the lessons are there all the same", async () => {
    await publish([usualDay()]);
    const context = await startChromiumWithoutStorage();
    try {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(`${siteUrl()}/?lang=cs`);
      await page.waitForSelector(".page:not(.page-loading)");
      const refused = await page.evaluate(() => {
        try {
          return window.localStorage.length < 0;
        } catch {
          return true;
        }
      });
      assert.equal(refused, true, "storage is really forbidden");
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });

  it("may be full: changes go on to be shown", async () => {
    await publish([day([lesson(1)])]);
    const screen = await openScreen({ time: "09:10" });
    const session = await screen.page.context().newCDPSession(screen.page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: siteUrl(), quotaSize: 1 });
    const isFull = await screen.page.evaluate(async () => {
      const cache = await caches.open("full");
      return cache.put("/full", new Response("x".repeat(100_000))).then(
        () => false,
        (error: Error) => error.name === "QuotaExceededError",
      );
    });
    assert.equal(isFull, true, "storage is really full");
    await publish([day([lesson(1, { location: "Stadion" })], { revision: 2 })]);
    await screen.pass(16_000);
    await screen.see(".place", "Stadion");
  });

  it("may hang: the lessons come from the server", async () => {
    await publish([day([lesson(1)])]);
    const screen = await openScreen({ time: "09:10", waitForPage: false });
    await screen.page.addInitScript(() => {
      Object.defineProperty(window, "caches", { value: { open: () => new Promise(() => undefined) } });
    });
    await screen.page.reload();
    // It is patient with each thing that it asks of its storage, for 14 seconds in all.
    for (let second = 0; second < 14 && (await screen.texts(".lesson")).length === 0; second++) await screen.liveThrough(1000);
    assert.equal((await screen.texts(".lesson")).length, 1);
  });
});

describe("a service worker that an update breaks", () => {
  const worker = () => ({ Bucket: stack().outputs.websiteBucketName, Key: "sw.js" });
  let text: string;

  beforeEach(async () => {
    text = (await (await stack().clients.s3.send(new GetObjectCommand(worker()))).Body?.transformToString()) ?? "";
    assert.match(text, /assets\/index-/);
  });

  afterEach(async () => {
    await put(text);
  });

  async function put(body: string): Promise<void> {
    await stack().clients.s3.send(new PutObjectCommand({ ...worker(), Body: body, ContentType: "text/javascript" }));
  }

  for (const [what, breakIt] of [
    ["that is no script", () => "a future { language }"],
    ["one of whose files is missing", (good: string) => good.replace(/assets\/index-[^"]+\.js/, "assets/missing.js")],
  ] as const) {
    it(`leaves the one before in its place: ${what}`, async () => {
      await publish([usualDay()]);
      const screen = await openScreen();
      await installWorker(screen);
      await put(breakIt(text));
      const ended = await screen.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration?.update().catch(() => undefined);
        const next = registration?.installing;
        if (!next) return "refused";
        return new Promise<string>((resolve) => {
          next.addEventListener("statechange", () => resolve(next.state));
        });
      });
      assert.match(ended, /^(refused|redundant)$/);
      await takeServerDown();
      await screen.page.reload();
      await screen.see(".lesson");
    });
  }
});
