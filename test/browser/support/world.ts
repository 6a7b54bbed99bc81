/** The stack and the browser that all browser tests share, and what stands in the website bucket's `data/`. */

import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Browser } from "playwright-core";
import type { Day, ScheduleIndex } from "../../../common/documents";
import { type Edge, startEdge } from "../../../local/edge";
import { type LocalStack, startLocalStack } from "../../../local/stack";
import { startChromium } from "../../../scripts/chromium";
import { buildDeployables } from "../../../stack/deployables";
import { indexOf } from "../../../website/src/testing/documents";

let running: { stack: LocalStack; browser: Browser; edge: Edge | undefined; url: string; wasDown: boolean } | undefined;

/** Builds the site, serves it through the embedded CloudFront, and starts the browser. */
export async function startWorld(): Promise<void> {
  const browser = await startChromium();
  try {
    await buildDeployables();
    const stack = await startLocalStack();
    running = { stack, browser, edge: stack.edge, url: stack.url, wasDown: false };
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
  return world().stack;
}

/** Where the website is served; the same for the whole run, so that a page finds the server again after a while. */
export function siteUrl(): string {
  return world().url;
}

/** Whether the server was away during this test. */
export function wasServerDown(): boolean {
  return world().wasDown;
}

/** Puts everything back as a test expects to find it. */
export async function resetWorld(): Promise<void> {
  await bringServerBack();
  await unpublishAll();
  world().wasDown = false;
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
  if (!edge) world().edge = await startEdge(stack.emulator, stack.outputs.websiteUrl, Number(new URL(url).port));
}

/** Publishes exactly these days, as the processor does: the days first, then the index. */
export async function publish(days: Day[], change: Partial<ScheduleIndex> = {}): Promise<void> {
  for (const day of days) await putDocument(`data/days/${day.date}.json`, JSON.stringify(day));
  await putDocument("data/schedule.json", JSON.stringify(indexOf(days, change)));
}

export async function putDocument(path: string, text: string): Promise<void> {
  const { clients, outputs } = stack();
  const type = { ContentType: "application/json", CacheControl: "public, max-age=5" };
  await clients.s3.send(new PutObjectCommand({ Bucket: outputs.websiteBucketName, Key: path, Body: text, ...type }));
}

/** Deletes every published document. */
export async function unpublishAll(): Promise<void> {
  const { clients, outputs } = stack();
  const bucket = { Bucket: outputs.websiteBucketName };
  const { Contents: found = [] } = await clients.s3.send(new ListObjectsV2Command({ ...bucket, Prefix: "data/" }));
  if (found.length === 0) return;
  await clients.s3.send(new DeleteObjectsCommand({ ...bucket, Delete: { Objects: found.map(({ Key }) => ({ Key })) } }));
}
