/** Dates and times in the school's time zone, whatever the zone of the machine. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PARTS: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Local date (`YYYY-MM-DD`) and time (`HH:MM`) of an instant (milliseconds) in `zone`. */
export function localParts(instant: number, zone: string): { date: string; time: string } {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("sv-SE", { ...PARTS, timeZone: zone });
    formatters.set(zone, formatter);
  }
  const [date = "", time = ""] = formatter.format(instant).split(" ");
  return { date, time };
}

/**
 * The instant (milliseconds) of a local date and time in `zone`.
 *
 * A time that occurs twice is the earlier one; a time that the clocks skip is as much later as they skip.
 */
export function instantOf(date: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const candidates = [asUtc - DAY, asUtc + DAY].map((nearby) => asUtc - offset(nearby, zone));
  return (
    candidates.find((instant) => {
      const local = localParts(instant, zone);
      return local.date === date && local.time === time;
    }) ?? (candidates[0] as number)
  );
}

/** The first instant after `after` at which the clocks in `zone` show `time`. */
export function nextAt(time: string, after: number, zone: string): number {
  const { date } = localParts(after, zone);
  const today = instantOf(date, time, zone);
  return today > after ? today : instantOf(addDays(date, 1), time, zone);
}

/** `addDays("2026-12-31", 1)` is `"2027-01-01"`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Milliseconds from `now` to the next full minute; never 0. */
export function untilNextMinute(now: number): number {
  return MINUTE - (now % MINUTE);
}

/** When an answer was made, and how long ago, by what its headers say (RFC 9111, 5.1): the instant (milliseconds) at which it came. NaN when they do not. */
export function answeredAt(headers: Pick<Headers, "get">): number {
  const age = Number(headers.get("Age") ?? 0) * 1000 || 0;
  return Date.parse(headers.get("Date") ?? "") + age;
}

/** `09:00` as people write it: `9:00`. */
export function shortTime(time: string): string {
  return time.replace(/^0(?=\d)/, "");
}

/** What local time is ahead of UTC at `instant`, in milliseconds. */
function offset(instant: number, zone: string): number {
  const { date, time } = localParts(instant, zone);
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(instant / MINUTE) * MINUTE;
}
