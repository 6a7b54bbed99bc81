import type { Items } from "../../../common/items";
import { isRejected } from "../../../common/outcomes";
import { PROFILES_KEY, rosterKey } from "../../../common/uploads";
import type { Assignment, Day, Instructor } from "../../../planning/day";
import { type Acquaintance, acquaintanceOf } from "../../../planning/measure";
import { profilesIn } from "../../../planning/profiles-text";
import { planInForce, readDay } from "../../../planning/read-day";
import { profilesInForce } from "../../../planning/read-profiles";
import { rosterIn } from "../../../planning/roster-text";
import type { Bucket, StoredFile } from "../aws/bucket";

/** Where a file stands: it is in force, the function has not read it yet, or it took it for none, if there is one. */
export type FileStanding = "in-force" | "pending" | "rejected" | "none";

/** A day, with the version of its roster's file. */
export interface StoredDay {
  /** Its roster is the one that a new one replaces: the file's, where the function has not read that yet. */
  day: Day;
  /** ETag of the roster's file, by which a publish replaces that very version; null where there is none. */
  rosterEtag: string | null;
  /** Where the roster's file stands. */
  standing: FileStanding;
  /** Which version of the day the table has. */
  version: string;
}

/** The profiles and the version of the file that they are in. */
export interface StoredProfiles {
  /** In the order of their names. */
  instructors: Instructor[];
  /** As `rosterEtag`. */
  etag: string | null;
  /** Where their file stands. */
  standing: FileStanding;
  /** Which version of them the table has. */
  version: string;
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
export async function storedDay(table: Items, bucket: Pick<Bucket, "get">, date: string, instructors: Instructor[]): Promise<StoredDay> {
  const key = rosterKey(date);
  // The file first: where both change in between, the table is the newer one.
  const file = await bucket.get(key);
  const items = await itemsOf(table, date);
  const day = readDay(date, items, instructors);
  const assignments = file ? rosterIn(file.text, date) : null;
  const standing = await fileStandingOf(table, key, file, day.roster?.etag, assignments !== null);
  return {
    day: assignments && (standing === "in-force" || standing === "pending") ? withRoster(day, assignments) : day,
    rosterEtag: file?.etag ?? null,
    standing,
    version: versionOf(items.find(({ SK }) => SK === "META") as Meta | undefined),
  };
}

/**
 * Reads which version of a day the table has.
 *
 * @throws Trouble
 */
export async function storedVersion(table: Items, date: string): Promise<string> {
  return versionOf(await table.get(`SCHEDULE#${date}`, "META"));
}

interface Meta {
  revision?: number;
  state_hash?: string;
}

function versionOf(meta: Meta | undefined): string {
  return meta === undefined ? "" : `${meta.revision} ${meta.state_hash}`;
}

async function fileStandingOf(
  items: Items,
  key: string,
  file: StoredFile | undefined,
  inForce: string | undefined,
  isReadable: boolean,
): Promise<FileStanding> {
  if (file === undefined) return "none";
  const etag = bare(file.etag);
  if (etag === inForce) return "in-force";
  return !isReadable || (await isRejected(items, key, etag)) ? "rejected" : "pending";
}

/**
 * Reads whom instructors know from the days around one.
 *
 * @throws Trouble
 */
export async function acquaintance(table: Items, { date, instructors }: Day, dateAfter: (date: string, days: number) => string) {
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
async function itemsOf(table: Items, date: string): Promise<{ SK: string }[]> {
  const partition = `SCHEDULE#${date}`;
  const found = await Promise.all([
    // META lies between them.
    table.query<{ SK: string }>(partition, "LESSON#", "ROSTER"),
    table.query<{ SK: string }>(partition, "CONFLICT#"),
  ]);
  return found.flat();
}

/** The day with another roster. */
export function withRoster(day: Day, assignments: Assignment[]): Day {
  return { ...day, roster: { key: rosterKey(day.date), etag: "", uploaded_at: "", ...day.roster, assignments } };
}

/**
 * Reads the profiles: those in force, or newer ones that the function has not read yet. The file alone has what others wrote beside them.
 *
 * @throws Trouble
 */
export async function storedProfiles(table: Items, bucket: Pick<Bucket, "get">): Promise<StoredProfiles> {
  const file = await bucket.get(PROFILES_KEY);
  const { instructors, etag } = await profilesInForce(table);
  const told = file ? profilesIn(file.text) : null;
  const standing = await fileStandingOf(table, PROFILES_KEY, file, etag, told !== null);
  const counts = told && (standing === "in-force" || standing === "pending") ? told : instructors;
  return { instructors: byName(counts), etag: file?.etag ?? null, standing, version: etag ?? "" };
}

/**
 * Reads which version of the profiles the table has.
 *
 * @throws Trouble
 */
export async function storedProfilesVersion(table: Items): Promise<string> {
  return (await table.get<{ etag?: string }>("SOURCE#profiles", "LATEST"))?.etag ?? "";
}

function byName(instructors: Instructor[]): Instructor[] {
  return instructors.sort((a, b) => a.name.localeCompare(b.name, "cs"));
}

/** An ETag without its quotes, as the table keeps it. */
export function bare(etag: string): string {
  return etag.replaceAll('"', "");
}
