import assert from "node:assert/strict";
import { MINUTE } from "../../common/clock";
import type { Lesson } from "../../common/documents";
import { LANGUAGES } from "../../common/texts";
import { day } from "../../website/src/testing/documents";
import { fullStart, lesson, participant, participants, usualDay } from "./support/days";
import { inspect, outOfPlace } from "./support/inspect";
import { leafThrough } from "./support/leaf";
import { openScreen, type Screen } from "./support/screen";
import { publish } from "./support/world";

const size = (width: number, height: number) => ({ width, height });

const UPRIGHT = [size(1080, 1920), size(2160, 3840), size(768, 1366), size(1536, 2048)];
const WIDE = [size(1920, 1080), size(3840, 2160), size(1366, 768), size(1280, 1024)];

/** Everybody of a full start has a name of their own here. */
const CROWD = fullStart().map((one, number) => ({
  ...one,
  participants: one.participants.map((person, index) => ({ ...person, name: `${person.name}${number}${"abcdef"[index]}` })),
}));
const EVERYBODY = namesOf(CROWD);

function namesOf(lessons: readonly Lesson[]): string[] {
  return lessons.flatMap((one) => one.participants.map(({ name }) => name ?? "")).sort();
}

async function lookOver(screen: Screen): Promise<void> {
  assert.deepEqual(await outOfPlace(screen), [], "everything is inside its box and the screen");
}

/** Lets time go by until the first page of the shown start is there again. */
async function backToFirstPage(screen: Screen): Promise<void> {
  const [number] = await screen.texts(".number");
  if (number) await screen.passUntil(`1/${number.split("/")[1]}`, ".number", 2 * MINUTE);
}

/** Letters of names and of kinds, in pixels of the picture. */
async function lettersOf(screen: Screen): Promise<{ name: number; type: number }> {
  const heightOf = (selector: string) =>
    screen.page
      .locator(`main > :last-child ${selector}`)
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  return { name: await heightOf(".name"), type: await heightOf(".type") };
}

/** How many columns of `room` pixels cards need that are put below each other until one does not fit any more. */
function columnsFor(heights: readonly number[], room: number): number {
  const GAP = 8;
  let columns = 1;
  let used = -GAP;
  for (const height of heights) {
    used += GAP + height;
    if (used <= room) continue;
    columns += 1;
    used = height;
  }
  return columns;
}

