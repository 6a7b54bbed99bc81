import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../common/clock";
import type { Lesson } from "../../common/documents";
import { MAIN_STAY, OTHER_STAY } from "../../website/src/rotation";
import { day, TODAY } from "../../website/src/testing/documents";
import { lesson, participant } from "./support/days";
import { inspect } from "./support/inspect";
import { eventually, openScreen, type Screen } from "./support/screen";
import { publish } from "./support/world";

const NINE = lesson(1, { end: "10:50" });
const ELEVEN = lesson(2, { start: "11:00", end: "12:50" });
const ONE = lesson(3, { start: "13:00", end: "14:50" });

async function turnsAfter(screen: Screen, stay: number, to: string): Promise<void> {
  const from = await screen.shownStart();
  await screen.pass(stay - 1000);
  assert.equal(await screen.shownStart(), from, `${from} stays`);
  await screen.pass(1000);
  assert.equal(await screen.shownStart(), to, `after ${stay} ms`);
}

/** Has the display look again, and waits until what it sees is on the screen. */
async function lookAgain(screen: Screen, attempt: () => Promise<void>): Promise<void> {
  await screen.pass(16_000);
  await eventually(attempt);
}

/** Marks the shown page's element, so that one that was drawn anew can be told from it. */
async function tagPage(screen: Screen): Promise<void> {
  await screen.rest();
  await screen.page.locator("main > .page").evaluate((page) => Object.assign(page, { tag: "the same" }));
}

async function isTagged(screen: Screen): Promise<boolean> {
  return screen.page.locator("main > .page").evaluate((page) => "tag" in page);
}

