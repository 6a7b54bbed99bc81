import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { createProxyMiddleware } from "http-proxy-middleware";
import { generate } from "selfsigned";
import { localParts, MINUTE } from "../../common/clock";
import { startChromium } from "../../scripts/chromium";
import { day, ZONE } from "../../website/src/testing/documents";
import { lesson } from "./support/days";
import { eventually } from "./support/screen";
import { publish, siteUrl } from "./support/world";

const DAY = 24 * 60 * MINUTE;

/** A certificate for 127.0.0.1 that is good until this many days from now. */
async function certificate(days: number): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() - 30 * DAY),
    notAfterDate: new Date(Date.now() + days * DAY),
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  return { cert: made.cert, key: made.private };
}

/** What Chromium knows a key by. */
function fingerprint(cert: string): string {
  const key = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}

/** The site over TLS. */
async function serve(identity: { cert: string; key: string }, port = 0): Promise<Server> {
  const proxy = createProxyMiddleware({ target: siteUrl() });
  const server = createServer(identity, (request, response) => void proxy(request, response));
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return server;
}

async function end(server: Server): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
}

describe("a certificate that the browser refuses, as it does an expired one,", () => {
  it("leaves the lessons on the screen, which says since when it is without a connection, until there is a good one", async () => {
    const { date } = localParts(Date.now(), ZONE);
    await publish([day([lesson(1, { start: "00:00", end: "23:59" }, date)], { date })]);
    const good = await certificate(30);
    const expired = await certificate(-1);
    let server = await serve(good);
    const { port } = server.address() as AddressInfo;
    const browser = await startChromium([`--ignore-certificate-errors-spki-list=${fingerprint(good.cert)}`]);
    try {
      const page = await browser.newPage();
      const refused: string[] = [];
      page.on("requestfailed", (request) => refused.push(request.failure()?.errorText ?? ""));
      await page.clock.install({ time: Date.now() });
      await page.goto(`https://127.0.0.1:${port}/?lang=en`);
      await page.waitForSelector(".lesson .name");

      await end(server);
      server = await serve(expired, port);
      await page.clock.runFor(3 * MINUTE);
      await page.waitForSelector(".unheard");
      // Chromium names the gravest objection alone: nobody vouches for this certificate, beside its having expired.
      assert.ok(refused.includes("net::ERR_CERT_AUTHORITY_INVALID"), refused.join());
      assert.equal(await page.locator("main > :last-child .lesson .name").count(), 1);

      await end(server);
      server = await serve(good, port);
      await eventually(async () => {
        await page.clock.runFor(MINUTE / 4);
        assert.equal(await page.locator(".unheard, .band *").count(), 0);
      });
      assert.equal(await page.locator("main > :last-child .lesson .name").count(), 1);
    } finally {
      await browser.close();
      await end(server);
    }
  });
});
