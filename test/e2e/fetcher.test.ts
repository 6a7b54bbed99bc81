import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "node:path";
import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { type BookingServer, type Mood, startBookingServer } from "../../local/booking-server";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { verify } from "../../stack/checks";
import { fetchNow } from "../../stack/fetching";
import { mappingAt } from "../../stack/mapped";
import { type PublishedIndex, published } from "../../stack/published";
import type { Stack } from "../../stack/stack";
import { outcomeOf, send } from "../../stack/uploads";
import { asDeployed, type Deployed } from "./deployed";
import { exportOf } from "./exports";
import { type MappedDays, mappedDays } from "./mapped-days";
import { toldOf } from "./told";

describe("the import", function () {
  this.timeout(120_000);
  let stack: LocalStack & Stack;
  let deployed: Deployed;
  let server: BookingServer;

  before(async () => {
    const started = await startLocalStack({
      retrySeconds: 0.05,
      beside: async ({ certificate, key }) => {
        server = await startBookingServer({ certificate, key, export: exportOf({}), authorization: "Bearer s3cret", slowMs: 300 });
        return {
          "goldsport-scheduler:exportUrl": server.url,
          "goldsport-scheduler:exportSecret": "/goldsport/export",
          // The embedded AWS calls the function by itself too: here once a day, so that it is out of the way.
          "goldsport-scheduler:openingHours": "00:00-00:01",
        };
      },
    });
    stack = { ...started, name: "local" };
    deployed = asDeployed(started);
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
    const broken = (await verify(stack, stack.settings)).filter(({ problem }) => problem !== undefined);
    assert.deepEqual(broken, []);
  });

  it("says so while there is no parameter, and when the server does not take it", async () => {
    const { outcome, what } = await fetched();
    assert.deepEqual([outcome, what], ["failed", "the parameter /goldsport/export cannot be read: ParameterNotFound"]);
    const parameter = { Name: "/goldsport/export", Type: "SecureString", Overwrite: true } as const;
    await stack.clients.ssm.send(new PutParameterCommand({ ...parameter, Value: "Bearer wrong" }));
    const { exitCode, output } = await deployed.script("fetch.ts", "--stack", "dev");
    assert.deepEqual([exitCode, output], [1, "nothing was fetched: the server answers 401: exportSecret is not what it takes"]);
    await stack.clients.ssm.send(new PutParameterCommand({ ...parameter, Value: "Bearer s3cret" }));
  });

  it("brings an export to the screen, and a changed one again", async () => {
    for (const text of [exportOf({}), exportOf({}, {})]) {
      server.export = text;
      const { outcome, what, key = "" } = await fetched();
      assert.equal(outcome, "changed", what);
      assert.match(key, /^orders\/fetched-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{8}\.tsv$/);
      assert.equal((await published(stack.url, key)).orders?.key, key);
      assert.deepEqual(await toldOf(stack, key), { uploaded_by: "fetcher", outcome: "accepted" });
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
    ["half", /^the connection breaks off$/],
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

  it("says on the command line why nothing was fetched, and what became of what was", async () => {
    const before = await exportsPut();
    server.mood = "page";
    const page = await deployed.script("fetch.ts", "--stack", "dev");
    assert.equal(page.exitCode, 1);
    assert.match(page.output, /^nothing was fetched: the server answers with a web page[^\n]*$/);
    assert.deepEqual(await exportsPut(), before);
    server.mood = "well";
    const well = await deployed.script("fetch.ts", "--stack", "dev");
    assert.equal(well.exitCode, 0);
    assert.match(well.output, /^changed: a new export of \d+ bytes\norders\/fetched-\S+\.tsv: accepted, 3 rows \(3 valid\)$/);
  });

  it("leaves a server alone that asks for it, and asks it no more", async () => {
    assert.equal((await fetched("busy")).what, "the server answers 503, and asks to wait 3600 s");
    const asked = server.asked;
    assert.equal((await fetched("well")).outcome, "waiting");
    assert.equal(server.asked, asked);
  });

  describe("of another system's export", () => {
    let days: MappedDays;
    let wanted: unknown[];

    /** What is shown of the days, but for how often and when it was written. */
    const shown = () =>
      Promise.all(
        days.dates.map(async (date) => {
          const { revision, generated_at, ...rest } = await (await fetch(`${stack.url}/data/days/${date}.json`)).json();
          return rest;
        }),
      );
    /** How many people a published index has on the days. */
    const participants = (index: PublishedIndex) =>
      days.dates.map((wantedDate) => index.days.find(({ date }) => date === wantedDate)?.participants);
    const uploaded = async (name: string, body: Uint8Array) => {
      const key = `orders/${name}`;
      await send(stack, { key, body });
      assert.equal((await outcomeOf(stack, key)).outcome, "accepted");
      return published(stack.url, key);
    };

    before(async () => {
      days = mappedDays(stack.emulator.folder, new Date());
      assert.deepEqual(participants(await uploaded("day.tsv", readFileSync(days.tsv))), [9, 4]);
      wanted = await shown();
    });

    for (const [place, what] of ["CSV in windows-1250", "XLSX", "TSV in UTF-16"].entries()) {
      it(`shows the same days when it is ${what} as when it is ours`, async () => {
        assert.deepEqual(participants(await uploaded("other.tsv", Buffer.from(exportOf({})))), [0, 0]);
        const { file, mapping } = days.systems[place] as MappedDays["systems"][number];
        const { exitCode, output } = await deployed.script("upload.ts", file, "--mapping", mapping, "--stack", "dev");
        assert.equal(exitCode, 0, output);
        const key = `orders/${parse(file).name}.tsv`;
        assert.match(output, new RegExp(`^${key}: accepted, 13 rows \\(13 valid\\)$`, "m"));
        await published(stack.url, key);
        assert.deepEqual(await shown(), wanted);
      });
    }

    it("shows the same days when it is fetched, as exportMapping says", async () => {
      assert.deepEqual(participants(await uploaded("other.tsv", Buffer.from(exportOf({})))), [0, 0]);
      const [, workbook] = days.systems;
      const { fetcherFunctionName: FunctionName } = stack.outputs;
      const { Environment } = await stack.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const Variables = { ...Environment?.Variables, EXPORT_MAPPING: JSON.stringify(mappingAt(workbook?.mapping ?? "")) };
      await stack.clients.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
      server.export = readFileSync(workbook?.file ?? "");
      const { outcome, what, key = "" } = await fetched();
      assert.equal(outcome, "changed", what);
      await published(stack.url, key);
      assert.deepEqual(await shown(), wanted);
    });
  });
});
