import assert from "node:assert/strict";
import { MINUTE } from "../../common/clock";
import { LANGUAGES } from "../../common/texts";
import { day, TODAY } from "../../website/src/testing/documents";
import { fullStart, lesson, participant, participants, usualDay } from "./support/days";
import { inspect } from "./support/inspect";
import { leafThrough } from "./support/leaf";
import { eventually, openScreen } from "./support/screen";
import { publish, putDocument } from "./support/world";

const TOMORROW = day([lesson(1, {}, "2026-12-28")], { date: "2026-12-28" });

describe("the pages", () => {
  for (const language of LANGUAGES) {
    it(`show a full day in ${language}`, async () => {
      await publish([usualDay(), TOMORROW]);
      const screen = await openScreen({ query: `?lang=${language}`, time: "09:45" });
      assert.equal(await screen.page.getAttribute("html", "lang"), language);
      await inspect(screen);
      await screen.keepPicture(`full-${language}`);
    });
  }

  it("show all 13 lessons and 28 participants of a full start", async () => {
    await publish([day(fullStart())]);
    const screen = await openScreen();
    const names = await leafThrough(screen, ".participants li");
    assert.equal(names.flat().length, 28);
  });

  it("show all of 60 lessons at one start", async () => {
    const lessons = Array.from({ length: 60 }, (_, index) =>
      lesson(index + 1, { end: index % 2 ? "10:50" : "09:50", participants: [participant(index, { name: `Kind ${index}` })] }),
    );
    await publish([day(lessons)]);
    const screen = await openScreen();
    await screen.keepPicture("overfull");
    const names = (await leafThrough(screen, ".name")).flat();
    assert.deepEqual(names.sort(), lessons.map(({ participants: [one] }) => one?.name).sort());
  });

  it("split a lesson of 40 participants over pages, none of them missing", async () => {
    const crowd = participants(40).map((one, index) => ({ ...one, name: `Maximilián ${index}` }));
    await publish([day([lesson(1, { type: "large-group", participants: crowd })])]);
    const screen = await openScreen();
    await screen.keepPicture("large-lesson");
    const names = await leafThrough(screen, ".name");
    assert.ok(names.length > 1);
    assert.deepEqual(
      names.flat(),
      crowd.map(({ name }) => name),
    );
  });

  it("hold long names, places, levels, types and instructors", async () => {
    const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);
    const lessons = [0, 1, 2].map((number) =>
      lesson(number + 1, {
        type: number === 0 ? "Soukromá závodní příprava pro pokročilé lyžaře a snowboardisty" : "large-group",
        level: number === 1 ? long : "Freeride a skialpinismus pro velmi pokročilé ve volném terénu",
        location: "U dolní stanice lanovky Rýžoviště vedle půjčovny a bufetu",
        participants: [
          participant(1, { name: "Maximilian-Alexander" }),
          participant(2, { name: long, language: "slovenština" }),
          participant(3),
        ],
        instructor: { id: "a", name: number === 2 ? long : "Magdaléna Nováková-Svobodová", photo: null },
      }),
    );
    await publish([day(lessons)]);
    const screen = await openScreen();
    const names = await leafThrough(screen, ".name");
    assert.equal(names.flat().length, 9);
    await screen.keepPicture("long-names");
  });

  it("shorten only what would fill a page by itself, and say so with an ellipsis", async () => {
    await publish([day([lesson(1, { participants: [participant(1, { name: "Ž".repeat(5000) })] })])]);
    const screen = await openScreen();
    await inspect(screen);
    assert.deepEqual(await screen.texts(".name"), [`${"Ž".repeat(119)}…`]);
  });

  it("show hostile names as the text that they are", async () => {
    const hostile = [
      `<img src=x onerror="document.title='taken'">`,
      "</ul><script>document.title='taken'</script>",
      "{time} &amp; {{x}}",
      "\u202egnp.exe",
    ];
    await publish([
      day([
        lesson(1, {
          type: hostile[0] as string,
          level: hostile[1] as string,
          location: hostile[0] as string,
          participants: hostile.map((name, index) => participant(index, { name })),
          instructor: { id: "x", name: hostile[0] as string, photo: "javascript:alert(1)" },
        }),
        lesson(2, {
          level: "__proto__",
          type: "constructor",
          instructor: { id: "y", name: "Petr", photo: "https://elsewhere.example/p.jpg" },
        }),
      ]),
    ]);
    const screen = await openScreen();
    await screen.keepPicture("hostile-names");
    const shown = (await leafThrough(screen, ":is(.type, .level, .place, .name)")).flat();
    for (const text of [...hostile.slice(0, 3), "constructor", "__proto__"]) assert.ok(shown.includes(text), text);
    assert.equal(await screen.page.title(), "GoldSport");
    assert.equal(await screen.page.locator("main img, main script").count(), 0);
  });

  it("show type, level, place, times, participants, languages, sponsor and instructor of a lesson", async () => {
    await publish([
      day([
        lesson(1, {
          start: "14:10",
          end: "15:05",
          type: "small-group",
          level: "snowboard pokročilý",
          participants: [participant(1), participant(2, { name: null })],
          instructor: null,
        }),
      ]),
    ]);
    const screen = await openScreen({ query: "?lang=en", time: "13:50" });
    assert.equal(await screen.shownTimes(), "14:10–15:05");
    assert.deepEqual(await screen.texts(".type"), ["Small group"]);
    assert.deepEqual(await screen.texts(".level"), ["Snowboard – advanced"]);
    assert.deepEqual(await screen.texts(".place"), ["Stone Bar"]);
    assert.deepEqual(await screen.texts(".instructor"), ["to be announced"]);
    assert.deepEqual(await screen.texts(".participants li"), ["PL Kamil Ko.Wo.", "DE Dv.Ja."]);
    assert.deepEqual(await screen.texts(".as-of"), ["as of 7:40"]);
  });

  it("tell lessons of one start apart that end at different times", async () => {
    await publish([day([lesson(1, { end: "10:50" }), lesson(2, { end: "09:50" }), lesson(3, { end: "10:50" })])]);
    const screen = await openScreen();
    assert.deepEqual(await screen.texts(".section"), ["9:00–9:50", "9:00–10:50"]);
    assert.equal(await screen.shownTimes(), "9:00");
    await inspect(screen);
    await screen.keepPicture("different-ends");
  });

  it("show an instructor's photo, and a sign in its place when it is missing", async () => {
    const withPhoto = (number: number, photo: string) => lesson(number, { instructor: { id: "jana", name: "Jana", photo } });
    await publish([day([withPhoto(1, "icon.svg"), withPhoto(2, "data/missing.jpg")])]);
    const screen = await openScreen();
    await eventually(async () => assert.equal(await screen.page.locator(".lesson:last-child .icon-instructor").count(), 1));
    assert.equal(
      await screen.page.locator(".lesson:first-child img.photo").evaluate((image) => (image as HTMLImageElement).naturalWidth > 0),
      true,
    );
    await inspect(screen);
  });

  it("say before the first lesson what the day holds, after all starts have been shown", async () => {
    await publish([usualDay(), TOMORROW]);
    const screen = await openScreen({ time: "07:00" });
    assert.equal(await screen.shownStart(), "8:40");
    await screen.passUntil("Dnešní lekce", ".page-message h1", 2 * MINUTE);
    assert.deepEqual(await screen.texts(".overview-time"), ["8:40", "9:00", "11:00", "13:00", "14:30"]);
    await screen.see(".next-date", "Pondělí 28. prosince");
    await inspect(screen);
    await screen.keepPicture("early");
  });

  it("say that the day is over, and when the next lessons are", async () => {
    await publish([usualDay(), TOMORROW]);
    const screen = await openScreen({ time: "17:00" });
    await screen.see("h1", "Dnešní lekce skončily");
    await screen.see(".next-date", "Pondělí 28. prosince");
    await inspect(screen);
    await screen.keepPicture("over");
  });

  it("say that a day has no lessons", async () => {
    await publish([day([]), TOMORROW]);
    const screen = await openScreen({ query: "?lang=de" });
    await screen.see("h1", "Heute keine Kurse");
    await screen.see(".next-date", "Montag, 28. Dezember");
    await inspect(screen);
    await screen.keepPicture("no-lessons");
  });

  it("say that there is no data, which is another page than no lessons", async () => {
    const screen = await openScreen();
    await screen.see("h1", "Rozvrh není k dispozici");
    await inspect(screen);
    await screen.keepPicture("no-data");
  });

  it("say that there is no data when the day's document is missing or broken", async () => {
    await publish([usualDay()]);
    await putDocument(`data/days/${TODAY}.json`, JSON.stringify({ ...usualDay(), lessons: [{ id: "?" }] }));
    const screen = await openScreen();
    await screen.see(".page-no-data");
  });
});
