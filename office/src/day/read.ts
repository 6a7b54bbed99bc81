import { PROFILES_KEY, rosterKey } from "../../../common/uploads";
import type { Assignment, Day, Instructor } from "../../../planning/day";
import { type Acquaintance, acquaintanceOf } from "../../../planning/measure";
import { planInForce, readDay } from "../../../planning/read-day";
import { rosterIn } from "../../../planning/roster-text";
import type { Bucket } from "../aws/bucket";
import type { Table } from "../aws/table";

/** A day, with the version of its roster's file. */
export interface StoredDay {
  /** Its roster is the one that a new one replaces: the file's, where the function has not read that yet. */
  day: Day;
  /** ETag of the roster's file, by which a publish replaces that very version; null where there is none. */
  rosterEtag: string | null;
}

/** The profiles and the version of the file that they are in. */
export interface StoredProfiles {
  /** In the order of their names. */
  instructors: Instructor[];
  /** As `rosterEtag`. */
  etag: string | null;
}

/** How many days before and after a day people are looked for whom an instructor knows. */
const DAYS_AROUND = 3;

/**
 * Reads a day.
 *
 * The table says what is in force; the roster's file in the bucket may be newer by what is being processed, and it alone has the marks by which moved
 * lessons are found. It may have expired, or be one that the function rejects: then the table's roster counts.
 *
 * @throws Trouble
 */
export async function storedDay(table: Table, bucket: Bucket, date: string, instructors: Instructor[]): Promise<StoredDay> {
  const [items, file] = await Promise.all([itemsOf(table, date), bucket.get(rosterKey(date))]);
  const day = readDay(date, items, instructors);
  const assignments = file ? rosterIn(file.text, date) : null;
  return { day: assignments ? withRoster(day, assignments) : day, rosterEtag: file?.etag ?? null };
}

/**
 * Reads whom instructors know from the days around one.
 *
 * @throws Trouble
 */
export async function acquaintance(table: Table, { date, instructors }: Day, dateAfter: (date: string, days: number) => string) {
  const distances = Array.from({ length: DAYS_AROUND }, (_, index) => index + 1).flatMap((days) => [-days, days]);
  const days = await Promise.all(
    distances.map(async (days) => {
      const other = dateAfter(date, days);
      return readDay(other, await itemsOf(table, other), instructors);
    }),
  );
  return acquaintanceOf(days.map((day) => ({ day, plan: planInForce(day) }))) satisfies Acquaintance;
}

/** What the export says of a day lies there too, compressed; it is not asked for. */
async function itemsOf(table: Table, date: string): Promise<{ SK: string }[]> {
  const partition = `SCHEDULE#${date}`;
  const found = await Promise.all([
    table.query<{ SK: string }>(partition, "LESSON#", "ROSTER"),
    table.query<{ SK: string }>(partition, "CONFLICT#"),
  ]);
  return found.flat();
}

/** The day with another roster. */
export function withRoster(day: Day, assignments: Assignment[]): Day {
  return { ...day, roster: { key: rosterKey(day.date), etag: "", uploaded_at: "", assignments } };
}

/**
 * Reads the profiles in force.
 *
 * @throws Trouble
 */
export async function storedProfiles(table: Table, bucket: Bucket): Promise<StoredProfiles> {
  const latest = table.get<{ names: string[]; etag: string }>("SOURCE#profiles", "LATEST");
  const [source, file] = await Promise.all([latest, bucket.get(PROFILES_KEY)]);
  const newer = file && bare(file.etag) !== source?.etag ? instructorsIn(file.text) : undefined;
  if (newer) return { instructors: byName(newer), etag: file?.etag ?? null };
  const items = await Promise.all((source?.names ?? []).map((id) => table.get<Instructor>(`INSTRUCTOR#${id}`, "PROFILE")));
  const instructors = items.filter((item) => item !== undefined);
  return { instructors: byName(instructors), etag: file?.etag ?? null };
}

function byName(instructors: Instructor[]): Instructor[] {
  return instructors.sort((a, b) => a.name.localeCompare(b.name, "cs"));
}

/** The instructors of a profiles file that the function has not read yet; undefined when it is none that it would take. */
export function instructorsIn(text: string): Instructor[] | undefined {
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, Instructor>);
    if (!entries.every(([, { name }]) => typeof name === "string")) return undefined;
    return entries.map(([id, profile]) => ({ ...profile, id, photo: profile.photo ?? null, languages: profile.languages ?? [] }));
  } catch {
    return undefined;
  }
}

/** An ETag without its quotes, as the table keeps it. */
export function bare(etag: string): string {
  return etag.replaceAll('"', "");
}
