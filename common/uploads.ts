/** What is uploaded, and what became of it: for commands and for the office's page alike. */

/** What became of the rows of an export. */
export interface RowCounts {
  total: number;
  valid: number;
  superseded: number;
  /** Rejected rows by reason. */
  rejected: Record<string, number>;
}

const ROSTER = /^roster-(\d{4}-\d{2}-\d{2})\.json$/;
const PROFILES = "profiles.json";

/** The largest profiles or roster that are read, in bytes; exports have a setting. */
export const MAX_INSTRUCTOR_FILE_BYTES = 256 * 1024;

/** The metadata of a file that says who uploaded it: who that was is told what became of it, on the office's page. */
export const UPLOADED_BY = "uploaded-by";

/** A text as S3's metadata may hold it: ASCII alone. */
export function asMetadata(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, encodeURIComponent);
}

/** Where the instructors' profiles lie. */
export const PROFILES_KEY = `instructors/${PROFILES}`;

/** Where the roster of a day lies. */
export function rosterKey(date: string): string {
  return `instructors/roster-${date}.json`;
}

/** The key under which a file of this name is uploaded; undefined for a name that is none of an upload's. */
export function keyOf(name: string): string | undefined {
  // Old programs write endings in capital letters; the function knows small ones.
  if (/.\.tsv$/i.test(name)) {
    return `orders/${name.slice(0, -4)}.tsv`;
  }
  return name === PROFILES || ROSTER.test(name) ? `instructors/${name}` : undefined;
}

/** The date of the roster under a key; undefined when it is none. */
export function rosterDate(key: string): string | undefined {
  return ROSTER.exec(fileName(key))?.[1];
}

/** A key's last part. */
export function fileName(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** What a file is served as. */
export function contentTypeOf(key: string): string {
  return key.endsWith(".tsv") ? "text/tab-separated-values; charset=utf-8" : "application/json";
}

/** The files with rosters last: a roster is rejected while the profiles that it names are not in force. */
export function inUploadOrder<File extends { key: string }>(files: readonly File[]): File[] {
  const isRoster = ({ key }: File) => rosterDate(key) !== undefined;
  return [...files.filter((file) => !isRoster(file)), ...files.filter(isRoster)];
}
