import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type AttributeValue, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { contentTypeOf, keyOf, type RowCounts, rosterDate } from "../common/uploads";
import { UserError } from "./command";
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

type Item = Record<string, AttributeValue>;

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
    },
  });
  upload.on("httpUploadProgress", ({ loaded = 0 }) => onProgress(loaded));
  await upload.done();
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
  const since = (LastModified ?? new Date(0)).toISOString().replace("000Z", "");
  const etag = ETag.replaceAll('"', "");
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const outcome = (await acceptance(stack, key, etag, since)) ?? (await rejection(stack, key, since));
    if (outcome !== undefined) {
      return outcome;
    }
    await delay(POLL_MS);
  }
  throw new UserError(
    `${key} was uploaded, and not processed within ${patienceMs / 1000} s: see the log /aws/lambda/${outputs.processorFunctionName} ` +
      `and the queue ${outputs.failureQueueUrl}`,
  );
}

/** Looks at what is in force of the file's kind. */
async function acceptance({ clients, outputs }: Stack, key: string, etag: string, since: string): Promise<Outcome | undefined> {
  const { Item: item } = await clients.dynamodb.send(
    new GetItemCommand({ TableName: outputs.dataTableName, Key: pointerTo(key), ConsistentRead: true }),
  );
  const uploadedAt = item?.uploaded_at?.S ?? "";
  if (item === undefined || uploadedAt < since) {
    return undefined;
  }
  if (item.key?.S === key && item.etag?.S === etag) {
    return { key, outcome: "accepted", reason: undefined, rows: rowCounts(item.rows) };
  }
  const secondLater = new Date(Date.parse(`${since}000Z`) + 1000).toISOString();
  return uploadedAt < secondLater
    ? undefined
    : { key, outcome: "stale", reason: `${item.key?.S}, uploaded ${uploadedAt}, is newer`, rows: undefined };
}

async function rejection({ clients, outputs }: Stack, key: string, since: string): Promise<Outcome | undefined> {
  const { Items = [] } = await clients.dynamodb.send(
    new QueryCommand({
      TableName: outputs.dataTableName,
      KeyConditionExpression: "PK = :rejected AND SK >= :since",
      ExpressionAttributeValues: { ":rejected": { S: "REJECTED" }, ":since": { S: since } },
      ConsistentRead: true,
    }),
  );
  const item = Items.findLast((each) => each.key?.S === key);
  return item === undefined ? undefined : { key, outcome: "rejected", reason: reasonOf(item), rows: rowCounts(item.rows) };
}

/** The key of the item that tells which file is in force. */
function pointerTo(key: string): Item {
  const date = rosterDate(key);
  if (date !== undefined) {
    return { PK: { S: `SCHEDULE#${date}` }, SK: { S: "ROSTER" } };
  }
  return { PK: { S: key.endsWith(".tsv") ? "SOURCE#orders" : "SOURCE#profiles" }, SK: { S: "LATEST" } };
}

function reasonOf(item: Item): string {
  return item.line?.N === undefined ? (item.reason?.S ?? "") : `line ${item.line.N}: ${item.reason?.S}`;
}

function rowCounts(attribute: AttributeValue | undefined): RowCounts | undefined {
  if (attribute?.M === undefined) {
    return undefined;
  }
  const { total, valid, superseded, rejected } = attribute.M;
  return {
    total: Number(total?.N),
    valid: Number(valid?.N),
    superseded: Number(superseded?.N),
    rejected: Object.fromEntries(Object.entries(rejected?.M ?? {}).map(([reason, count]) => [reason, Number(count.N)])),
  };
}
