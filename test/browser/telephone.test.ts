import assert from "node:assert/strict";
import { LANGUAGES } from "../../website/src/texts";
import { usualDay } from "./support/days";
import { inspectList } from "./support/inspect";
import { openScreen, type Screen } from "./support/screen";
import { publish, siteUrl } from "./support/world";

const SIZES = [
  { width: 360, height: 640 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
];

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

  it("is led to the list by the code on the screen, which qr=0 leaves away", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ query: "?lang=cs" });
    await screen.see("#code svg path");
    assert.equal(await screen.page.getAttribute("#code", "aria-label"), "Tento seznam v telefonu");
    const without = await openScreen({ query: "?lang=cs&qr=0" });
    assert.equal(await without.page.locator("#code svg").count(), 0);
    const list = await openScreen({ query: "?list" });
    assert.equal((await starts(list)).length, 5);
    assert.equal(new URL(list.page.url()).origin, siteUrl());
  });
});
