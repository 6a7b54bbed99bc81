/** The stack and the browser that all browser tests share, and what stands in its buckets and its table. */

import { BatchWriteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Browser } from "playwright-core";
import type { Day, ScheduleIndex } from "../../../common/documents";
import { stackConfiguration } from "../../../infrastructure/configuration";
import { type Edge, startEdge } from "../../../local/edge";
import { type LocalStack, officeOf, startLocalStack } from "../../../local/stack";
import { startChromium } from "../../../scripts/chromium";
import { buildDeployables } from "../../../stack/deployables";
import { indexOf } from "../../../website/src/testing/documents";

/** The office's users: who sets up a second factor has to be somebody else than those of other files. */
export const CLERKS = ["jana@example.com", "anna@example.com", "eva@example.com"] as const;

const SETTINGS = { "goldsport-scheduler:officeUsers": CLERKS.join(", ") };

let running:
  | { stack: LocalStack; browser: Browser; edge: Edge | undefined; url: string; wasDown: boolean; isPublished: boolean }
  | undefined;

/** Builds the site, serves it through the embedded CloudFront, and starts the browser. */
export async function startWorld(): Promise<void> {
  const browser = await startChromium();
  try {
    await buildDeployables();
    const stack = await startLocalStack({ config: SETTINGS });
    running = { stack, browser, edge: stack.edge, url: stack.url, wasDown: false, isPublished: false };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

export async function stopWorld(): Promise<void> {
  if (!running) return;
  const { stack, browser, edge } = running;
  running = undefined;
  await browser.close();
  // When a test has replaced the edge, the stack only knows the first one, whose end is no error.
  if (edge && edge !== stack.edge) await edge.stop();
  await stack.stop();
}

function world() {
  if (!running) throw new Error("the world is not running: mocha has to require test/browser/support/setup.ts");
  return running;
}

export function browser(): Browser {
  return world().browser;
}

export function stack(): LocalStack {
  const { stack, edge = stack.edge } = world();
  return { ...stack, edge };
}

/** Where the website is served; the same for the whole run, so that a page finds the server again after a while. */
export function siteUrl(): string {
  return world().url;
}

/** Whether the server was away during this test. */
export function wasServerDown(): boolean {
  return world().wasDown;
}

/** Puts back, as a test expects to find it, what the functions of this file have changed. */
export async function resetWorld(): Promise<void> {
  await bringServerBack();
  if (world().isPublished) await unpublishAll();
  world().wasDown = false;
}

/** Leaves the stack as nobody has used it, but for its users: for those who upload something. */
export async function emptyStack(): Promise<void> {
  const { clients, outputs } = stack();
  const table = outputs.dataTableName;
  await deleteObjects(outputs.inputBucketName);
  for (;;) {
    // As many as are deleted with one request.
    const { Items: items = [] } = await clients.dynamodb.send(
      new ScanCommand({ TableName: table, ProjectionExpression: "PK, SK", Limit: 25 }),
    );
    if (items.length === 0) break;
    const deletions = items.map((Key) => ({ DeleteRequest: { Key } }));
    await clients.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: deletions } }));
  }
  await unpublishAll();
}

/** Takes the server away: from now on nothing answers at the site's address. */
export async function takeServerDown(): Promise<void> {
  await world().edge?.stop();
  world().edge = undefined;
  world().wasDown = true;
}

/** Brings the server back to its address. */
export async function bringServerBack(): Promise<void> {
  const { stack, url, edge } = world();
  if (edge) return;
  const { emulator, outputs } = stack;
  const office = officeOf(outputs, stackConfiguration("local"));
  world().edge = await startEdge(emulator, outputs.websiteUrl, Number(new URL(url).port), office);
}

/** Publishes exactly these days, as the processor does: the days first, then the index. */
export async function publish(days: Day[], change: Partial<ScheduleIndex> = {}): Promise<void> {
  for (const day of days) await putDocument(`data/days/${day.date}.json`, JSON.stringify(day));
  await putDocument("data/schedule.json", JSON.stringify(indexOf(days, change)));
}

export async function putDocument(path: string, text: string): Promise<void> {
  const { clients, outputs } = stack();
  world().isPublished = true;
  const type = { ContentType: "application/json", CacheControl: "public, max-age=5" };
  await clients.s3.send(new PutObjectCommand({ Bucket: outputs.websiteBucketName, Key: path, Body: text, ...type }));
}

/** Deletes every published document. */
export async function unpublishAll(): Promise<void> {
  await deleteObjects(stack().outputs.websiteBucketName, "data/");
  world().isPublished = false;
}

async function deleteObjects(Bucket: string, Prefix = ""): Promise<void> {
  const { s3 } = stack().clients;
  const { Contents: found = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  if (found.length === 0) return;
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: found.map(({ Key }) => ({ Key })) } }));
}
