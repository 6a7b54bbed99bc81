/** What became of an upload, as the table tells it: docs/formats.md. */

import type { Items } from "./items";
import { type RowCounts, rosterDate } from "./uploads";

/** An upload that somebody waits for. */
export interface Sent {
  key: string;
  /** Without quotes. */
  etag: string;
  /** The time in which it was stored, ISO 8601 in UTC. */
  since: string;
  until: string;
}

/** What became of an upload. */
export interface Standing {
  outcome: "accepted" | "rejected" | "stale";
  /** A word for the reason of a rejection. */
  code: string | null;
  /** Why it was rejected, in English, or what is in force instead. */
  reason: string | null;
  /** The first line that fails. */
  line: number | null;
  /** Of an export. */
  rows: RowCounts | null;
}

interface Pointer {
  key: string;
  etag: string;
  uploaded_at: string;
  rows?: RowCounts | null;
}

/** A file that the function rejected, and that no later file of its kind has made up for. */
export interface RejectedFile extends Pointer {
  /** A word for programs. */
  code: string;
  /** A sentence for people. */
  reason: string;
  /** The first line that fails; null where no line is to blame. */
  line: number | null;
  rows: RowCounts | null;
}

/**
 * Looks what became of an upload: whether it is in force, something newer is, or it was rejected.
 *
 * @returns undefined as long as it is none of that.
 */
export async function standingOf(items: Items, { key, etag, since, until }: Sent): Promise<Standing | undefined> {
  const inForce = await items.get<Pointer>(...pointerTo(key));
  const told = { code: null, reason: null, line: null, rows: null };
  if (inForce !== undefined && inForce.uploaded_at >= since) {
    if (inForce.key === key && inForce.etag === etag) return { ...told, outcome: "accepted", rows: inForce.rows ?? null };
    if (inForce.uploaded_at >= until) {
      return { ...told, outcome: "stale", reason: `${inForce.key}, uploaded ${inForce.uploaded_at}, is newer` };
    }
  }
  const rejections = await items.query<RejectedFile>("REJECTED", since, "~");
  const rejected = rejections.filter((each) => each.key === key && each.etag === etag).pop();
  return rejected && { outcome: "rejected", code: rejected.code, reason: rejected.reason, line: rejected.line, rows: rejected.rows };
}

/** Whether the function has rejected this very file. */
export async function isRejected(items: Items, key: string, etag: string): Promise<boolean> {
  return (await items.query<RejectedFile>("REJECTED", "")).some((file) => file.key === key && file.etag === etag);
}

/** The key of the item that tells which file is in force. */
export function pointerTo(key: string): [partition: string, sortKey: string] {
  const date = rosterDate(key);
  if (date !== undefined) return [`SCHEDULE#${date}`, "ROSTER"];
  return [key.endsWith(".tsv") ? "SOURCE#orders" : "SOURCE#profiles", "LATEST"];
}
