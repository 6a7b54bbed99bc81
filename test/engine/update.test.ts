import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DescribeTableCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetBucketLoggingCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { type EngineStack, startEngineStack } from "./engine-stack";

const FUNCTION = "aws:lambda/function:Function engine-function";
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

describe("an update", function () {
  this.timeout(120_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("dev");
    await engine.up();
  });

  after(() => engine?.stop());

  it("of the log's retention changes the log group, and nothing else, as its preview says", async () => {
    await engine.set("logRetentionDays", "60");
    const expected = { update: ["aws:cloudwatch/logGroup:LogGroup engine-log"] };
    assert.deepEqual(await engine.preview(), expected);
    assert.deepEqual(await engine.up(), expected);
  });

  it("of a setting of the function changes the function, and nothing else", async () => {
    await engine.set("retentionDays", "60");
    assert.deepEqual(await engine.up(), { update: [FUNCTION] });
  });

  it("that takes the access logs back ends them", async () => {
    const { s3 } = engine.clients;
    const target = async (Bucket: string) => (await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled?.TargetBucket;
    const buckets = ["goldsport-scheduler-input-dev", "goldsport-scheduler-web-dev"];
    await s3.send(new CreateBucketCommand({ Bucket: "the-logs" }));
    await engine.set("accessLogBucket", "the-logs");
    await engine.up();
    assert.deepEqual(await Promise.all(buckets.map(target)), ["the-logs", "the-logs"]);
    await engine.set("accessLogBucket", "");
    await engine.up();
    assert.deepEqual(await Promise.all(buckets.map(target)), [undefined, undefined]);
    assert.deepEqual(await engine.refresh(), {});
  });

  it("that takes a key of one's own back leaves nothing of the stack's own under it, and lets the function read what is", async () => {
    const key = "arn:aws:kms:eu-central-1:000000000000:key/0123abcd";
    const { dynamodb, s3 } = engine.clients;
    const encryption = async () => [
      (await dynamodb.send(new DescribeTableCommand({ TableName: "goldsport-scheduler-data-dev" }))).Table?.SSEDescription?.KMSMasterKeyArn,
      (await s3.send(new HeadObjectCommand({ Bucket: "goldsport-scheduler-web-dev", Key: "index.html" }))).SSEKMSKeyId,
    ];
    await engine.set("kmsKeyArn", key);
    await engine.up();
    assert.deepEqual(await encryption(), [key, key]);
    await engine.set("kmsKeyArn", "");
    await engine.set("formerKmsKeyArns", key);
    await engine.up();
    assert.ok(!(await encryption()).includes(key), String(await encryption()));
    assert.deepEqual(await engine.preview(), {});
  });

  it("of a tag changes the tags of the resource that has it, and nothing else", async () => {
    appendFileSync(
      join(engine.folder, "infrastructure/main.ts"),
      `import { runtime } from "@pulumi/pulumi";
       runtime.registerStackTransformation(({ name, props, opts }) =>
         name === "engine-failures" ? { props: { ...props, tags: { owner: "office" } }, opts } : undefined,
       );`,
    );
    assert.deepEqual(await engine.up(), { update: ["aws:sqs/queue:Queue engine-failures"] });
  });

  it("of a site file puts that file, and nothing else", async () => {
    appendFileSync(join(engine.folder, "dist/website/index.html"), "<!-- changed -->\n");
    assert.deepEqual(await engine.up(), { update: ["aws:s3/bucketObjectv2:BucketObjectv2 web/index.html"] });
  });

  it("of one line of the Lambda changes the function, and loses no upload that comes meanwhile", async () => {
    const [before, meanwhile, afterwards] = [days(1, 2), days(3, 4), days(7, 2)];
    await upload(engine, "profiles.json", { jana: { name: "Jana" } });
    await until("the profile is stored", () => isStored(engine, "INSTRUCTOR#jana", "PROFILE"));
    appendFileSync(join(engine.folder, "dist/processor/handler.py"), "# changed\n");

    let changing = 0;
    engine.intercept = async (type, work) => {
      assert.equal(type, "aws:lambda/function:Function");
      changing += 1;
      await uploadRosters(engine, before);
      const [result] = await Promise.all([work(), uploadRosters(engine, meanwhile)]);
      await uploadRosters(engine, afterwards);
      return result;
    };
    assert.deepEqual(await engine.up(), { update: [FUNCTION] });
    assert.equal(changing, 1);

    for (const date of [...before, ...meanwhile, ...afterwards]) {
      await until(`the roster of ${date} is stored`, () => isStored(engine, `SCHEDULE#${date}`, "ROSTER"));
    }
    const { failureQueueUrl } = await engine.outputs();
    const queue = new GetQueueAttributesCommand({ QueueUrl: failureQueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] });
    assert.equal((await engine.clients.sqs.send(queue)).Attributes?.ApproximateNumberOfMessages, "0");
  });

  it("leaves nothing to change", async () => {
    assert.deepEqual(await engine.refresh(), {});
    assert.deepEqual(await engine.preview(), {});
  });
});

/** Some dates, `first` days from now and after: the table keeps no roster of a day long past. */
function days(first: number, count: number): string[] {
  const dayMs = 24 * 60 * 60 * 1000;
  return Array.from({ length: count }, (_, index) => new Date(Date.now() + (first + index) * dayMs).toISOString().slice(0, 10));
}

/** Uploads a roster for each date, one after the other. */
async function uploadRosters(engine: EngineStack, dates: string[]): Promise<void> {
  for (const date of dates) {
    await upload(engine, `roster-${date}.json`, { date, assignments: [{ instructor_id: "jana" }] });
  }
}

async function upload({ clients }: EngineStack, file: string, content: unknown): Promise<void> {
  const body = JSON.stringify(content);
  await clients.s3.send(new PutObjectCommand({ Bucket: "goldsport-scheduler-input-dev", Key: `instructors/${file}`, Body: body }));
}

async function isStored({ clients }: EngineStack, PK: string, SK: string): Promise<boolean> {
  const Key = { PK: { S: PK }, SK: { S: SK } };
  const { Item } = await clients.dynamodb.send(new GetItemCommand({ TableName: "goldsport-scheduler-data-dev", Key }));
  return Item !== undefined;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE_MS / 1000} s: ${what}`);
    await delay(POLL_MS);
  }
}
