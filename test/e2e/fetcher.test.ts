import assert from "node:assert/strict";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { stackConfiguration } from "../../infrastructure/configuration";
import { type BookingServer, type Mood, startBookingServer } from "../../local/booking-server";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { verify } from "../../stack/checks";
import { fetchNow } from "../../stack/fetching";
import { published } from "../../stack/published";
import type { Stack } from "../../stack/stack";
import { exportOf } from "./exports";

describe("the function that fetches exports", function () {
  this.timeout(120_000);
  let stack: LocalStack & Stack;
  let server: BookingServer;
  let settings: Record<string, string>;

  before(async () => {
    const started = await startLocalStack({
      retrySeconds: 0.05,
      beside: async ({ certificate, key }) => {
        server = await startBookingServer({ certificate, key, export: exportOf({}), authorization: "Bearer s3cret", slowMs: 300 });
        settings = { "goldsport-scheduler:exportUrl": server.url, "goldsport-scheduler:exportSecret": "/goldsport/export" };
        return settings;
      },
    });
    stack = { ...started, name: "local" };
  });

  after(async () => {
    await server?.stop();
    await stack?.stop();
  });

  const fetched = async (mood: Mood = "well") => {
    server.mood = mood;
    return fetchNow(stack);
  };
  const exportsPut = async () => {
    const { Contents = [] } = await stack.clients.s3.send(new ListObjectsV2Command({ Bucket: stack.outputs.inputBucketName }));
    return Contents.map(({ Key = "" }) => Key).filter((key) => key.startsWith("orders/"));
  };

  it("is what the program says, and so is the rest of the stack", async () => {
    const broken = (await verify(stack, { ...stackConfiguration("local"), ...settings })).filter(({ problem }) => problem !== undefined);
    assert.deepEqual(broken, []);
  });

  it("says so while there is no parameter, and when the server does not take it", async () => {
    const { outcome, what } = await fetched();
    assert.deepEqual([outcome, what], ["failed", "the parameter /goldsport/export cannot be read: ParameterNotFound"]);
    const parameter = { Name: "/goldsport/export", Type: "SecureString", Overwrite: true } as const;
    await stack.clients.ssm.send(new PutParameterCommand({ ...parameter, Value: "Bearer wrong" }));
    assert.deepEqual((await fetched()).what, "the server answers 401: exportSecret is not what it takes");
    await stack.clients.ssm.send(new PutParameterCommand({ ...parameter, Value: "Bearer s3cret" }));
  });

  it("brings an export to the screen, and a changed one again", async () => {
    for (const text of [exportOf({}), exportOf({}, {})]) {
      server.export = text;
      const { outcome, what, key = "" } = await fetched();
      assert.equal(outcome, "changed", what);
      assert.match(key, /^orders\/fetched-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{8}\.tsv$/);
      assert.equal((await published(stack.url, key)).orders?.key, key);
    }
  });

  for (const mood of ["well", "slow", "without-validators"] as const) {
    it(`writes nothing when nothing changed and the server answers ${mood}`, async () => {
      const before = await exportsPut();
      const { outcome, what } = await fetched(mood);
      assert.equal(outcome, "unchanged", what);
      assert.deepEqual(await exportsPut(), before);
    });
  }

  const failures: [Mood, RegExp][] = [
    ["error", /^the server answers 500$/],
    ["half", /^the connection fails: /],
    ["page", /^the server answers with a web page/],
    ["nothing", /^the server answers with nothing$/],
    ["elsewhere", /^the server sends on to https:\/\/example\.org, and only https:\/\/127\.0\.0\.1:\d+ is followed$/],
  ];
  for (const [mood, sentence] of failures) {
    it(`keeps what is shown, and says why, when the server answers with ${mood}`, async () => {
      const before = await exportsPut();
      server.export = exportOf({}, {}, {});
      const { outcome, what } = await fetched(mood);
      assert.equal(outcome, "failed");
      assert.match(what, sentence);
      assert.deepEqual(await exportsPut(), before);
    });
  }

  it("leaves a server alone that asks for it, and asks it no more", async () => {
    assert.equal((await fetched("busy")).what, "the server answers 503, and asks to wait 3600 s");
    const asked = server.asked;
    assert.equal((await fetched("well")).outcome, "waiting");
    assert.equal(server.asked, asked);
  });
});
