import { contentTypeOf, keyOf, type RowCounts } from "../../common/uploads";
import type { Bucket, Replaces } from "./aws/bucket";
import type { Table } from "./aws/table";
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
}

/** Why a file is not even sent. */
export type Unfit = "kind" | "size" | "empty";

/** Why a file of this name, and of so many bytes, is not sent; undefined when it is. Larger ones than `maxMib` are not read. */
export function unfit(name: string, size: number, maxMib: number): Unfit | undefined {
  if (keyOf(name) === undefined) return "kind";
  if (size === 0) return "empty";
  return size > maxMib * MEBIBYTE ? "size" : undefined;
}

/** What the wait for an outcome needs. */
export interface Waiting {
  table: Table;
  now: () => number;
  delay: (milliseconds: number) => Promise<void>;
}

const MEBIBYTE = 1024 ** 2;
const POLL_MS = 500;
const PATIENCE_MS = 120_000;
/** How far clocks may be apart. */
const SLACK_MS = 5_000;

/**
 * Waits until an upload is processed.
 *
 * @param since When it was sent, in milliseconds.
 * @returns What became of it; undefined when nothing did in two minutes.
 * @throws Trouble
 */
export async function outcomeOf(
  { table, now, delay }: Waiting,
  key: string,
  etag: string,
  since: number,
): Promise<UploadRecord | undefined> {
  const from = new Date(since - SLACK_MS).toISOString();
  const deadline = since + PATIENCE_MS;
  do {
    const records = await table.query<UploadRecord>("UPLOADS", from, "~");
    const found = records.findLast((record) => record.key === key && record.etag === bare(etag));
    if (found !== undefined) return found;
    await delay(POLL_MS);
  } while (now() < deadline);
  return undefined;
}

/** Puts a text as the file under a key. */
export async function putText(bucket: Bucket, key: string, text: string, replaces: Replaces): Promise<string> {
  return bucket.put(key, { body: new Blob([text]), type: contentTypeOf(key) }, replaces);
}

/** The last uploads and what became of them, the newest first. */
export async function lastUploads(table: Table, newest: number): Promise<UploadRecord[]> {
  return table.query<UploadRecord>("UPLOADS", "", undefined, { newest });
}