describe("rotation and time", () => {
  it("keeps pages of the main start for 15 seconds and others for 10, and begins with the main one", async () => {
    await publish([day([NINE, ELEVEN, ONE])]);
    const screen = await openScreen({ time: "10:30", paused: true });
    assert.equal(await screen.shownStart(), "11:00");
    await turnsAfter(screen, MAIN_STAY, "13:00");
    await turnsAfter(screen, OTHER_STAY, "9:00");
    await turnsAfter(screen, OTHER_STAY, "11:00");
    await turnsAfter(screen, MAIN_STAY, "13:00");
  });

  it("leaves out a start as soon as its lessons have ended", async () => {
    await publish([day([NINE, ELEVEN])]);
    const screen = await openScreen({ time: "10:49" });
    assert.deepEqual(await screen.texts(".start"), ["9:00", "11:00"]);
    await screen.pass(MINUTE);
    assert.deepEqual(await screen.texts(".start"), []);
    assert.equal(await screen.shownStart(), "11:00");
  });

  it("alternates between the languages of the list", async () => {
    await publish([day([NINE, ELEVEN])]);
    const screen = await openScreen({ query: "?lang=pl,de", time: "09:10" });
    const seen = new Set<string>();
    for (let turn = 0; turn < 5; turn++) {
      seen.add(`${await screen.shownStart()} ${await screen.page.getAttribute("html", "lang")}`);
      await screen.pass(MAIN_STAY);
    }
    assert.deepEqual([...seen].sort(), ["11:00 de", "11:00 pl", "9:00 de", "9:00 pl"]);
  });

  it("takes an update in the middle of a rotation without turning or drawing anew what stays", async () => {
    await publish([day([NINE, ELEVEN])]);
    const screen = await openScreen({ time: "09:10", paused: true });
    await screen.pass(MAIN_STAY + OTHER_STAY + 1000);
    assert.equal(await screen.shownStart(), "9:00");
    await tagPage(screen);
    await publish([day([NINE, { ...ELEVEN, location: "Rýžoviště" }], { revision: 2 })], { generated_at: "2026-12-27T07:45:00Z" });
    // The next look is due, the next turn is not.
    await screen.pass(5000);
    await screen.see(".as-of", "8:45");
    assert.equal(await isTagged(screen), true, "the page was not drawn anew");
    assert.equal(await screen.shownStart(), "9:00");
    await screen.pass(MAIN_STAY - 6000);
    assert.equal(await screen.shownStart(), "11:00", "the turn came when it was due");
    assert.deepEqual(await screen.texts(".page:last-child .place"), ["Rýžoviště"]);
  });

  it("marks what has changed for a minute, with a word and not by colour alone", async () => {
    await publish([day([NINE, lesson(5, { participants: [participant(5)] })])]);
    const screen = await openScreen({ time: "09:10" });
    const changed: Lesson = { ...NINE, instructor: { id: "eva", name: "Eva", photo: null } };
    await publish([day([changed, lesson(5, { participants: [participant(5)] }), lesson(6)], { revision: 2 })]);
    await lookAgain(screen, () => screen.see(".instructor", "Eva"));
    assert.deepEqual(await screen.texts(".badge"), ["změna", "nové"]);
    await inspect(screen);
    await screen.keepPicture("update");
    await screen.pass(MINUTE);
    assert.deepEqual(await screen.texts(".badge"), []);
  });

  it("goes over midnight to the new day", async () => {
    const tomorrow = day([lesson(9, {}, "2026-12-28")], { date: "2026-12-28" });
    await publish([day([lesson(1, { start: "22:00", end: "23:30" })]), tomorrow]);
    const screen = await openScreen({ time: "23:59" });
    await screen.see("h1", "Dnešní lekce skončily");
    await screen.pass(MINUTE);
    await screen.see(".day", "Pondělí 28. prosince");
    assert.match((await screen.texts(".clock")).join(), /^0:0\d$/);
    assert.equal(await screen.shownStart(), "9:00");
  });

  it("goes from 1:59 to 3:00 when summer time begins", async () => {
    const date = "2027-03-28";
    await publish([day([lesson(1, { start: "03:10", end: "04:00" }, date)], { date })]);
    const screen = await openScreen({ instant: "2027-03-28T00:59:30Z" });
    assert.deepEqual(await screen.texts(".clock"), ["1:59"]);
    await screen.see(".when", "za 11 min");
    await screen.pass(31_000);
    assert.deepEqual(await screen.texts(".clock"), ["3:00"]);
    assert.equal(await screen.shownTimes(), "3:10–4:00");
  });

  it("shows the hour from 2:00 to 3:00 twice when summer time ends, and keeps its lessons apart", async () => {
    const date = "2026-10-25";
    const at = (number: number, hour: string): Lesson => ({
      ...lesson(number, { start: "02:30", end: "02:50" }, date),
      starts_at: `${date}T${hour}:30:00Z`,
      ends_at: `${date}T${hour}:50:00Z`,
    });
    await publish([day([at(1, "00"), at(2, "01")], { date })]);
    const screen = await openScreen({ instant: `${date}T00:29:00Z` });
    assert.deepEqual(await screen.texts(".clock"), ["2:29"]);
    assert.deepEqual(await screen.texts(".start"), ["2:30", "2:30"]);
    await screen.pass(HOUR);
    assert.deepEqual(await screen.texts(".clock"), ["2:29"]);
    await screen.see(".when", "za 1 min");
    await screen.pass(30 * MINUTE);
    assert.deepEqual(await screen.texts(".clock"), ["2:59"]);
    await screen.see("h1", "Dnešní lekce skončily");
  });

  it("takes the time zone from the index", async () => {
    await publish([day([lesson(1, { start: "09:00", end: "10:00" }, TODAY)])], { time_zone: "Pacific/Auckland" });
    const screen = await openScreen({ instant: "2026-12-26T20:00:00Z" });
    await screen.see(".day", "Neděle 27. prosince");
    assert.deepEqual(await screen.texts(".clock"), ["9:00"]);
  });

  it("loads itself anew at night", async () => {
    await publish([day([])]);
    const screen = await openScreen({ date: "2026-12-27", time: "03:20" });
    await screen.page.evaluate(() => Object.assign(window, { loadedBefore: true }));
    const isTheSame = () => screen.page.evaluate(() => "loadedBefore" in window).catch(() => true);
    await screen.pass(9 * MINUTE);
    assert.equal(await isTheSame(), true);
    await screen.pass(MINUTE);
    await eventually(async () => {
      // A new version of the page gets half a minute to arrive.
      await screen.pass(10_000);
      assert.equal(await isTheSame(), false);
    });
    await screen.see(".page-no-lessons");
  });
});
