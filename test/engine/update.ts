import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DescribeTableCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetBucketLoggingCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, ListQueueTagsCommand } from "@aws-sdk/client-sqs";
import { execa } from "execa";
import type { EngineStack } from "./engine-stack";

const FUNCTION = "aws:lambda/function:Function engine-function";
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** The rules of a change to a deployed dev: what it does in AWS, and that it does nothing else. Afterwards nothing is left to change. */
export function describeUpdates(stack: () => EngineStack): void {
  describe("an update", () => {
    afterEach(() => {
      stack().intercept = (_type, work) => work();
    });

    it("of the log's retention changes the log group, and nothing else, as its preview says", async () => {
      await stack().set("logRetentionDays", "60");
      const expected = { update: ["aws:cloudwatch/logGroup:LogGroup engine-log"] };
      assert.deepEqual(await stack().preview(), expected);
      assert.deepEqual(await stack().up(), expected);
    });

    it("of a setting of the function, of a queue's tag and of a site file changes these, and nothing else", async () => {
      await stack().set("retentionDays", "60");
      appendFileSync(join(stack().folder, "dist/website/index.html"), "<!-- changed -->\n");
      appendFileSync(
        join(stack().folder, "infrastructure/main.ts"),
        `import { runtime } from "@pulumi/pulumi";
       runtime.registerStackTransformation(({ name, props, opts }) =>
         name === "engine-failures" ? { props: { ...props, tags: { owner: "office" } }, opts } : undefined,
       );`,
      );
      assert.deepEqual(await stack().up(), {
        update: [FUNCTION, "aws:s3/bucketObjectv2:BucketObjectv2 web/index.html", "aws:sqs/queue:Queue engine-failures"],
      });
      assert.deepEqual(await tagsOfQueue(stack()), { owner: "office", project: "goldsport-scheduler", stack: "dev" });
    });

    it("that takes back access logs and a key of one's own ends them, and lets the function read what is under the key", async () => {
      const key = "arn:aws:kms:eu-central-1:000000000000:key/0123abcd";
      await stack().clients.s3.send(new CreateBucketCommand({ Bucket: "the-logs" }));
      await stack().set("accessLogBucket", "the-logs");
      await stack().set("kmsKeyArn", key);
      await stack().up();
      assert.deepEqual(await logTargets(stack()), ["the-logs", "the-logs"]);
      assert.deepEqual(await keys(stack()), [key, key]);
      await stack().set("accessLogBucket", "");
      await stack().set("kmsKeyArn", "");
      await stack().set("formerKmsKeyArns", key);
      await stack().up();
      assert.deepEqual(await logTargets(stack()), [undefined, undefined]);
      assert.ok(!(await keys(stack())).includes(key), String(await keys(stack())));
    });

    it("of one line of the Lambda changes the function, and loses no upload that comes meanwhile", async () => {
      const [before, meanwhile, afterwards] = [days(1, 2), days(3, 4), days(7, 2)];
      await upload(stack(), "profiles.json", { jana: { name: "Jana" } });
      await until("the profile is stored", () => isStored(stack(), "INSTRUCTOR#jana", "PROFILE"));
      appendFileSync(join(stack().folder, "lambda/processor/handler.py"), "# changed\n");
      await execa("npm", ["run", "build"], { cwd: stack().folder });

      let changing = 0;
      stack().intercept = async (type, work) => {
        assert.equal(type, "aws:lambda/function:Function");
        changing += 1;
        await uploadRosters(stack(), before);
        const [result] = await Promise.all([work(), uploadRosters(stack(), meanwhile)]);
        await uploadRosters(stack(), afterwards);
        return result;
      };
      assert.deepEqual(await stack().up(), { update: [FUNCTION] });
      assert.equal(changing, 1);

      for (const date of [...before, ...meanwhile, ...afterwards]) {
        await until(`the roster of ${date} is stored`, () => isStored(stack(), `SCHEDULE#${date}`, "ROSTER"));
      }
      const { failureQueueUrl } = await stack().outputs();
      const queue = new GetQueueAttributesCommand({ QueueUrl: failureQueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] });
      assert.equal((await stack().clients.sqs.send(queue)).Attributes?.ApproximateNumberOfMessages, "0");
    });

    it("leaves nothing to change", async () => {
      assert.deepEqual(await stack().refresh(), {});
      assert.deepEqual(await stack().preview(), {});
    });
  });
}

/** The tags of the failure queue. */
async function tagsOfQueue({ clients, outputs }: EngineStack): Promise<Record<string, string>> {
  const { failureQueueUrl } = await outputs();
  const { Tags = {} } = await clients.sqs.send(new ListQueueTagsCommand({ QueueUrl: failureQueueUrl }));
  return Tags;
}

/** Where each of the two buckets writes who read it. */
function logTargets({ clients }: EngineStack): Promise<(string | undefined)[]> {
  const buckets = ["goldsport-scheduler-input-dev", "goldsport-scheduler-web-dev"];
  return Promise.all(
    buckets.map(async (Bucket) => (await clients.s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled?.TargetBucket),
  );
}

/** The keys of the table and of an object of the website. */
async function keys({ clients: { dynamodb, s3 } }: EngineStack): Promise<(string | undefined)[]> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: "goldsport-scheduler-data-dev" }));
  const { SSEKMSKeyId } = await s3.send(new HeadObjectCommand({ Bucket: "goldsport-scheduler-web-dev", Key: "index.html" }));
  return [Table?.SSEDescription?.KMSMasterKeyArn, SSEKMSKeyId];
}

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
