import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { paginateScan } from "@aws-sdk/client-dynamodb";
import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { search } from "../../scripts/forget/found";
import { remove } from "../../scripts/forget/removal";
import { outcomeOf } from "../../stack/uploads";
import { asDeployed, type Deployed } from "./deployed";
import { exportOf, type Row, tomorrow } from "./exports";

const PATIENCE_MS = 30_000;

const DATE = tomorrow();
const ROSTER = `instructors/roster-${DATE}.json`;
const ANNA: Partial<Row> = { id_order: "1", name_sponsor: "Novák Petr", name_participant: "Anna" };
const EVA: Partial<Row> = { id_order: "2", name_sponsor: "Svoboda Jan", name_participant: "Eva", booking_id: "b2" };

const PETR = { name: "Petr Velký", phone: "1", levels: ["lyže pokročilý"], active: false, absences: [DATE] };
const PETRS = { instructor_id: "petr", booking_ids: ["none"], marks: [{ lesson_id: "x", start: "09:00" }] };

describe("operations", function () {
  this.timeout(120_000);
  let stack: LocalStack;
  let deployed: Deployed;

  before(async () => {
    stack = await startLocalStack({ stack: "dev", retrySeconds: 0.05 });
    deployed = asDeployed(stack);
  });

  after(() => stack?.stop());

  it("fetches nothing where there is nothing to fetch from, and says how to set it", async () => {
    const sentence = 'the stack "dev" fetches no export: set exportUrl, and deploy it';
    assert.deepEqual(await deployed.script("fetch.ts", "--stack", "dev"), { exitCode: 1, output: sentence });
  });

  describe("redrive", () => {
    const isTold = /^orders\/in vain\.tsv, given up|^orders\/in vain\.tsv: /m;

    it("says that there is nothing to do", async () => {
      assert.deepEqual(await deployed.script("redrive.ts", "--stack", "dev"), { exitCode: 0, output: "the failure queue is empty" });
    });

    it("shows each event, and leaves in the queue what fails again", async () => {
      const policy = await takeAwayTable();
      await upload("orders/in vain.tsv", exportOf(ANNA));
      await until(async () => (await waiting()) === 1);
      const { exitCode, output } = await deployed.script("redrive.ts", "--stack", "dev");
      assert.equal(exitCode, 1);
      assert.match(output, isTold);
      assert.match(output, /it failed again: .*AccessDenied/);
      assert.match(output, /1 of 1 events failed again and stay in the queue/);
      assert.equal(await waiting(), 1);
      await giveBackTable(policy);
    });

    it("runs the events, and takes from the queue those that succeed", async () => {
      await stack.clients.sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.failureQueueUrl, MessageBody: "not an event" }));
      const { exitCode, output } = await deployed.script("redrive.ts", "--stack", "dev");
      assert.match(output, isTold);
      assert.match(output, /orders\/in vain\.tsv: accepted, 1 rows \(1 valid\)/);
      assert.match(output, /the message holds no event of the function/);
      assert.equal(exitCode, 1);
      assert.equal(await waiting(), 1);
      await stack.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: stack.outputs.failureQueueUrl }));
    });
  });

  describe("forget", () => {
    before(async () => {
      await upload("instructors/profiles.json", JSON.stringify({ jana: {} }), { "uploaded-by": "office@example.com" });
      await until(async () => (await everything()).includes("'jana'.name must be"));
      await delay(1000);
      await accepted("orders/older.tsv", exportOf({ ...ANNA, timestamp_end_lesson: `${DATE}T10:50:00Z` }, EVA));
      await accepted("orders/current.tsv", exportOf(ANNA, { ...EVA, note: "friend of Petr Novák" }));
      await upload("orders/error-page.tsv", "<html>The order of Petr Novák cannot be exported</html>");
      await accepted("instructors/profiles.json", JSON.stringify({ jana: { name: "Jana Malá" }, petr: PETR }));
      const assignments = [{ instructor_id: "jana", booking_ids: ["b2"] }, PETRS];
      await accepted(ROSTER, JSON.stringify({ date: DATE, assignments }));
      await until(async () => (await everything()).includes('"name":"Jana Malá","photo"'));
    });

    it("says that nobody is held", async () => {
      const { exitCode, output } = await deployed.script("forget.ts", "--stack", "dev", "--name", "Nobody Known");
      assert.deepEqual({ exitCode, output }, { exitCode: 0, output: "nothing is held of Nobody Known" });
    });

    it("shows where a sponsor is held, and removes nothing unless somebody confirms", async () => {
      const before = await everything();
      const { exitCode, output } = await deployed.script("forget.ts", "--stack", "dev", "--name", "Petr Novák");
      assert.equal(exitCode, 1);
      assert.match(output, /nobody is there to confirm: say --yes/);
      for (const line of ["orders/older.tsv: 1 row", "orders/current.tsv: 1 row, 1 note", "orders/error-page.tsv: the name"]) {
        assert.ok(output.includes(line), `${line} in\n${output}`);
      }
      assert.match(output, new RegExp(`SCHEDULE#${DATE} LESSON#.+: Anna, No\\.Pe\\.$`, "m"));
      assert.match(output, new RegExp(`data/days/${DATE}\\.json .+: Anna, No\\.Pe\\.$`, "m"));
      assert.equal(await everything(), before);
    });

    it("removes a sponsor from uploads, table and documents, and nobody else", async () => {
      const { exitCode, output } = await deployed.script("forget.ts", "--stack", "dev", "--name", "Petr Novák", "--yes");
      assert.equal(exitCode, 0, output);
      const left = await everything();
      assert.doesNotMatch(left, /Nov[aá]k|Anna|No\.Pe\./);
      assert.match(left, /Svoboda Jan/);
      assert.match(left, /"name":"Eva"/);
      assert.match(left, /Petr Velký/);
      assert.deepEqual(
        (await keys()).filter((key) => key.startsWith("orders/")),
        ["orders/current.tsv"],
      );
    });

    it("keeps the newest export in force, which an older one written anew would not", async () => {
      assert.equal((await outcomeOf({ ...stack, name: "dev" }, "orders/current.tsv")).outcome, "accepted");
      assert.match(await everything(), /"lessons":1,/);
    });

    it("keeps in force what is uploaded meanwhile, without the person", async () => {
      const reached = { ...stack, name: "dev" };
      await accepted("orders/current.tsv", exportOf(ANNA, EVA));
      const found = await search(reached, { name: "Petr Novák" });
      await accepted("orders/meanwhile.tsv", exportOf(ANNA, EVA, { ...EVA, name_participant: "Ota" }));
      const told: string[] = [];
      await remove(reached, found, (line) => told.push(line));
      assert.deepEqual(told, [
        "written anew, orders/current.tsv: accepted, 1 rows (1 valid)",
        "written anew, orders/meanwhile.tsv: accepted, 2 rows (2 valid)",
      ]);
      assert.doesNotMatch(await everything(), /Nov[aá]k|Anna|No\.Pe\./);
      await until(async () => (await everything()).includes('"name":"Ota"'));
    });

    it("waits for nothing: an export that is not processed yet has to be first", async () => {
      const policy = await takeAwayTable();
      await delay(1000);
      await upload("orders/not-yet.tsv", exportOf(ANNA, EVA));
      const reached = { ...stack, name: "dev" };
      await assert.rejects(
        search(reached, { name: "Petr Novák" }),
        /^Error: orders\/not-yet\.tsv is not processed yet: try again in a minute/,
      );
      await giveBackTable(policy);
      await accepted("orders/current.tsv", exportOf(EVA));
      await remove(reached, await search(reached, { name: "Petr Novák" }), () => {});
    });

    it("removes an instructor from profiles, rosters, lessons and records, and leaves all else that those files say", async () => {
      const { exitCode, output } = await deployed.script("forget.ts", "--stack", "dev", "--name", "Jana Malá", "--yes");
      assert.equal(exitCode, 0, output);
      const left = await everything();
      assert.doesNotMatch(left, /jana/i);
      assert.match(left, /"instructor":null/);
      assert.deepEqual(JSON.parse(await text("instructors/profiles.json")), { petr: PETR });
      assert.deepEqual(JSON.parse(await text(ROSTER)), { date: DATE, assignments: [PETRS] });
    });

    it("refuses to empty the export in force, which would be rejected", async () => {
      const { exitCode, output } = await deployed.script("forget.ts", "--stack", "dev", "--name", "Jan Svoboda", "--yes");
      assert.equal(exitCode, 1);
      assert.match(output, /orders\/\S+ would be empty without this person/);
    });
  });

  describe("deploy", () => {
    const chosen = "stack select --create dev";
    const deployDev = (...options: string[]) => deployed.script("deploy.ts", "--stack", "dev", ...options);

    beforeEach(() => deployed.startAsking());

    it("makes the stack where there is none, has Pulumi show and ask, with what was changed by hand, and verifies what is there then", async () => {
      const { exitCode, output } = await deployDev();
      assert.equal(exitCode, 0, output);
      assert.deepEqual(deployed.asked(), [chosen, "up --stack dev --refresh"]);
      assert.match(output, /all \d+ rules hold/);
    });

    it("deploys without being asked when told so, and verifies nothing that could not be deployed", async () => {
      const { exitCode, output } = await deployed.failingAt("up", () => deployDev("--yes"));
      assert.equal(exitCode, 1);
      assert.match(output, /^pulumi up went no further: the reason is above$/m);
      assert.deepEqual(deployed.asked(), [chosen, "up --stack dev --refresh --yes"]);
      assert.doesNotMatch(output, /rules/);
    });

    it("asks for settings where a stack has none", async () => {
      const { exitCode, output } = await deployed.script("deploy.ts", "--stack", "school/nowhere");
      assert.equal(exitCode, 1);
      assert.equal(
        output,
        'there are no settings for "school/nowhere": copy Pulumi.prod.yaml to Pulumi.nowhere.yaml, and give it an env of its own',
      );
      assert.deepEqual(deployed.asked(), []);
    });
  });

  for (const file of ["redrive.ts", "forget.ts"]) {
    it(`${file} does not know a stack that is not deployed, and says so in a sentence`, async () => {
      const { exitCode, output } = await deployed.script(file, "--stack", "nowhere", ...(file === "forget.ts" ? ["--name", "Anna"] : []));
      assert.equal(exitCode, 1);
      assert.equal(output, `Pulumi knows no deployed stack "nowhere": no stack named 'nowhere' found`);
    });
  }

  async function upload(Key: string, Body: string, Metadata: Record<string, string> = {}): Promise<void> {
    await stack.clients.s3.send(new PutObjectCommand({ Bucket: stack.outputs.inputBucketName, Key, Body, Metadata }));
  }

  async function text(Key: string): Promise<string> {
    const { Body } = await stack.clients.s3.send(new GetObjectCommand({ Bucket: stack.outputs.inputBucketName, Key }));
    return (await Body?.transformToString()) ?? "";
  }

  async function accepted(key: string, body: string): Promise<void> {
    await upload(key, body);
    const { outcome, reason } = await outcomeOf({ ...stack, name: "dev" }, key);
    assert.equal(outcome, "accepted", reason);
  }

  async function takeAwayTable(): Promise<string> {
    const grant = { RoleName: stack.outputs.processorFunctionName, PolicyName: "data-read-write" };
    const { PolicyDocument = "" } = await stack.clients.iam.send(new GetRolePolicyCommand(grant));
    await stack.clients.iam.send(new DeleteRolePolicyCommand(grant));
    return decodeURIComponent(PolicyDocument);
  }

  async function giveBackTable(PolicyDocument: string): Promise<void> {
    const grant = { RoleName: stack.outputs.processorFunctionName, PolicyName: "data-read-write" };
    await stack.clients.iam.send(new PutRolePolicyCommand({ ...grant, PolicyDocument }));
  }

  async function waiting(): Promise<number> {
    const queue = { QueueUrl: stack.outputs.failureQueueUrl, AttributeNames: ["ApproximateNumberOfMessages" as const] };
    return Number((await stack.clients.sqs.send(new GetQueueAttributesCommand(queue))).Attributes?.ApproximateNumberOfMessages);
  }

  async function keys(Bucket = stack.outputs.inputBucketName, Prefix = ""): Promise<string[]> {
    const { Contents = [] } = await stack.clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  /** All that the stack holds of people, as one text. */
  async function everything(): Promise<string> {
    const { inputBucketName, websiteBucketName, dataTableName } = stack.outputs;
    const objects = [
      ...(await keys()).map((Key) => ({ Bucket: inputBucketName, Key })),
      ...(await keys(websiteBucketName, "data/")).map((Key) => ({ Bucket: websiteBucketName, Key })),
    ];
    const texts = objects.map(async (object) => (await stack.clients.s3.send(new GetObjectCommand(object))).Body?.transformToString());
    const parts = await Promise.all(texts);
    for await (const { Items = [] } of paginateScan({ client: stack.clients.dynamodb }, { TableName: dataTableName })) {
      parts.push(...Items.map((item) => JSON.stringify(item)).sort());
    }
    return parts.join("\n");
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `it did not happen within ${PATIENCE_MS / 1000} s`);
    await delay(50);
  }
}
