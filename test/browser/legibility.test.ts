import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { day } from "../../website/src/testing/documents";
import { lesson, participants } from "./support/days";
import { openScreen } from "./support/screen";
import { publish } from "./support/world";

const PAGE = resolve(__dirname, "../../docs/screens.md");

/** Screens' diagonals, in inches, and the size of the picture that the table is about, in pixels. */
const INCHES = [43, 55, 65];
const PICTURE = { width: 1080, height: 1920 };

/** The rule of signs: letters are read from this many times their height. */
const READ_FROM = 250;

/** Kinds of text, as the table calls them, each in its smallest form. */
const KINDS: Record<string, string> = {
  "start time": ".page-dense .time",
  clock: ".clock",
  "type, instructor": ".instructor",
  "section, page number": ".number",
  "name of a participant": ".name",
  "sponsor, language": ".sponsor",
  "level, place": ".level",
  "day of the week and date": ".day",
  "start in the line of starts": ".start",
  "state of the data": ".as-of",
};

/** Height of a capital letter of each kind as the browser draws it, in pixels of the picture. */
async function heights(): Promise<Map<string, number>> {
  const crowd = Array.from({ length: 30 }, (_, index) => lesson(index + 1, { participants: participants(2, index) }));
  await publish([day([...crowd, lesson(90, { start: "11:00", end: "12:50" })])]);
  const screen = await openScreen({ size: PICTURE });
  await screen.rest();
  const found = await screen.page.evaluate((kinds) => {
    const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
    return Object.entries(kinds).map(([kind, selector]): [string, number] => {
      const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(document.querySelector(selector) as Element);
      pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      return [kind, pen.measureText("H").actualBoundingBoxAscent];
    });
  }, KINDS);
  return new Map(found);
}

/** Millimetres of a pixel on an upright screen with this diagonal. */
function pixel(inches: number): number {
  return (inches * 25.4) / Math.hypot(PICTURE.width, PICTURE.height);
}

describe("every kind of text", () => {
  it("is as high and read from as far as docs/screens.md says, and names from 5 metres on 55 inches", async () => {
    const rows = [...(await heights())].map(([kind, height]) => {
      const cells = INCHES.map((inches) => {
        const millimetres = height * pixel(inches);
        return `${millimetres.toFixed(0)} mm, ${((millimetres * READ_FROM) / 1000).toFixed(1)} m`;
      });
      return `| ${[kind, `${height.toFixed(0)} px`, ...cells].join(" | ")} |`;
    });
    const documented = readFileSync(PAGE, "utf8").split("\n");
    const missing = rows.filter((row) => !documented.includes(row));
    assert.deepEqual(missing, [], `docs/screens.md has to say:\n${rows.join("\n")}`);
    const name =
      rows
        .find((row) => row.startsWith("| name of a participant"))
        ?.match(/[\d.]+(?= m)/g)
        ?.map(Number) ?? [];
    assert.ok((name[3] as number) >= 5, `names are read from ${name[3]} m`);
  });
});
