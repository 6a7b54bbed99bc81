/** Opening hours of the school, in minutes after its midnight: from the first, up to the second. */
export interface OpeningHours {
  from: number;
  until: number;
}

const DAY = 24 * 60;
const HOUR = 60;

/**
 * The part of the opening hours that holds all year, in minutes after midnight UTC.
 *
 * CloudWatch knows no time zone. Where the clocks change, the same hours are others in UTC in summer than in winter; what is open in
 * both is never closed, so an alarm that counts on it does not go off at night.
 *
 * @param year Of the time zone's rules.
 * @returns `until` may be past midnight, up to 48 hours. It is not after `from` when nothing holds all year.
 */
export function openInUtc({ from, until }: OpeningHours, timeZone: string, year: number): OpeningHours {
  const offsets = Array.from({ length: 12 }, (_, month) => offsetMinutes(new Date(Date.UTC(year, month, 15)), timeZone));
  const start = from - Math.min(...offsets);
  const end = until - Math.max(...offsets);
  const wrapped = ((start % DAY) + DAY) % DAY;
  return { from: wrapped, until: wrapped + end - start };
}

/** How many whole hours of the opening hours hold all year: an alarm can wait no longer. */
export function wholeHours(hours: OpeningHours, timeZone: string, year: number): number {
  const { from, until } = openInUtc(hours, timeZone, year);
  return Math.max(0, Math.floor(until / HOUR) - Math.ceil(from / HOUR));
}

/**
 * A metric math expression whose value is below 1 for an hour that is open and brought nothing.
 *
 * @param open Minutes after midnight UTC.
 * @param counted Id of the metric that counts what comes in.
 * @param clock Id of a series that has a value for every hour, whatever comes in.
 */
export function staleExpression({ from, until }: OpeningHours, counted: string, clock: string): string {
  const start = `60 * HOUR(${clock}) + MINUTE(${clock})`;
  // An hour counts when it is open from its first minute to its last.
  const last = until - HOUR;
  const isOpen = last < DAY ? `${start} >= ${from} && ${start} <= ${last}` : `${start} >= ${from} || ${start} <= ${last - DAY}`;
  // FILL has nothing to fill while nothing at all was counted, so the clock brings the zeros: an open hour always has a value.
  return `IF(${isOpen}, MAX([FILL(${counted}, 0), 0 * ${clock}]), 1)`;
}

/** Minutes that a zone's clocks are ahead of UTC. */
function offsetMinutes(at: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return hours === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * HOUR + Number(minutes));
}
