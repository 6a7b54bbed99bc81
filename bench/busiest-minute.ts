/** Schools that all fetch at the same minute, second by second. */

import { type Counted, SCHOOL } from "./costs";

/** The most that there is at once, or within a second. */
export interface Peak {
  fetchers: number;
  functions: number;
  s3Writes: number;
  writeUnits: number;
}

const MINUTE = 60;

/**
 * Plays one minute in which all schools are due, and the seconds after it.
 *
 * @param within Seconds over which EventBridge Scheduler spreads the calls: it keeps the minute, not the second
 *   (docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 * @param random From 0 up to 1.
 */
export function busiestMinute(schools: number, within: number, counted: Counted, random: () => number): Peak {
  const seconds = Array.from({ length: 2 * MINUTE }, () => ({ fetchers: 0, runs: 0, s3Writes: 0, writeUnits: 0 }));
  const at = (second: number) => seconds[Math.floor(second)] ?? { fetchers: 0, runs: 0, s3Writes: 0, writeUnits: 0 };
  // As many find a change as there are exports for fetches.
  const changed = SCHOOL.exportsADay / (SCHOOL.openHours * SCHOOL.fetchesAnHour);
  for (let school = 0; school < schools; school += 1) {
    const start = random() * within;
    const fetched = start + SCHOOL.fetchSeconds;
    for (let second = Math.floor(start); second < fetched; second += 1) {
      at(second).fetchers += 1;
    }
    if (random() < changed) {
      const run = counted["an export in which 20 rows changed"];
      for (let second = Math.floor(fetched); second < fetched + SCHOOL.runSeconds; second += 1) {
        at(second).runs += 1;
      }
      at(fetched).s3Writes += counted["a fetch that finds a changed export"].s3_writes + run.s3_writes;
      at(fetched).writeUnits += run.write_units;
    }
  }
  const most = (of: (second: (typeof seconds)[number]) => number) => Math.max(...seconds.map(of));
  return {
    fetchers: most(({ fetchers }) => fetchers),
    functions: most(({ fetchers, runs }) => fetchers + runs),
    s3Writes: most(({ s3Writes }) => s3Writes),
    writeUnits: most(({ writeUnits }) => writeUnits),
  };
}
