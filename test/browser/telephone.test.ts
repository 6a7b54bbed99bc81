import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { LANGUAGES } from "../../common/texts";
import { usualDay } from "./support/days";
import { inspectList } from "./support/inspect";
import { openScreen, type Screen } from "./support/screen";
import { publish, siteUrl } from "./support/world";

const SIZES = [
  { width: 360, height: 640 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
];

const DECODER = readFileSync(require.resolve("jsqr/dist/jsQR.js"), "utf8");

/** What a telephone's camera reads from a picture of the whole screen; undefined where there is no code. */
async function decode({ page }: Screen): Promise<string | undefined> {
  const picture = (await page.screenshot()).toString("base64");
  await page.evaluate(DECODER);
  return page.evaluate(async (base64) => {
    const { jsQR } = window as unknown as { jsQR: typeof import("jsqr").default };
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
    pen.drawImage(bitmap, 0, 0);
    const { data, width, height } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    return jsQR(data, width, height)?.data;
  }, picture);
}

const starts = (screen: Screen) => screen.texts(".phone-start h1");

describe("a telephone", () => {
  for (const size of SIZES) {
    for (const language of LANGUAGES) {
      it(`shows everybody of all starts in ${language} on ${size.width} × ${size.height}`, async () => {
        const today = usualDay();
        await publish([today]);
        const screen = await openScreen({ size, query: `?lang=${language}` });
        assert.equal(await screen.page.getAttribute("html", "lang"), language);
        assert.deepEqual(await starts(screen), ["8:40–9:30", "9:00–10:50", "11:00", "13:00–14:50", "14:30–16:20"]);
        const people = today.lessons.flatMap(({ participants }) => participants);
        assert.equal((await screen.texts(".participants li")).length, people.length);
        await inspectList(screen);
      });
    }
  }

  it("finds a name without accents, and marks it", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ size: SIZES[0], query: "?lang=en" });
    await screen.page.getByRole("searchbox", { name: "Search for a name" }).fill("stepan");
    const meant = await screen.texts(".meant .name");
    assert.ok(meant.length > 0);
    assert.deepEqual([...new Set(meant)], ["Štěpán"]);
    assert.equal((await screen.texts(".lesson")).length, meant.length);
    await inspectList(screen);
    await screen.keepPicture("telephone-search");
    await screen.page.getByRole("searchbox").fill("nobody at all");
    assert.deepEqual(await screen.texts(".phone-state"), ["Nobody of this name is on today’s list"]);
    assert.equal((await screen.texts(".lesson")).length, 0);
  });

  it("speaks its reader's language, and another one at a touch", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ size: SIZES[1], query: "" });
    assert.equal(await screen.page.getAttribute("html", "lang"), "en");
    await screen.page.getByRole("button", { name: "Polski" }).click();
    assert.equal(await screen.page.getAttribute("html", "lang"), "pl");
    await inspectList(screen);
    await screen.keepPicture("telephone");
  });

  it("scrolls through the list with the search in sight, and has targets of 44 pixels for large fingers", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ size: SIZES[0], query: "?lang=de" });
    const { page } = screen;
    await page.mouse.move(180, 500);
    await page.mouse.wheel(0, 5000);
    await page.waitForFunction(() => scrollY > 1000 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
    const last = await page.locator(".lesson").last().boundingBox();
    assert.ok(last && last.y + last.height <= 640, "the last lesson is reached");
    for (const target of await page.locator("button, input").all()) {
      const box = await target.boundingBox();
      assert.ok(box && box.width >= 44 && box.height >= 44 && box.y >= 0 && box.y + box.height <= 640, JSON.stringify(box));
    }
  });

  for (const [what, size, query] of [
    ["an upright screen", { width: 1080, height: 1920 }, ""],
    ["a wide screen", { width: 1920, height: 1080 }, ""],
    ["a turned screen", { width: 1920, height: 1080 }, "&rotate=90"],
    ["a small screen", { width: 768, height: 1366 }, ""],
  ] as const) {
    it(`is led to the list by the code on ${what}`, async () => {
      await publish([usualDay()]);
      const screen = await openScreen({ size, query: `?lang=cs${query}` });
      await screen.see("#code svg path");
      await screen.rest();
      assert.equal(await screen.page.getAttribute("#code", "aria-label"), "Tento seznam v telefonu");
      const address = (await decode(screen)) ?? "";
      assert.equal(address, `${siteUrl()}/?list`);
      const list = await openScreen({ query: new URL(address).search });
      assert.equal((await starts(list)).length, 5);
    });
  }

  it("is led nowhere by a screen with qr=0, which gives its room back", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ query: "?lang=cs&qr=0" });
    await screen.page.waitForLoadState("networkidle");
    await screen.rest();
    assert.equal(await screen.page.locator("#code svg").count(), 0);
    assert.equal(await decode(screen), undefined);
    const clock = await screen.page.locator(".clock").boundingBox();
    assert.ok(clock && clock.x + clock.width > 1000, "the clock stands at the edge");
  });
});
