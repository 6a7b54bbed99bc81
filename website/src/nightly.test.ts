import assert from "node:assert/strict";
import { instantOf, localParts } from "../../common/clock";
import { type NightlyOptions, reloadNightly } from "./nightly";

const ZONE = "Europe/Prague";

/** Lives through time: each task in its turn, until `until`. Returns the local times at which the page was loaded anew. */
async function live(from: number, until: number, answersAt: (now: number) => boolean): Promise<string[]> {
  let now = from;
  const tasks: { at: number; task: () => unknown }[] = [];
  const reloads: string[] = [];
  const options: NightlyOptions = {
    now: () => now,
    zone: () => ZONE,
    serverAnswers: async () => answersAt(now),
    reload: () => {
      const { date, time } = localParts(now, ZONE);
      reloads.push(`${date} ${time}`);
      // What a loaded page does.
      reloadNightly(options);
    },
    later: (task, milliseconds) => tasks.push({ at: now + milliseconds, task }),
  };
  reloadNightly(options);
  for (;;) {
    tasks.sort((a, b) => a.at - b.at);
    const next = tasks.shift();
    if (!next || next.at > until) return reloads;
    now = next.at;
    await next.task();
  }
}

describe("nightly reload", () => {
  it("comes once a night", async () => {
    const reloads = await live(instantOf("2026-12-26", "08:00", ZONE), instantOf("2026-12-29", "08:00", ZONE), () => true);
    assert.deepEqual(reloads, ["2026-12-27 03:30", "2026-12-28 03:30", "2026-12-29 03:30"]);
  });

  it("comes once in the nights in which the clocks change", async () => {
    const autumn = await live(instantOf("2026-10-24", "20:00", ZONE), instantOf("2026-10-25", "20:00", ZONE), () => true);
    const spring = await live(instantOf("2027-03-27", "20:00", ZONE), instantOf("2027-03-28", "20:00", ZONE), () => true);
    assert.deepEqual([autumn, spring], [["2026-10-25 03:30"], ["2027-03-28 03:30"]]);
  });

  it("waits for the server within the night", async () => {
    const back = instantOf("2026-12-27", "04:05", ZONE);
    const reloads = await live(instantOf("2026-12-26", "08:00", ZONE), instantOf("2026-12-27", "20:00", ZONE), (now) => now >= back);
    assert.deepEqual(reloads, ["2026-12-27 04:10"]);
  });

  it("never comes while the server is silent, and not by day when it is back", async () => {
    const back = instantOf("2026-12-27", "06:00", ZONE);
    const reloads = await live(instantOf("2026-12-26", "08:00", ZONE), instantOf("2026-12-28", "20:00", ZONE), (now) => now >= back);
    assert.deepEqual(reloads, ["2026-12-28 03:30"]);
  });
});
