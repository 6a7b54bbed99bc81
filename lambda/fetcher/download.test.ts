import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, type DownloadOptions, download } from "./download";

const TSV = "id_order\tlevel\r\n1\tlyže\r\n";

describe("download", () => {
  let server: Server;
  let answers: RequestListener[];
  let seen: Record<string, string | string[] | undefined>[];
  let waits: number[];
  let clock: number;

  before(async () => {
    server = createServer((request, response) => {
      seen.push({ url: request.url, ...request.headers });
      (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  beforeEach(() => {
    seen = [];
    waits = [];
    clock = Date.parse("2026-12-27T07:00:00Z");
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  function from(listeners: RequestListener[], options: Partial<DownloadOptions> = {}): Promise<Answer> {
    answers = listeners;
    const { port } = server.address() as AddressInfo;
    return download(`http://127.0.0.1:${port}/export`, {
      headers: {},
      validators: {},
      maxBytes: 1024 ** 2,
      budgetMs: 40_000,
      attemptMs: 5000,
      random: () => 0.5,
      now: () => clock,
      sleep: async (ms) => {
        waits.push(ms);
        clock += ms;
      },
      ...options,
    });
  }

  const well: RequestListener = (_, response) => response.writeHead(200, { etag: '"1"', "last-modified": "Sun" }).end(TSV);
  const status =
    (code: number, headers = {}): RequestListener =>
    (_, response) =>
      response.writeHead(code, headers).end();

  it("asks for what is newer than what is known, and sends what the server wants to see", async () => {
    const validators = { etag: '"1"', lastModified: "Sun" };
    assert.deepEqual(await from([status(304)], { validators, headers: { authorization: "Bearer t" } }), { changed: false });
    const [{ "if-none-match": etag, "if-modified-since": since, authorization } = {}] = seen;
    assert.deepEqual([etag, since, authorization], ['"1"', "Sun", "Bearer t"]);
  });

  it("hands on a file with what the server says of its version", async () => {
    const answer = await from([well]);
    assert.deepEqual(answer, { changed: true, body: Buffer.from(TSV), etag: '"1"', lastModified: "Sun" });
  });

  it("tries again after a growing wait of random length, three times in all", async () => {
    assert.equal((await from([status(500), status(502), well])).changed, true);
    assert.deepEqual(waits, [1000, 2000]);
    await assert.rejects(from([status(500)]), { message: "the server answers 500" });
    assert.equal(seen.length, 6);
  });

  it("waits as long as the server asks, in seconds or until a date, when the run lives as long", async () => {
    await from([status(503, { "retry-after": "7" }), well]);
    const until = (serverClock: number) => {
      const date = (time: number) => new Date(time).toUTCString();
      return from([status(503, { date: date(serverClock), "retry-after": date(serverClock + 9000) }), well]);
    };
    await until(clock);
    // Whatever this machine's clock says.
    await until(clock + 24 * 60 * 60 * 1000);
    assert.deepEqual(waits, [7000, 9000, 9000]);
  });

  it("gives up at once, and says for how long, when the server asks for more", async () => {
    const asked = from([status(503, { "retry-after": "3600" })]);
    await assert.rejects(asked, { message: "the server answers 503, and asks to wait 3600 s", waitSeconds: 3600 });
    assert.deepEqual([seen.length, waits], [1, []]);
  });

  it("reads no more than is allowed of a body without end", async () => {
    let sent = 0;
    const endless: RequestListener = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
      };
      response.on("drain", more);
      more();
    };
    await assert.rejects(from([endless]), { message: "the answer is larger than 1 MiB" });
    assert.ok(sent < 64 * 1024 ** 2, `${sent}`);
  });

  it("takes no half of a file, and no answer that does not come in time", async () => {
    const half: RequestListener = (_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write(TSV, () => response.destroy());
    };
    await assert.rejects(from([half]), { message: "the connection breaks off" });
    await assert.rejects(from([() => {}], { attemptMs: 50 }), { message: "the server does not answer in time" });
  });

  it("follows redirects within the host, and nowhere else", async () => {
    assert.equal((await from([status(302, { location: "/other" }), well])).changed, true);
    assert.equal(seen[1]?.url, "/other");
    await assert.rejects(from([status(302, { location: "https://example.org/x" })]), {
      message: /^the server sends on to https:\/\/example\.org, and only http:\/\/127\.0\.0\.1:\d+ is followed$/,
    });
    await assert.rejects(from([status(302, { location: "/round" })]), { message: "the server sends on more than 5 times" });
  });

  const body =
    (text: string, type = "text/plain"): RequestListener =>
    (_, response) =>
      response.writeHead(200, { "content-type": type }).end(text);
  for (const [what, listener, message] of [
    ["an empty answer", body(" \r\n"), "the server answers with nothing"],
    ["a page by its type", body("id\n", "text/html; charset=utf-8"), "the server answers with a web page, not an export"],
    ["a page by its text", body("\ufeff\n<!DOCTYPE HTML><p>"), "the server answers with a web page, not an export"],
    ["a refusal", status(403), "the server answers 403: exportSecret is not what it takes"],
    ["a wrong address", status(404), "the server answers 404"],
    ["an answer to a question that was not asked", status(304), "the server answers 304"],
  ] as const) {
    it(`refuses ${what}`, () => assert.rejects(from([listener]), { name: "Error", message }));
  }

  it("says nothing of the address when there is no server", async () => {
    const nobody = download("https://127.0.0.1:1/export?token=s3cret", {
      headers: {},
      validators: {},
      maxBytes: 1,
      budgetMs: 0,
      attemptMs: 1000,
    });
    await assert.rejects(nobody, ({ message }: Error) => /^the (connection|server)/.test(message) && !message.includes("s3cret"));
  });
});
