import assert from "node:assert/strict";
import { hostname } from "node:os";
import { PutPublicAccessBlockCommand } from "@aws-sdk/client-s3";
import { stackConfiguration } from "../../infrastructure/configuration";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { verify } from "../../stack/checks";
import { published } from "../../stack/published";
import { sampleSeason } from "../../stack/sample";
import type { Stack } from "../../stack/stack";
import { type Outcome, outcomeOf, send } from "../../stack/uploads";
import { exportOf, type Row, tomorrow } from "./exports";
import { toldOf } from "./told";

/** Where MiniStack would listen for devices. */
const IOT_PORT = 8883;

describe("the stack on the embedded AWS", function () {
  this.timeout(60_000);
  let stack: LocalStack & Stack;

  before(async () => {
    stack = { ...(await startLocalStack({ retrySeconds: 0.05 })), name: "local" };
  });

  after(() => stack?.stop());

  const upload = async (key: string, text: string): Promise<Outcome> => {
    await send(stack, { key, body: Buffer.from(text) });
    return outcomeOf(stack, key);
  };
  const fetchJson = async (path: string) => (await fetch(`${stack.url}/${path}`)).json() as Promise<Day>;

  it("is what the program and its settings say", async () => {
    const broken = (await verify(stack, stackConfiguration("local"))).filter(({ problem }) => problem !== undefined);
    assert.deepEqual(broken, []);
  });

  it("listens to this machine alone", async function () {
    if (process.platform !== "linux") {
      this.skip();
    }
    // There, all of 127.0.0.0/8 is this machine: at this address only those answer who listen to every network.
    const others = [stack.endpoint, stack.url, `http://127.0.0.1:${IOT_PORT}`].map((url) => url.replace("127.0.0.1", "127.0.0.2"));
    for (const url of others) {
      await assert.rejects(fetch(url), ({ cause }: Error) => (cause as NodeJS.ErrnoException).code === "ECONNREFUSED", url);
    }
  });

  it("says 404 with a page before the first upload, and never an empty answer", async () => {
    const answer = await fetch(`${stack.url}/data/schedule.json`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /<html/);
  });

  it("turns an export into the day that CloudFront serves", async () => {
    const { outcome, rows } = await upload("orders/first.tsv", exportOf(lessonOf("Eva Malá"), lessonOf("Jan Malý")));
    assert.deepEqual([outcome, rows], ["accepted", { total: 2, valid: 2, superseded: 0, rejected: {} }]);
    const { days } = await published(stack.url, "orders/first.tsv");
    assert.deepEqual(
      days.map(({ date, lessons, participants }) => ({ date, lessons, participants })),
      [{ date: tomorrow(), lessons: 1, participants: 2 }],
    );
    const { lessons } = await fetchJson(days[0]?.path ?? "");
    assert.deepEqual(
      lessons[0]?.participants.map(({ name, sponsor }) => `${name} ${sponsor}`),
      ["Eva No.Pe.", "Jan No.Pe."],
    );
  });

  it("publishes a whole season, each of its rows", async () => {
    const [season] = sampleSeason(tomorrow(), "Europe/Prague").files;
    const { rows } = await upload("orders/season.tsv", season?.body ?? "");
    const { days } = await published(stack.url, "orders/season.tsv");
    const participants = days.reduce((sum, day) => sum + day.participants, 0);
    assert.equal(days.length, 35);
    assert.equal(participants, (rows?.valid ?? 0) - (rows?.superseded ?? 0));
  });

  it("tells the office whose an upload by command was, and what became of it", async () => {
    await upload("orders/by-command.tsv", exportOf({}));
    const { uploaded_by: who, outcome } = await toldOf(stack, "orders/by-command.tsv");
    assert.equal(outcome, "accepted");
    assert.match(who, new RegExp(`^\\S+@${hostname()}$`));
  });

  it("gives lessons their instructor from a roster, whichever came first", async () => {
    await upload("instructors/profiles.json", JSON.stringify({ jana: { name: "Jana" } }));
    const assignments = [{ instructor_id: "jana", booking_ids: ["b-1"] }];
    await upload(`instructors/roster-${tomorrow()}.json`, JSON.stringify({ date: tomorrow(), assignments }));
    await upload("orders/booked.tsv", exportOf({ ...lessonOf("Eva Malá"), booking_id: "b-1" }));
    const { days } = await published(stack.url, "orders/booked.tsv");
    const { lessons } = await fetchJson(days[0]?.path ?? "");
    assert.equal(lessons[0]?.instructor?.name, "Jana");
  });

  it("rejects a broken file with its reason, and goes on showing what it showed", async () => {
    const before = await (await fetch(`${stack.url}/data/schedule.json`)).text();
    const { outcome, reason } = await upload("orders/error.tsv", "<!doctype html><title>Session expired</title>");
    assert.equal(outcome, "rejected");
    assert.match(reason ?? "", /header/i);
    assert.equal(await (await fetch(`${stack.url}/data/schedule.json`)).text(), before);
  });

  it("serves documents that a display asks for again within a minute", async () => {
    const { headers } = await fetch(`${stack.url}/data/schedule.json`);
    assert.match(headers.get("cache-control") ?? "", /max-age=([0-9]|[1-5][0-9])$/);
    assert.match(headers.get("content-type") ?? "", /^application\/json/);
    const again = await fetch(`${stack.url}/data/schedule.json`, { headers: { "if-none-match": headers.get("etag") ?? "" } });
    assert.equal(again.status, 304);
  });

  it("is found out by verify when someone changes it by hand", async () => {
    await stack.clients.s3.send(
      new PutPublicAccessBlockCommand({
        Bucket: stack.outputs.inputBucketName,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: false,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
    const broken = (await verify(stack, stackConfiguration("local"))).filter(({ problem }) => problem !== undefined);
    assert.deepEqual(
      broken.map(({ part, rule }) => `${part} ${rule}`),
      ["input bucket is closed to the public"],
    );
  });
});

interface Day {
  lessons: { participants: { name: string; sponsor: string }[]; instructor: { name: string } | null }[];
}

function lessonOf(participant: string): Partial<Row> {
  return { name_participant: participant };
}
