/** docs/scale.md: from counted requests, the program's resources and AWS's lists. */

import { numbers } from "../test/proof/numbers";
import { busiestMinute } from "./busiest-minute";
import { type Counted, costOf, type Item, monthOf, type Requests, SCHOOL, times, total } from "./costs";
import { as_of, prices, quotas, rates, region } from "./prices.json";

/** How many resources of each type a stack has, by Pulumi's type. */
export type Resources = Record<string, number>;

const SCHOOLS = 1000;
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

const whole = (number: number) => Math.round(number).toLocaleString("en-US");
const amount = (number: number) => (number < 10 ? number.toFixed(2) : whole(number));
const usd = (number: number) => (number < 1000 ? number.toFixed(2) : whole(number));
const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** USD of a month: one school whose account has others too, one alone in its account, and a thousand in one organisation. */
export function monthlyCosts(counted: Counted, resources: Resources, fetches: boolean) {
  const usage = monthOf(counted, { alarms: resources[ALARM] ?? 0, dashboards: resources[DASHBOARD] ?? 0 }, fetches);
  const thousand = costOf(times(usage, SCHOOLS), true);
  return { usage, list: costOf(usage, false), alone: costOf(usage, true), thousand };
}

/** How many stacks an account holds, by quota, the fewest first. */
export function stacksAnAccount(resources: Resources): { what: string; most: number; each: number; stacks: number; source: string }[] {
  const rows = quotas.map(({ what, type, most, source }) => {
    const each = resources[type] ?? 0;
    return { what, most, each, stacks: Math.floor(most / each), source };
  });
  return rows.sort((a, b) => a.stacks - b.stacks);
}

/**
 * The page.
 *
 * @param resources Of a stack without the fetching function, with it, and with an office, too.
 */
export function scalePage(counted: Counted, resources: { plain: Resources; fetching: Resources; office: Resources }): string {
  const plain = monthlyCosts(counted, resources.plain, false);
  const fetching = monthlyCosts(counted, resources.fetching, true);
  const limits = stacksAnAccount(resources.office);
  const fewest = stacksAnAccount(resources.fetching)[0]?.stacks ?? 1;
  const offices = limits[0]?.stacks ?? 1;
  const accounts = (stacks: number) => whole(Math.ceil(SCHOOLS / stacks));
  return `# Scale

What schools cost, and where the limits are. Made by \`npm run scale\`: it counts what runs ask of the embedded AWS (\`bench/requests.json\`), and multiplies it with
AWS's list prices for ${region} and with its quotas, as known in ${as_of}, without tax (\`bench/prices.json\`).

## What a run asks

An export of 1,100 rows over 60 days. DynamoDB's units as it counts them: a transaction's write is two for each KB, a read one for each 4 KB.

${table(
  ["a run", "S3 writes", "S3 reads", "DynamoDB write units", "read units"],
  (Object.entries(counted) as [string, Requests][]).map(([what, { s3_writes, s3_reads, write_units, read_units }]) => [
    what,
    ...[s3_writes, s3_reads, write_units, read_units].map(whole),
  ]),
)}

## A month of one school

A busy one: ${SCHOOL.exportsADay} exports a day with 20 changed rows each, runs of ${SCHOOL.runSeconds} s in 512 MB, ${SCHOOL.rosters} rosters; ${SCHOOL.displays} displays that ask every 15 seconds, day and night. With the fetching
function the same exports come by themselves: ${SCHOOL.openHours * SCHOOL.fetchesAnHour} fetches a day of ${SCHOOL.fetchSeconds} s, each with its own parameter. Displays are answered 304 while nothing changes, so that what is sent
is far below the 1 TB that is free.

${table(
  ["", "used", "USD", "used, with fetches", "USD"],
  (Object.keys(prices) as Item[]).map((item) => [
    `[${item}](${prices[item].source})`,
    amount(plain.usage[item]),
    usd(plain.list[item]),
    amount(fetching.usage[item]),
    usd(fetching.list[item]),
  ]),
)}

${table(
  ["together, USD", "without fetches", "with fetches"],
  [
    ["alone in its account, where much is free", usd(total(plain.alone)), usd(total(fetching.alone))],
    ["at list prices, where others use up what is free", usd(total(plain.list)), usd(total(fetching.list))],
  ],
)}

## A thousand schools

${usd(total(plain.thousand))} USD a month, ${usd(total(fetching.thousand))} with fetches, in one organisation, whose accounts share what is free. Of the latter, dashboards are
${usd(fetching.thousand.dashboards)}, alarms ${usd(fetching.thousand.alarms)}, metrics ${usd(fetching.thousand.metrics)}, and all that a school does itself
${usd(total(fetching.thousand) - fetching.thousand.dashboards - fetching.thousand.alarms - fetching.thousand.metrics)}: what watches over a school costs more than the school.

## Where the limits are

One stack is one school, and shares nothing with another. What a stack with fetches and an office has, and how many of them an account holds by AWS's quota:

${table(
  ["quota of an account", "default", "in a stack", "stacks"],
  limits.map(({ what, most, each, stacks, source }) => [`[${what}](${source})`, whole(most), String(each), whole(stacks)]),
)}

So ${offices} schools with an office fit into an account, or ${fewest} without, and a thousand take ${accounts(offices)} accounts, or ${accounts(fewest)}. Service Quotas raises the
numbers of CloudFront's policies on request; beyond what it gives, take another account ([operations.md](operations.md#moving-to-another-account) says how).

## The busiest minute

All schools open at eight and fetch in the same minute, every ten minutes; EventBridge Scheduler keeps the minute and spreads the calls within it. The most at once, by simulation
(\`bench/busiest-minute.ts\`):

${busiest(counted, fewest)}

${table(
  ["limit", "default", "of"],
  Object.entries(rates).map(([what, { most, of, source }]) => [`[${what}](${source})`, whole(most), of]),
)}

S3's and DynamoDB's limits are a school's own: its first export of a season takes ${whole(counted["the first export of a season"].write_units)} write units, so that a new table takes it in a second. The limit that schools of
an account share is that of functions at once. A run that finds none free waits in Lambda's queue: after an upload for up to an hour, a fetch for a minute at the most, as the next
one comes by itself. An account that begins with 10 is enough for ${fewest} schools while the calls are spread.
`;
}

function busiest(counted: Counted, anAccount: number): string {
  const cases: [string, number, number][] = [
    [`${anAccount} schools, spread over the minute`, anAccount, 60],
    [`${anAccount} schools, all in the same second`, anAccount, 1],
    [`${whole(SCHOOLS)} schools, spread over the minute`, SCHOOLS, 60],
    [`${whole(SCHOOLS)} schools, all in the same second`, SCHOOLS, 1],
  ];
  return table(
    ["", "fetches at once", "functions at once", "S3 writes a second", "DynamoDB write units a second"],
    cases.map(([what, schools, within]) => {
      const { fetchers, functions, s3Writes, writeUnits } = busiestMinute(schools, within, counted, numbers(1));
      return [what, ...[fetchers, functions, s3Writes, writeUnits].map(whole)];
    }),
  );
}
