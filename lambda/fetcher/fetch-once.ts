import { createHash } from "node:crypto";
import { type Answer, FetchError, type Validators } from "./download";

/** What is known of the export that was put last. */
export interface Memory extends Validators {
  /** SHA-256 of what was put. */
  hash: string;
  /** Where it was put. */
  key: string;
  /** What it was fetched from and mapped by: with another source, what is remembered says nothing. */
  source: string;
  /** Claimed, and not known to have been put. */
  pending: boolean;
  /** Until when the server asks to be left alone; ISO 8601. */
  notBefore?: string;
}

/** What is remembered, with what it takes to replace it. */
export interface Remembered {
  memory: Memory | undefined;
  /** The version of what is remembered; undefined when there is nothing. */
  version: string | undefined;
  /** Seconds since it was written, and the time now, both by the storage's clock: this machine's may be wrong. */
  ageSeconds: number;
  now: Date;
}

/** Where fetched exports go, and where it is remembered what was fetched. */
export interface Storage {
  recall(): Promise<Remembered>;
  /** Replaces what is remembered. @returns The new version; undefined when another run replaced it first. */
  remember(memory: Memory, version: string | undefined): Promise<string | undefined>;
  put(key: string, body: Uint8Array): Promise<void>;
}

export interface FetchJob {
  storage: Storage;
  /** Names the address and the mapping. */
  source: string;
  get(validators: Validators): Promise<Answer>;
  /** Turns what was fetched into an export of ours. @throws When it cannot. */
  map(body: Uint8Array): Promise<Uint8Array>;
}

/** What came of a fetch. */
export interface FetchResult {
  outcome: "changed" | "unchanged" | "busy" | "waiting" | "failed";
  /** In one sentence. */
  what: string;
  /** Where a changed export was put. */
  key?: string;
  /** Its size. */
  bytes?: number;
}

/** Longer than a run can live: a claim that is older belongs to one that died. */
export const CLAIM_SECONDS = 90;

/** However long a server asks to be left alone: somebody may have mistyped it. */
const MOST_WAIT_SECONDS = 6 * 60 * 60;

/**
 * Fetches the export once, and puts it where it belongs when it is another than the last.
 *
 * Two runs at once never put an older export over a newer: before it puts one, a run claims the memory, and only one of two can. A run that
 * dies in between leaves a claim, and the next one after it fetches and puts in any case: an export may be put twice, and is never lost.
 *
 * @throws Whatever the storage throws.
 */
export async function fetchOnce(job: FetchJob): Promise<FetchResult> {
  const { storage } = job;
  const { memory, version, ageSeconds, now } = await storage.recall();
  if (memory?.pending && ageSeconds < CLAIM_SECONDS) {
    return { outcome: "busy", what: "another fetch is at it" };
  }
  if (memory?.notBefore !== undefined && memory.source === job.source && new Date(memory.notBefore) > now) {
    return { outcome: "waiting", what: `the server asks to be left alone until ${memory.notBefore}` };
  }
  const last = memory !== undefined && memory.source === job.source && !memory.pending ? memory : undefined;
  try {
    const answer = await job.get(last === undefined ? {} : validatorsOf(last));
    if (!answer.changed) {
      return { outcome: "unchanged", what: "the server has nothing newer" };
    }
    const body = await job.map(answer.body);
    const hash = createHash("sha256").update(body).digest("hex");
    if (last?.hash === hash) {
      return { outcome: "unchanged", what: "the server sends what it sent last" };
    }
    return await putClaimed(
      storage,
      { ...validatorsOf(answer), hash, key: keyAt(now, hash), source: job.source, pending: true },
      body,
      version,
    );
  } catch (error) {
    if (!(error instanceof FetchError)) {
      throw error;
    }
    await heed(job, error, { memory, version, ageSeconds, now });
    return { outcome: "failed", what: error.message };
  }
}

async function putClaimed(storage: Storage, claim: Memory, body: Uint8Array, version: string | undefined): Promise<FetchResult> {
  const claimed = await storage.remember(claim, version);
  if (claimed === undefined) {
    return { outcome: "busy", what: "another fetch was faster" };
  }
  await storage.put(claim.key, body);
  await storage.remember({ ...claim, pending: false }, claimed);
  return { outcome: "changed", what: `a new export of ${body.byteLength} bytes`, key: claim.key, bytes: body.byteLength };
}

/** Remembers until when to leave the server alone, when that is longer than a run waits. */
async function heed({ storage, source }: FetchJob, { waitSeconds }: FetchError, { memory, version, now }: Remembered): Promise<void> {
  if (waitSeconds > 0) {
    const notBefore = new Date(now.getTime() + Math.min(waitSeconds, MOST_WAIT_SECONDS) * 1000).toISOString();
    const blank: Memory = { hash: "", key: "", source, pending: false };
    await storage.remember({ ...(memory?.source === source ? memory : blank), notBefore }, version);
  }
}

function validatorsOf({ etag, lastModified }: Validators): Validators {
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

/** Says when it was fetched; two in a second differ in what they hold. */
function keyAt(now: Date, hash: string): string {
  return `orders/fetched-${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z-${hash.slice(0, 8)}.tsv`;
}
