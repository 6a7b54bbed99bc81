import { type Standing, standingOf } from "../../common/outcomes";
import { contentTypeOf, keyOf, MAX_INSTRUCTOR_FILE_BYTES, type RowCounts } from "../../common/uploads";
import type { Bucket, Replaces } from "./aws/bucket";
import type { Table } from "./aws/table";
import { Trouble } from "./aws/trouble";
import { bare } from "./day/read";

/** What the table says became of an upload. */
export interface UploadRecord {
  key: string;
  etag: string;
  /** ISO 8601, in UTC, to the millisecond. */
  uploaded_at: string;
  uploaded_by: string | null;
  outcome: "accepted" | "rejected" | "stale" | "ignored";
  code: string | null;
  /** A sentence in English. */
  reason: string | null;
  rows: RowCounts | null;
  first_failure: { line: number; reason: string } | null;
  lessons: number;
  participants: number;
  days_changed: number;
  lessons_changed: number;
  participants_changed: number;
  conflicts: number;
  /** Days that are in force and that the screen cannot show. */
  refused_days?: string[];
}

/** Why a file is not even sent. */
export type Unfit = "kind" | "size" | "empty";

/** The largest file of this name that is read, in bytes. */
export function mostBytes(name: string, maxMib: number): number {
  return keyOf(name)?.startsWith("instructors/") ? Math.min(MAX_INSTRUCTOR_FILE_BYTES, maxMib * MEBIBYTE) : maxMib * MEBIBYTE;
}

/** Why a file of this name, and of so many bytes, is not sent; undefined when it is. Larger exports than `maxMib` are not read. */
export function unfit(name: string, size: number, maxMib: number): Unfit | undefined {
  if (keyOf(name) === undefined) return "kind";
  if (size === 0) return "empty";
  return size > mostBytes(name, maxMib) ? "size" : undefined;
}

/** What the wait for an outcome needs. */
export interface Waiting {
  table: Table;
  now: () => number;
  delay: (milliseconds: number) => Promise<void>;
}

/** A file that was sent. */
export interface SentFile {
  key: string;
  etag: string;
  /** When it began to be sent, and when it had been, in milliseconds. */
  from: number;
  until: number;
}

const MEBIBYTE = 1024 ** 2;
const POLL_MS = 500;
/** How long somebody waits before they are told that it takes its time, and how often it is looked then, and for how long. */
const PATIENCE_MS = 120_000;
const SLOW_POLL_MS = 10_000;
const LONGEST_MS = 20 * 60_000;
/** After which it is looked what is in force, as well: not every end of a file is noted down. */
const NOTED_WITHIN_MS = 20_000;
/** For how long a roster that names somebody unknown may still be taken: the profiles that were sent before it may be on their way. */
const RETRIED_WITHIN_MS = 15_000;
/** How far clocks may be apart. */
const SLACK_MS = 5_000;

/**
 * Waits until an upload is processed. A look that fails is followed by the next one.
 *
 * @param onSlow Called when it takes long.
 * @returns What became of it; undefined when nothing ever did.
 * @throws Trouble When nobody is signed in any more.
 */
export async function outcomeOf(waiting: Waiting, sent: SentFile, onSlow: () => void = () => {}): Promise<UploadRecord | undefined> {
  const { now, delay } = waiting;
  let isSlow = false;
  for (;;) {
    const waited = now() - sent.until;
    const found = await lookFor(waiting, sent, waited).catch(forgive);
    const mayStillBeTaken = found?.code === "unknown_instructor" && waited < RETRIED_WITHIN_MS;
    if ((found && !mayStillBeTaken) || waited > LONGEST_MS) return found;
    if (waited > PATIENCE_MS && !isSlow) {
      isSlow = true;
      onSlow();
    }
    await delay(isSlow ? SLOW_POLL_MS : POLL_MS);
  }
}

async function lookFor({ table }: Waiting, sent: SentFile, waited: number): Promise<UploadRecord | undefined> {
  const since = new Date(sent.from - SLACK_MS).toISOString();
  const until = new Date(sent.until + SLACK_MS).toISOString();
  const { key, etag } = { ...sent, etag: bare(sent.etag) };
  const records = await table.query<UploadRecord>("UPLOADS", since, "~");
  const record = records.findLast((one) => one.key === key && one.etag === etag);
  if (record || waited < NOTED_WITHIN_MS) return record;
  const standing = await standingOf(table, { key, etag, since, until });
  return standing && recordOf(sent, standing);
}

/** What became of an upload, as far as it is known where it was not noted down. */
function recordOf({ key, etag, until }: SentFile, { outcome, code, reason }: Standing): UploadRecord {
  const counts = { lessons: 0, participants: 0, days_changed: 0, lessons_changed: 0, participants_changed: 0, conflicts: 0 };
  const told = { outcome, code, reason, rows: null, first_failure: null };
  return { key, etag: bare(etag), uploaded_at: new Date(until).toISOString(), uploaded_by: null, ...told, ...counts };
}

function forgive(error: unknown): undefined {
  if (error instanceof Trouble && (error.kind === "offline" || error.kind === "refused")) return undefined;
  throw error;
}

/** Puts a text as the file under a key. */
export async function putText(bucket: Bucket, now: () => number, key: string, text: string, replaces: Replaces): Promise<SentFile> {
  const from = now();
  const etag = await bucket.put(key, { body: new Blob([text]), type: contentTypeOf(key) }, replaces);
  return { key, etag, from, until: now() };
}

/** The last uploads and what became of them, the newest first. */
export async function lastUploads(table: Table, newest: number): Promise<UploadRecord[]> {
  return table.query<UploadRecord>("UPLOADS", "", undefined, { newest });
}
