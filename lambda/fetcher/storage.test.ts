import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { bucketStorage } from "./storage";

const MEMORY = { hash: "h", key: "orders/a.tsv", source: "s", pending: true };

describe("bucketStorage", () => {
  let server: Server;
  let s3: S3Client;
  /** What S3 takes for now. */
  let s3Now: Date;

  before(async () => {
    server = createServer((_, response) => {
      const written = new Date(s3Now.getTime() - 80_000);
      response
        .writeHead(200, { date: s3Now.toUTCString(), "last-modified": written.toUTCString(), etag: '"1"' })
        .end(JSON.stringify(MEMORY));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    s3 = new S3Client({ region: "eu-central-1", endpoint, credentials, forcePathStyle: true });
  });
  after(() => {
    s3.destroy();
    server.close();
  });

  for (const hours of [-24 * 365, -1, 0, 1, 24 * 365]) {
    it(`takes the time and all ages from S3, whose clock is ${hours} hours from this machine's`, async () => {
      s3Now = new Date(Math.floor(Date.now() / 1000) * 1000 + hours * 3_600_000);
      const remembered = await bucketStorage("input", "fetcher/last.json", s3).recall();
      assert.deepEqual(remembered, { memory: MEMORY, version: '"1"', ageSeconds: 80, now: s3Now });
      s3.middlewareStack.remove("storageClock");
    });
  }
});
