/** Small files as an office uploads them, of people who do not exist. */

import { instantOf } from "../../../common/clock";

const COLUMNS = [
  ...["id_order", "location_meeting", "level", "group_size", "language", "name_sponsor", "name_participant"],
  ...["date_lesson", "timestamp_start_lesson", "timestamp_end_lesson", "booking_id"],
];

/** A private lesson. */
export interface Booked {
  order: number;
  name: string;
  /** Local times, `HH:MM`. */
  start: string;
  end: string;
}

/** An export of one day's private lessons. */
export function exportOf(date: string, zone: string, booked: readonly Booked[]): string {
  const instant = (time: string) => new Date(instantOf(date, time, zone)).toISOString().replace(".000Z", "Z");
  const rows = booked.map(({ order, name, start, end }) => [
    ...[`${order}`, "Stone bar", "lyže začátečník", "privát", "cz", "Nora Petr", name],
    ...[date.split("-").reverse().join("."), instant(start), instant(end), `booking-${order}`],
  ]);
  return [COLUMNS, ...rows].map((cells) => cells.join("\t")).join("\r\n");
}

/** The profiles of instructors with these names. */
export function profilesOf(...names: string[]): string {
  return JSON.stringify(Object.fromEntries(names.map((name) => [name.toLowerCase(), { name, languages: ["cs"] }])));
}
