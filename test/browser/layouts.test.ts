import assert from "node:assert/strict";
import { MAIN_STAY } from "../../website/src/rotation";
import { day } from "../../website/src/testing/documents";
import { LANGUAGES } from "../../website/src/texts";
import { fullStart, lesson, participant, participants, usualDay } from "./support/days";
import { inspect } from "./support/inspect";
import { leafThrough } from "./support/leaf";
import { openScreen, type ScreenOptions } from "./support/screen";
import { publish } from "./support/world";

const UPRIGHT = { "1080 × 1920": [1080, 1920], "2160 × 3840": [2160, 3840], "768 × 1366": [768, 1366], "1536 × 2048": [1536, 2048] };
const WIDE = { "1920 × 1080": [1920, 1080], "3840 × 2160": [3840, 2160], "1366 × 768": [1366, 768], "1280 × 1024": [1280, 1024] };

const screens: [name: string, options: ScreenOptions][] = [
  ...Object.entries({ ...UPRIGHT, ...WIDE }).map(([name, [width = 0, height = 0]]): [string, ScreenOptions] => [
    name,
    { size: { width, height } },
  ]),
  ["1920 × 1080, turned by 90", { size: { width: 1920, height: 1080 }, query: "&rotate=90" }],
  ["1920 × 1080, turned by 270", { size: { width: 1920, height: 1080 }, query: "&rotate=270" }],
  ["1080 × 1920, turned by 90", { size: { width: 1080, height: 1920 }, query: "&rotate=90" }],
];

describe("every screen", () => {
  for (const [name, { size, query = "" }] of screens) {
    for (const language of LANGUAGES) {
      it(`shows everybody of a full start in ${language} on ${name}`, async () => {
        await publish([usualDay()]);
        const screen = await openScreen({ size, query: `?lang=${language}${query}`, time: "09:45" });
        const names = await leafThrough(screen, ".participants li");
        assert.equal(names.flat().length, 28);
      });
    }

    it(`says what is to be said about the day on ${name}`, async () => {
      const starts = Array.from({ length: 12 }, (_, hour) =>
        lesson(hour + 1, { start: `${8 + hour}:00`.padStart(5, "0"), end: `${8 + hour}:50`.padStart(5, "0") }),
      );
      await publish([day(starts), day([lesson(1, {}, "2026-12-28")], { date: "2026-12-28" })]);
      const screen = await openScreen({ size, query: `?lang=pl${query}`, time: "05:00" });
      await screen.passUntil("Dzisiejsze lekcje", ".page-message h1", 12 * MAIN_STAY);
      assert.equal((await screen.texts(".overview-time")).length, 12);
      await inspect(screen);
    });
  }

  for (const [name, query] of [
    ["1080 × 1920", ""],
    ["1920 × 1080", ""],
  ] as const) {
    it(`holds long names, a large lesson and many lessons on ${name}`, async () => {
      const [width = 0, height = 0] = name.split(" × ").map(Number);
      const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);
      const lessons = [
        lesson(90, { participants: [participant(1, { name: long })], location: long, instructor: { id: "a", name: long, photo: null } }),
        lesson(91, { type: "large-group", participants: participants(40) }),
        ...Array.from({ length: 30 }, (_, index) => lesson(index + 1, { end: index % 2 ? "10:50" : "09:50" })),
      ];
      await publish([day(lessons)]);
      const screen = await openScreen({ size: { width, height }, query: `?lang=de${query}` });
      const names = await leafThrough(screen, ".name");
      assert.equal(names.flat().length, 71);
    });
  }

  it("fills a page with larger letters where lessons leave room, up to a size that looks well", async () => {
    const sizes: number[] = [];
    for (const count of [1, 3, 6]) {
      await publish([day(Array.from({ length: count }, (_, index) => lesson(index + 1)))]);
      const screen = await openScreen();
      sizes.push(
        await screen.page
          .locator(".name")
          .first()
          .evaluate((name) => Number.parseFloat(getComputedStyle(name).fontSize)),
      );
      await inspect(screen);
    }
    assert.equal(sizes[0], 1.8 * 52);
    assert.ok((sizes[0] as number) >= (sizes[1] as number) && (sizes[1] as number) > (sizes[2] as number), sizes.join());
  });

  it("has the same letters on a wide screen as on an upright one", async () => {
    await publish([day([...fullStart(), ...fullStart().map((one, index) => ({ ...one, id: `${index}`.padStart(12, "f") }))])]);
    for (const size of [
      { width: 1080, height: 1920 },
      { width: 1920, height: 1080 },
    ]) {
      const screen = await openScreen({ size });
      const heights = await screen.page
        .locator(".name")
        .first()
        .evaluate((name) => Number.parseFloat(getComputedStyle(name).fontSize));
      assert.ok(heights >= 52, `${heights}`);
    }
  });
});
