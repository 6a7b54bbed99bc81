/** Counts what runs ask of AWS, on the embedded one, and writes what schools cost to docs/scale.md. */

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { execa } from "execa";
import { fetchOnce } from "../lambda/fetcher/fetch-once";
import { bucketStorage } from "../lambda/fetcher/storage";
import { REGION, startEmulator } from "../local/emulator";
import { clientsFor, ROOT } from "../stack/clients";
import { run } from "../stack/command";
import type { Counted, Requests } from "./costs";
import { scalePage } from "./scale-page";
import { stackResources } from "./stack-resources";

const HERE = __dirname;
const REPOSITORY = resolve(HERE, "..");
const BUCKET = "input";

/** What the processor's runs ask for. */
async function processorRequests(): Promise<Omit<Counted, `a fetch ${string}`>> {
  const PYTHONPATH = ["lambda/processor", "test/processor", "bench"].map((folder) => resolve(REPOSITORY, folder)).join(":");
  const { stdout } = await execa(resolve(REPOSITORY, ".venv/bin/python"), [resolve(HERE, "measure.py"), "requests"], {
    env: { PYTHONPATH },
  });
  return JSON.parse(stdout);
}

/** What fetches ask for. */
async function fetchRequests(): Promise<Pick<Counted, "a fetch that finds a changed export" | "a fetch that finds nothing new">> {
  const { endpoint, certificate, stop } = await startEmulator();
  try {
    const { s3 } = clientsFor({ region: REGION, endpoint, certificate, credentials: ROOT });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await countedFetch(s3, "first");
    return {
      "a fetch that finds a changed export": await countedFetch(s3, "second"),
      "a fetch that finds nothing new": await countedFetch(s3, "second"),
    };
  } finally {
    await stop();
  }
}

async function countedFetch(s3: S3Client, text: string): Promise<Requests> {
  const requests = { s3_writes: 0, s3_reads: 0, write_units: 0, read_units: 0 };
  s3.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        requests[commandName === "PutObjectCommand" ? "s3_writes" : "s3_reads"] += 1;
        return next(args);
      },
    { step: "initialize", name: "countRequests" },
  );
  try {
    await fetchOnce({
      storage: bucketStorage(BUCKET, "fetcher/last.json", s3),
      source: "a school",
      map: async (body) => body,
      get: async () => ({ changed: true, body: Buffer.from(text) }),
    });
    return requests;
  } finally {
    s3.middlewareStack.remove("countRequests");
    s3.middlewareStack.remove("storageClock");
  }
}

if (require.main === module) {
  run(async () => {
    const counted: Counted = { ...(await processorRequests()), ...(await fetchRequests()) };
    writeFileSync(resolve(HERE, "requests.json"), `${JSON.stringify(counted, undefined, 2)}\n`);
    const page = scalePage(counted, await stackResources());
    writeFileSync(resolve(REPOSITORY, "docs", "scale.md"), page);
    console.log(page);
  });
}
