/** Measures how long people wait for their name on the built display, in Chromium, and writes it to docs/benchmarks.md. */

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { run, UserError } from "../stack/command";
import { closeScreens, openScreen, type Screen } from "../test/browser/support/screen";
import { publish, resetWorld, startWorld, stopWorld } from "../test/browser/support/world";
import { crowdedDay, nameOf } from "./crowd";

const PAGE = resolve(__dirname, "../docs/benchmarks.md");
const SECTION = "## Time to name";

const SHAPES = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 } };
const CROWDS = [10, 30, 60];

/** How long the screen is watched, in seconds: long enough for whoever comes in its first half to see every page. */
const WATCHED = 300;

interface Wait {
  /** In seconds, over all people and all moments. */
  mean: number;
  worst: number;
  /** Pages that show somebody of nine o'clock. */
  pages: number;
}

/** What a display found that showed every start in turn, in one column, and drew a wide screen as an upright one. */
const BASELINE: Record<number, Wait> = {
  10: { mean: 21.3, worst: 55, pages: 2 },
  30: { mean: 29.3, worst: 70, pages: 3 },
  60: { mean: 50.6, worst: 115, pages: 6 },
};

/** How much shorter the mean wait of the largest crowd has to be than the baseline's. */
const GOAL = 1 / 3;

/** Watches the screen from 8:50, second by second, and tells how long people of nine o'clock wait for their line. */
async function watch(shape: keyof typeof SHAPES, people: number): Promise<Wait> {
  await resetWorld();
  await publish([crowdedDay(people)]);
  const screen = await openScreen({ size: SHAPES[shape], time: "08:50", paused: true, patient: true });
  const seen: Set<string>[] = [];
  for (let second = 0; second < WATCHED; second++) {
    seen.push(new Set(await namesOn(screen)));
    await screen.pass(1000);
  }
  await closeScreens();
  const names = Array.from({ length: people }, (_, number) => nameOf(number));
  const waits = names.flatMap((name) => waitsFor(name, seen));
  const pages = new Set(seen.map((shown) => names.filter((name) => shown.has(name)).join()).filter((shown) => shown !== ""));
  return { mean: waits.reduce((sum, wait) => sum + wait, 0) / waits.length, worst: Math.max(...waits), pages: pages.size };
}

function namesOn({ page }: Screen): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll("main > :last-child .name")].map((name) => name.textContent ?? ""));
}

/** The wait from each second of the first half on. */
function waitsFor(name: string, seen: readonly Set<string>[]): number[] {
  return Array.from({ length: WATCHED / 2 }, (_, moment) => {
    const wait = seen.slice(moment).findIndex((names) => names.has(name));
    if (wait < 0) throw new Error(`${name} is not shown within ${WATCHED / 2} seconds`);
    return wait;
  });
}

const told = ({ mean, worst, pages }: Wait) => `${mean.toFixed(1)} s | ${worst} s | ${pages}`;

/** Measures, prints, writes, and fails when the goal is missed. */
async function measure(): Promise<void> {
  const rows: string[] = [];
  let isMet = true;
  await startWorld();
  try {
    for (const people of CROWDS) {
      for (const shape of Object.keys(SHAPES) as (keyof typeof SHAPES)[]) {
        const wait = await watch(shape, people);
        const before = BASELINE[people] as Wait;
        const change = Math.round((wait.mean / before.mean - 1) * 100);
        rows.push(`| ${people} | ${shape} | ${told(before)} | ${told(wait)} | ${change} % |`);
        console.log(rows[rows.length - 1]);
        if (people === Math.max(...CROWDS)) isMet &&= wait.mean <= before.mean * (1 - GOAL);
      }
    }
  } finally {
    await stopWorld();
  }
  const [others = ""] = readFileSync(PAGE, "utf8").split(`\n${SECTION}`);
  writeFileSync(PAGE, `${others}\n${SECTION}\n\n${INTRODUCTION}\n\n${[HEAD, ...rows].join("\n")}\n`);
  if (!isMet) throw new UserError("People of a full start wait longer for their name than the goal allows.");
}

const INTRODUCTION = `From a random moment until a given person's line is on the screen. The built display is watched in Chromium from 8:50 on, second by second,
for ${WATCHED / 60} minutes; the wait of each person of the nine o'clock start is taken from every second of the first half. The day has three more starts, and its
first lesson is still ahead, so that the page about the day is shown too. Two thirds of the lessons are private, with one or two people.
Before: one layout for all windows, one column, every start in turn. Goal: with 60 people the mean is at least a third shorter.`;

const HEAD = `| people | screen | mean before | worst before | pages before | mean | worst | pages | change of the mean |
|---|---|---|---|---|---|---|---|---|`;

if (require.main === module) run(measure);
