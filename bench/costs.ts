/** What schools use of AWS in a month, and what that costs: from counted requests and AWS's price list. */

import { LOOK_EVERY } from "../website/src/display";
import { prices } from "./prices.json";

/** What AWS charges for, as `prices.json` names it. */
export type Item = keyof typeof prices;

export type Usage = Record<Item, number>;

/** What a run asks for. */
export interface Requests {
  s3_writes: number;
  s3_reads: number;
  write_units: number;
  read_units: number;
}

/** What runs ask for, as `npm run scale` counts it. */
export interface Counted {
  "the first export of a season": Requests;
  "the same export again": Requests;
  "an export in which 20 rows changed": Requests;
  "profiles of 20 instructors": Requests;
  "a day's roster": Requests;
  "a fetch that finds a changed export": Requests;
  "a fetch that finds nothing new": Requests;
}

/** A busy school. */
export const SCHOOL = {
  days: 30,
  /** Exports a day, each with 20 changed rows, over some hours. */
  exportsADay: 40,
  exportHours: 10,
  rosters: 2,
  displays: 3,
  /** Open from 08:00 to 16:00, and fetched from every ten minutes. */
  openHours: 8,
  fetchesAnHour: 6,
  runSeconds: 1,
  fetchSeconds: 1.5,
} as const;

const MEMORY_GB = 0.5;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is kept: a month's exports; and logs, some KB a run. */
const KEPT_GB = 0.3;
const LOG_GB_A_RUN = 4e-6;

/** Metrics of one's own, which count only in the hours in which they come. */
const METRICS = { processor: 13, fetcher: 3 };

/** Resources of one stack that cost by themselves. */
export interface Fixed {
  alarms: number;
  dashboards: number;
}

/** What one school uses in a month. */
export function monthOf(counted: Counted, { alarms, dashboards }: Fixed, fetches: boolean): Usage {
  const { days, exportsADay, rosters, displays, openHours, fetchesAnHour, exportHours, runSeconds, fetchSeconds } = SCHOOL;
  const fetched = fetches ? openHours * fetchesAnHour : 0;
  // What the office uploads comes by itself then.
  const changed = fetches ? exportsADay : 0;
  // One call each night, which reads the days.
  const runs = exportsADay + rosters + 1;
  const daily = (key: keyof Requests): number =>
    exportsADay * counted["an export in which 20 rows changed"][key] +
    rosters * counted["a day's roster"][key] +
    counted["the same export again"][key] +
    changed * counted["a fetch that finds a changed export"][key] +
    (fetched - changed) * counted["a fetch that finds nothing new"][key];
  const looks = displays * days * (DAY_MS / LOOK_EVERY);
  const uploads = rosters + exportsADay - changed;
  return {
    "Lambda GB-seconds": days * MEMORY_GB * (runs * runSeconds + fetched * fetchSeconds),
    "Lambda runs": days * (runs + fetched),
    "S3 writes": days * (daily("s3_writes") + uploads),
    // CloudFront keeps documents for seconds: at the most, each look is asked on.
    "S3 reads": days * daily("s3_reads") + looks,
    "S3 GB kept": KEPT_GB,
    "DynamoDB write units": days * daily("write_units"),
    "DynamoDB read units": days * daily("read_units"),
    "CloudFront requests": looks,
    dashboards,
    metrics: (METRICS.processor * exportHours + (fetches ? METRICS.fetcher * openHours : 0)) / 24,
    alarms,
    "log GB": days * (runs + fetched) * LOG_GB_A_RUN,
    "scheduled calls": days * (1 + fetched),
    decryptions: days * fetched,
  };
}

/** USD for a usage; what AWS gives each account, or organisation, for nothing is taken off when it `isFirst`. */
export function costOf(usage: Usage, isFirst: boolean): Record<Item, number> {
  const items = Object.keys(prices) as Item[];
  const usd = (item: Item) => {
    const { usd: price, per, free } = prices[item];
    return (Math.max(0, usage[item] - (isFirst ? free : 0)) / per) * price;
  };
  return Object.fromEntries(items.map((item) => [item, usd(item)])) as Record<Item, number>;
}

/** The sum. */
export function total(costs: Record<Item, number>): number {
  return Object.values(costs).reduce((sum, cost) => sum + cost, 0);
}

/** The usage of several schools alike. */
export function times(usage: Usage, schools: number): Usage {
  return Object.fromEntries(Object.entries(usage).map(([item, amount]) => [item, amount * schools])) as Usage;
}