describe("every screen", () => {
  for (const language of LANGUAGES) {
    it(`shows everybody of a full start in ${language}, in whatever size the window is or becomes`, async () => {
      await publish([day(CROWD)]);
      const screen = await openScreen({ query: `?lang=${language}`, time: "09:05", paused: true, isCalm: true });
      for (const window of [...UPRIGHT, ...WIDE]) {
        await screen.resize(window);
        await backToFirstPage(screen);
        const names = (await leafThrough(screen, ".name", lookOver)).flat();
        assert.deepEqual(names.sort(), EVERYBODY, `${window.width} × ${window.height}`);
      }
    });
  }

  it("has columns where the window is wider than high, one below the other where it is not, and changes with it", async () => {
    await publish([usualDay()]);
    const screen = await openScreen({ time: "09:45" });
    const columns = () => screen.page.locator(".page-start:last-child .lessons").count();
    assert.equal(await columns(), 1);
    await screen.resize(size(1920, 1080));
    assert.equal(await columns(), 2);
    assert.equal(await screen.shownStart(), "9:00");
    await inspect(screen);
    await screen.keepPicture("wide");
    await screen.resize(size(1080, 1920));
    assert.equal(await columns(), 1);
  });

  for (const [turn, window, side] of [
    [90, size(1920, 1080), "right"],
    [270, size(1920, 1080), "left"],
    [90, size(1080, 1920), "right"],
  ] as const) {
    it(`is turned by rotate=${turn} on ${window.width} × ${window.height}, with everybody on it`, async () => {
      await publish([day(CROWD)]);
      const query = `?lang=de&rotate=${turn}`;
      const screen = await openScreen({ size: window, query, time: "09:05", paused: true, isCalm: true });
      const names = (await leafThrough(screen, ".name", lookOver)).flat();
      assert.deepEqual(names.sort(), EVERYBODY);
      const top = await screen.page.locator(".top").boundingBox();
      const middle = (top?.x ?? 0) + (top?.width ?? 0) / 2;
      assert.equal(middle > window.width / 2 ? "right" : "left", side, "where the picture's top is");
      const isWide = await screen.page.locator("#stage.wide").count();
      assert.equal(isWide === 1, window.height > window.width, "a turned picture has the shape of the turned window");
      await screen.keepPicture(`turned-${turn}-${window.width}`);
    });
  }

  it("says what is to be said about the day, in whatever size the window is", async () => {
    const starts = Array.from({ length: 12 }, (_, hour) =>
      lesson(hour + 1, { start: `${8 + hour}:00`.padStart(5, "0"), end: `${8 + hour}:50`.padStart(5, "0") }),
    );
    await publish([day(starts), day([lesson(1, {}, "2026-12-28")], { date: "2026-12-28" })]);
    const screen = await openScreen({ query: "?lang=pl", time: "05:00", paused: true, isCalm: true });
    await screen.passUntil("Dzisiejsze lekcje", ".page-message h1", 5 * MINUTE);
    for (const window of [...UPRIGHT, ...WIDE]) {
      await screen.resize(window);
      assert.equal((await screen.texts(".overview-time")).length, 12);
      await lookOver(screen);
    }
    await screen.keepPicture("early-wide");
  });

  it("holds long names, a large lesson and many lessons, upright and wide", async () => {
    const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);
    const lessons = [
      lesson(90, { participants: [participant(1, { name: long })], location: long, instructor: { id: "a", name: long, photo: null } }),
      lesson(91, { type: "large-group", participants: participants(40) }),
      ...Array.from({ length: 30 }, (_, index) => lesson(index + 1, { end: index % 2 ? "10:50" : "09:50" })),
    ];
    await publish([day(lessons)]);
    const screen = await openScreen({ query: "?lang=de", paused: true, isCalm: true });
    for (const window of [size(1080, 1920), size(1920, 1080)]) {
      await screen.resize(window);
      await backToFirstPage(screen);
      const names = (await leafThrough(screen, ".name", lookOver)).flat();
      assert.deepEqual(names.sort(), namesOf(lessons));
    }
  });

  it("takes no more pages than its lessons need in their least size", async () => {
    await publish([day(CROWD)]);
    const screen = await openScreen({ time: "09:05", paused: true, isCalm: true });
    for (const window of [size(1080, 1920), size(1920, 1080)]) {
      await screen.resize(window);
      await backToFirstPage(screen);
      const heights: number[] = [];
      let columns = 0;
      let room = 0;
      const pages = await leafThrough(screen, ".number", async () => {
        const page = await screen.page.evaluate(() => {
          const page = document.querySelector<HTMLElement>("main > :last-child") as HTMLElement;
          const room = page.offsetHeight - (page.querySelector<HTMLElement>(".columns") as HTMLElement).offsetTop;
          page.style.setProperty("--size", "1");
          const heights = [...page.querySelectorAll<HTMLElement>(".lesson")].map((card) => card.offsetHeight);
          return { heights, columns: Number(page.style.getPropertyValue("--columns")), room };
        });
        heights.push(...page.heights);
        columns = page.columns;
        room = page.room;
      });
      assert.equal(pages.length, Math.ceil(columnsFor(heights, room) / columns), `${window.width} × ${window.height}`);
    }
  });

  it("fills a page with larger letters where lessons leave room, up to a size that looks well", async () => {
    const sizes: number[] = [];
    for (const count of [1, 3, 6]) {
      await publish([day(Array.from({ length: count }, (_, index) => lesson(index + 1)))]);
      const screen = await openScreen();
      sizes.push((await lettersOf(screen)).name);
      await inspect(screen);
    }
    const [one = 0, three = 0, six = 0] = sizes;
    assert.ok(Math.abs(one - 1.8 * 52) < 0.1 && one >= three && three > six && six > 52, sizes.join());
  });

  it("has the same letters on a wide screen as on an upright one", async () => {
    await publish([day([...fullStart(), ...fullStart().map((one, index) => ({ ...one, id: `${index}`.padStart(12, "f") }))])]);
    const screen = await openScreen();
    for (const window of [size(1080, 1920), size(1920, 1080)]) {
      await screen.resize(window);
      const { name, type } = await lettersOf(screen);
      assert.ok(name >= 52 && type >= 74, `${name}, ${type}`);
    }
  });

  it("tells kinds apart by sign and word, not by colour alone", async () => {
    const types = ["private", "small-group", "large-group", "Kurz"];
    await publish([day(types.map((type, number) => lesson(number + 1, { type })))]);
    const screen = await openScreen({ query: "?lang=en" });
    assert.deepEqual((await screen.texts(".type")).sort(), ["Kurz", "Large group", "Private", "Small group"]);
    const signs = await screen.page
      .locator(".type .icon")
      .evaluateAll((icons) => icons.map((icon) => [getComputedStyle(icon).maskImage, icon.getBoundingClientRect().height] as const));
    assert.equal(new Set(signs.map(([mask]) => mask)).size, 4, signs.join());
    for (const [mask, height] of signs) assert.ok(mask.startsWith("url(") && height > 40, `${mask} ${height}`);
  });

  it("fades from page to page, and does not where less motion is asked for", async () => {
    await publish([day([lesson(1), lesson(2, { start: "11:00", end: "12:00" })])]);
    for (const isCalm of [false, true]) {
      const screen = await openScreen({ time: "09:10", paused: true, isCalm });
      await screen.pass(15_000);
      assert.equal(await screen.shownStart(), "11:00");
      const fading = await screen.page.evaluate(() => document.getAnimations().length);
      assert.equal(fading > 0, !isCalm);
    }
  });
});
