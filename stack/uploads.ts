import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { type Standing, standingOf } from "../common/outcomes";
import { asMetadata, contentTypeOf, keyOf, type RowCounts, UPLOADED_BY } from "../common/uploads";
import { UserError } from "./command";
import { itemsOf } from "./items";
import type { Stack } from "./stack";

/** A file on its way to the input bucket. */
export interface OutgoingFile {
  /** Where it belongs in the bucket. */
  key: string;
  body: Uint8Array;
}

/** What became of an uploaded file. */
export interface Outcome {
  key: string;
  outcome: "accepted" | "rejected" | "stale";
  /** Why it was rejected, or what is in force instead. */
  reason: string | undefined;
  /** Of an accepted export: what became of its rows. */
  rows: RowCounts | undefined;
}

const POLL_MS = 50;
const PATIENCE_MS = 120_000;

/**
 * Reads a file and finds its place in the input bucket from its name.
 *
 * @throws UserError When it cannot be read, or is none of what is uploaded.
 */
export function outgoing(path: string): OutgoingFile {
  const key = keyOf(basename(path));
  if (key === undefined) {
    throw new UserError(`${path} is not an upload: it must be an export (*.tsv), profiles.json or roster-YYYY-MM-DD.json`);
  }
  return { key, body: bytesOf(path) };
}

/**
 * Reads a file.
 *
 * @throws UserError When it is not there or cannot be read.
 */
export function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(code === "ENOENT" ? `${path} does not exist` : `${path} cannot be read: ${code}`);
  }
}

/**
 * Puts a file into the input bucket.
 *
 * @param onProgress Told of the bytes sent so far.
 */
export async function send({ clients, outputs }: Stack, file: OutgoingFile, onProgress: (bytes: number) => void = () => {}): Promise<void> {
  const upload = new Upload({
    client: clients.s3,
    params: {
      Bucket: outputs.inputBucketName,
      Key: file.key,
      Body: file.body,
      ContentType: contentTypeOf(file.key),
      Metadata: { [UPLOADED_BY]: asMetadata(operator()) },
    },
  });
  upload.on("httpUploadProgress", ({ loaded = 0 }) => onProgress(loaded));
  await upload.done();
}

/** Who runs this command, as the office's list of uploads tells it: the user, and the machine. */
function operator(): string {
  const { USER, LOGNAME, USERNAME } = process.env;
  return [USER ?? LOGNAME ?? USERNAME ?? "somebody", hostname()].join("@");
}

/**
 * Waits until the newest upload of `key` is processed, and tells what became of it.
 *
 * @throws UserError When nothing became of it in time.
 */
export async function outcomeOf(stack: Stack, key: string, patienceMs = PATIENCE_MS): Promise<Outcome> {
  const { clients, outputs } = stack;
  const { ETag = "", LastModified } = await clients.s3.send(new HeadObjectCommand({ Bucket: outputs.inputBucketName, Key: key }));
  // S3 tells the second of an upload, the table the millisecond.
  const second = LastModified ?? new Date(0);
  const until = new Date(second.getTime() + 1000).toISOString();
  const sent = { key, etag: ETag.replaceAll('"', ""), since: second.toISOString(), until };
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const standing = await standingOf(itemsOf(stack), sent);
    if (standing !== undefined) {
      return { key, outcome: standing.outcome, reason: reasonOf(standing), rows: standing.rows ?? undefined };
    }
    await delay(POLL_MS);
  }
  throw new UserError(
    `${key} was uploaded, and not processed within ${patienceMs / 1000} s: see the log /aws/lambda/${outputs.processorFunctionName} ` +
      `and the queue ${outputs.failureQueueUrl}`,
  );
}

function reasonOf({ line, reason }: Standing): string | undefined {
  return line === null ? (reason ?? undefined) : `line ${line}: ${reason}`;
}
