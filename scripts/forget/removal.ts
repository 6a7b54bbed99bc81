import { setTimeout as delay } from "node:timers/promises";
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { UserError } from "../../stack/command";
import { outcomeText } from "../../stack/outcome-text";
import type { Stack } from "../../stack/stack";
import { outcomeOf } from "../../stack/uploads";
import { searchExport } from "./export-text";
import { type Found, isClean, isInForce, search } from "./found";
import { withoutThem } from "./instructor-files";
import type { Person } from "./names";
import { isExport, type Listed, listUploads, readText } from "./uploads";

const POLL_MS = 200;
const PATIENCE_MS = 120_000;

/** What removing comes to, step by step, for people and for `remove`. */
export interface Plan {
  /** Uploads that are written anew without the person; each starts a run that mends table and documents. */
  rewritten: string[];
  /** Uploads that go: none of them is in force, and writing one anew would put it in force. */
  deleted: string[];
}

/** How what was found is removed. */
export function planOf(found: Found): Plan {
  const instructorFiles = found.instructorFiles.map(({ key }) => key);
  const exports = found.uploads.filter((upload) => isInForce(upload, found.inForce)).map(({ key }) => key);
  const rewritten = [...instructorFiles, ...exports];
  return { rewritten, deleted: found.uploads.map(({ key }) => key).filter((key) => !rewritten.includes(key)) };
}

/**
 * Removes what was found, and waits until nothing of it is left in uploads, table and documents.
 *
 * Older uploads are deleted first. The files in force are then written anew under their keys: the newest upload counts, so the table and
 * the documents follow from them as after any upload.
 *
 * @param tell Called with a line for people.
 * @throws UserError When something of it is left.
 */
export async function remove(stack: Stack, found: Found, tell: (line: string) => void): Promise<void> {
  const { person, wanted, instructorFiles, records } = found;
  requireOthers(found);
  for (const key of planOf(found).deleted) {
    await stack.clients.s3.send(new DeleteObjectCommand({ Bucket: stack.outputs.inputBucketName, Key: key }));
    tell(`${key}: deleted`);
  }
  const ids = wanted.instructors.map(({ id }) => id);
  for (const file of instructorFiles) {
    const text = file.isThere ? await readText(stack, file.key) : undefined;
    await rewrite(stack, file.key, withoutThem(file, text, ids), tell, file.etag);
  }
  for (const { PK, SK } of records) {
    await stack.clients.dynamodb.send(
      new DeleteItemCommand({ TableName: stack.outputs.dataTableName, Key: { PK: { S: PK }, SK: { S: SK } } }),
    );
    tell(`${PK} ${SK}: deleted`);
  }
  await rewriteExport(stack, found, tell);
  await nothingLeft(stack, person, found);
}

/** An export without a row is rejected, and would leave the person in force. */
function requireOthers({ uploads, inForce, others }: Found): void {
  const current = uploads.find((upload) => isInForce(upload, inForce));
  if (current !== undefined && others.length === 0) {
    throw new UserError(
      `${current.key} would be empty without this person, and an empty export is rejected: upload a current export first`,
    );
  }
}

/**
 * Writes the export in force anew. What the office uploads at the same moment would be older than that: it is then written anew as well, so
 * that it stays the newest.
 */
async function rewriteExport(stack: Stack, { person, uploads, inForce, listed }: Found, tell: (line: string) => void): Promise<void> {
  let next: Listed | undefined = uploads.find((upload) => isInForce(upload, inForce));
  let known = listed;
  while (next !== undefined) {
    const { key, etag }: Listed = next;
    const text = await readText(stack, key);
    await rewrite(stack, key, searchExport(text, person)?.rest ?? text, tell, etag);
    const now = await listUploads(stack);
    next = newerThan(known, now, key);
    known = now;
  }
}

function newerThan(known: Listed[], now: Listed[], written: string): Listed | undefined {
  const seen = new Set(known.map(({ key, etag, modified }) => `${key} ${etag} ${modified}`));
  return now
    .filter(({ key, etag, modified }) => isExport(key) && key !== written && !seen.has(`${key} ${etag} ${modified}`))
    .sort((one, other) => one.modified - other.modified)
    .at(-1);
}

/** @param etag Of what is replaced, undefined where nothing is there: nothing that came meanwhile is lost. */
async function rewrite(stack: Stack, key: string, body: string, tell: (line: string) => void, etag: string | undefined): Promise<void> {
  const { clients, outputs } = stack;
  const ContentType = isExport(key) ? "text/tab-separated-values; charset=utf-8" : "application/json";
  const only = etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: `"${etag}"` };
  await clients.s3
    .send(new PutObjectCommand({ Bucket: outputs.inputBucketName, Key: key, Body: body, ContentType, ...only }))
    .catch((error: Error) => {
      throw error.name === "PreconditionFailed" ? new UserError(`${key} was uploaded anew meanwhile: try again`) : error;
    });
  const outcome = await outcomeOf(stack, key);
  tell(`written anew, ${outcomeText(outcome)}`);
  if (outcome.outcome === "rejected") {
    throw new UserError(`${key} was rejected without this person, so table and documents are as they were: upload a current export first`);
  }
}

/** Waits until the runs have mended table and documents. */
async function nothingLeft(stack: Stack, person: Person, { wanted }: Found): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const left = await search(stack, person, wanted);
    if (isClean(left)) {
      return;
    }
    if (Date.now() > deadline) {
      const places = [...left.uploads.map(({ key }) => key), ...[...left.table, ...left.documents].map(({ place }) => place)];
      throw new UserError(`after ${PATIENCE_MS / 1000} s there is still something in ${places.join(", ")}`);
    }
    await delay(POLL_MS);
  }
}
