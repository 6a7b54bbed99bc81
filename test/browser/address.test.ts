import assert from "node:assert/strict";
import { OTHER_STAY } from "../../website/src/rotation";
import { day } from "../../website/src/testing/documents";
import { lesson, usualDay } from "./support/days";
import { inspect } from "./support/inspect";
import { openScreen } from "./support/screen";
import { publish } from "./support/world";

describe("the address", () => {
  it("moves day and time for trying, says so, and lets time go on from there", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ date: "2026-11-02", time: "15:00", query: "?lang=cs&date=2026-12-27&time=08:55" });
    await screen.see(".note", "Zkušební pohled: 27. 12. 8:55");
    assert.equal(await screen.shownStart(), "8:40");
    await screen.pass(2 * 60_000);
    assert.deepEqual(await screen.texts(".clock"), ["8:57"]);
    await inspect(screen);
  });

  it("has wrong values ignored with a visible note", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ query: "?lang=en,xx&date=2026-02-30&time=25:00&debug=perhaps" });
    assert.deepEqual(await screen.texts(".note"), [
      "Ignored lang=xx (allowed: cs, en, de, pl)",
      "Ignored debug=perhaps (allowed: no value)",
      "Ignored date=2026-02-30 (allowed: YYYY-MM-DD)",
      "Ignored time=25:00 (allowed: HH:MM)",
    ]);
    assert.deepEqual(await screen.texts(".clock"), ["8:50"]);
    await inspect(screen);
    await screen.keepPicture("wrong-address");
  });

  it("never reaches the page as markup", async () => {
    await publish([usualDay()]);
    const hostile = encodeURIComponent(`<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`);
    const screen = await openScreen({
      query: `?lang=${hostile}&date=${hostile}&time=${hostile}&debug=${hostile}&${hostile}=${hostile}#${hostile}`,
    });
    await inspect(screen);
    assert.equal(await screen.page.title(), "GoldSport");
    assert.equal(await screen.page.locator("body img, body script:not([src='/plain.js'])").count(), 0);
    assert.ok((await screen.texts(".note")).some((note) => note.includes("<img src=x")));
  });

  it("holds many wrong values without pushing the lessons out", async () => {
    await publish([day([lesson(1)])]);
    const screen = await openScreen({ query: `?lang=${Array.from({ length: 500 }, (_, index) => `x${index}`).join()}` });
    assert.equal((await screen.texts(".lesson")).length, 1);
    await inspect(screen);
  });

  it("brings previous, next and pause with ?debug, by button and by key", async () => {
    await publish([day([lesson(1), lesson(2, { start: "11:00", end: "12:00" }), lesson(3, { start: "13:00", end: "14:00" })])]);
    const screen = await openScreen({ time: "09:10", query: "?lang=en&debug" });
    const { page } = screen;
    await page.getByRole("button", { name: "Next" }).click();
    assert.equal(await screen.shownStart(), "11:00");
    await page.getByRole("button", { name: "Previous" }).click();
    assert.equal(await screen.shownStart(), "9:00");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await screen.shownStart(), "13:00");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await screen.shownStart(), "11:00");
    await page.keyboard.press(" ");
    await screen.pass(10 * OTHER_STAY);
    assert.equal(await screen.shownStart(), "11:00", "it pauses");
    await page.getByRole("button", { name: "Resume" }).click();
    await screen.pass(OTHER_STAY);
    assert.equal(await screen.shownStart(), "13:00");
    await inspect(screen);
    await screen.keepPicture("debug");
  });

  it("listens to no keys without ?debug", async () => {
    await publish([day([lesson(1), lesson(2, { start: "11:00", end: "12:00" })])]);
    const screen = await openScreen({ time: "09:10", paused: true });
    await screen.page.keyboard.press("ArrowRight");
    assert.equal(await screen.shownStart(), "9:00");
    assert.equal(await screen.page.getByRole("button").count(), 0);
  });
});
