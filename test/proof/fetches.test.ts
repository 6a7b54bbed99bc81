import assert from "node:assert/strict";
import { DateTime } from "luxon";
import { fetchTimes } from "../../infrastructure/components/fetch-times";
import { FetchError } from "../../lambda/fetcher/download";
import { World } from "../../lambda/fetcher/testing/world";
import { figures, IS_FULL } from "./figures";
import { numbers } from "./numbers";

const ZONE = "Europe/Prague";
const EVERY_MINUTES = 10;
const ALL_DAY = { from: 0, until: 24 * 60 };
const OPEN = { from: 8 * 60, until: 16 * 60 };

/** Weeks with their opening hours: a usual one, and those in which the clocks change, open at that hour. */
const WEEKS = [
  { monday: "2026-12-21", hours: OPEN },
  { monday: "2027-03-22", hours: ALL_DAY },
  { monday: "2026-10-19", hours: ALL_DAY },
];

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const ROUNDS = IS_FULL ? 200 : 5;

/** What happened in all weeks. */
const counts = { fetches: 0, "with a wrong clock": 0, changed: 0, unchanged: 0, failed: 0, busy: 0, waiting: 0, died: 0, "at once": 0 };

describe("a school's week of fetches", function () {
  this.timeout(IS_FULL ? 600_000 : 60_000);

  after(() => figures("fetches", { weeks: WEEKS.length * ROUNDS, ...counts }));

  for (const { monday, hours } of WEEKS) {
    it(`from ${monday} on: what is shown is the newest, whatever fails, and what was unchanged cost no write`, async () => {
      for (let round = 1; round <= ROUNDS; round += 1) {
        await week(timesOf(monday, hours), numbers(round), `${monday}, round ${round}`);
      }
    });
  }

  it("has no gap beyond its rhythm where the clocks change, and no time twice", () => {
    for (const monday of ["2027-03-22", "2026-10-19"]) {
      const times = timesOf(monday, ALL_DAY);
      const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 60);
      assert.ok(Math.min(...gaps) > 0);
      // EventBridge Scheduler runs a time that comes twice once: for an hour, in the night, nothing is fetched.
      assert.deepEqual([...new Set(gaps)], monday === "2027-03-22" ? [EVERY_MINUTES] : [EVERY_MINUTES, 60 + EVERY_MINUTES]);
    }
  });
});

/** Plays a week: bookings, failures, deaths before and after every write, and two at once; in the end, a quiet fetch. */
async function week(times: number[], random: () => number, name: string): Promise<void> {
  const world = new World();
  const start = times[0] ?? 0;
  let version = 1;
  for (const time of times) {
    world.seconds = time - start;
    version += random() < 0.2 ? 1 : 0;
    const die = (write: number) => {
      if (write >= 0 && random() < 0.05) throw new Error("died");
    };
    Object.assign(world, { beforeWrite: die, afterWrite: die });
    world.server = () => serverAnswer(world, version, random);
    const { writes } = world;
    const isOvertaken = random() < 0.1;
    const runs = await withWrongClock(random, () => Promise.allSettled(isOvertaken ? overtaken(world, text(version++)) : [world.run()]));
    for (const run of runs) {
      counts.fetches += 1;
      counts[run.status === "rejected" ? "died" : run.value.outcome] += 1;
      if (runs.length === 1 && run.status === "fulfilled" && run.value.outcome === "unchanged") {
        assert.equal(world.writes, writes, `${name}: an unchanged export was written`);
        assert.equal(world.exports.at(-1)?.text, text(version), `${name}: what is shown is not the newest`);
      }
    }
    assertInOrder(world, name);
  }
  Object.assign(world, { beforeWrite: () => {}, afterWrite: () => {}, server: () => world.holds(text(version)) });
  world.seconds += 24 * 60 * 60;
  await world.run();
  assert.equal(world.exports.at(-1)?.text, text(version), `${name}: the newest is lost`);
}

/** Has every third machine think that it is up to a year earlier or later: ages are the storage's. */
async function withWrongClock<T>(random: () => number, work: () => Promise<T>): Promise<T> {
  if (random() > 1 / 3) {
    return work();
  }
  counts["with a wrong clock"] += 1;
  const right = globalThis.Date;
  const wrong = right.now() + (random() - 0.5) * 2 * YEAR_MS;
  globalThis.Date = class extends right {
    constructor(...given: [] | [number | string | Date]) {
      super(given.length === 0 ? wrong : given[0]);
    }
    static override now = () => wrong;
  } as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = right;
  }
}

/** A run that holds what the server had when it began and then stands still, and one that overtakes it. */
function overtaken(world: World, held: string) {
  counts["at once"] += 1;
  const older = world.held(held);
  const newer = world.run();
  newer.then(older.goOn, older.goOn);
  return [older.run, newer];
}

function serverAnswer(world: World, version: number, random: () => number) {
  const chance = random();
  if (chance < 0.1) throw new FetchError("the server answers 500", true);
  if (chance < 0.12) throw new FetchError("the server answers 503", true, 30 * 60);
  if (chance < 0.3) return { changed: true, body: Buffer.from(text(version)) } as const;
  return world.holds(text(version));
}

const text = (version: number) => `version ${String(version).padStart(5, "0")}`;

/** No export is ever put over a newer one. */
function assertInOrder({ exports }: World, name: string): void {
  const texts = exports.map((each) => each.text);
  assert.deepEqual(texts, [...texts].sort(), `${name}: an older export came after a newer`);
}

/** The instants of a week at which the schedule's own expressions call, in seconds; a local time that is not there is left out. */
function timesOf(monday: string, hours: { from: number; until: number }): number[] {
  const minutes = fetchTimes(hours, EVERY_MINUTES).flatMap(minutesOf);
  return Array.from({ length: 7 }, (_, day) => DateTime.fromISO(monday, { zone: ZONE }).plus({ days: day })).flatMap((date) =>
    minutes
      .map((minute) => date.set({ hour: Math.floor(minute / 60), minute: minute % 60 }))
      .filter((time, index) => time.hour === Math.floor((minutes[index] ?? 0) / 60))
      .map((time) => time.toSeconds()),
  );
}

function minutesOf(expression: string): number[] {
  const [, listed = "", first = "", last = first] = /^cron\(([\d,]+) (\d+)(?:-(\d+))? /.exec(expression) ?? [];
  const inHours = Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  return inHours.flatMap((hour) => listed.split(",").map((minute) => hour * 60 + Number(minute)));
}
