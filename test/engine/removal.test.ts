import assert from "node:assert/strict";
import { ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, GetPublicAccessBlockCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "../../stack/clients";
import { type EngineStack, startEngineStack } from "./engine-stack";

const ITEM = { PK: { S: "SCHEDULE#2099-01-01" }, SK: { S: "META" } };

describe("taking dev down", function () {
  this.timeout(120_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("dev");
    await engine.up();
    await fill(engine.clients);
  });

  after(() => engine?.stop());

  it("removes all that runs or costs", async () => {
    await engine.destroy();
    assert.deepEqual(await running(engine.clients), []);
  });

  it("keeps the two buckets, still closed to the public, and the table, with all they hold", async () => {
    await assertFilled(engine.clients);
    for (const Bucket of ["goldsport-scheduler-input-dev", "goldsport-scheduler-web-dev"]) {
      const { PublicAccessBlockConfiguration } = await engine.clients.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      assert.equal(PublicAccessBlockConfiguration?.RestrictPublicBuckets, true, Bucket);
    }
  });

  it("makes the next deployment say what stands in its way", async () => {
    await assert.rejects(engine.up(), /(data-table|input-bucket|web-bucket)\): (ResourceInUseException|BucketAlreadyOwnedByYou): /);
  });

  it("is made good by the next deployment, when told to adopt what stayed", async () => {
    await engine.set("adopt", "true");
    const { import: adopted } = await engine.up();
    assert.deepEqual(adopted, [
      "aws:dynamodb/table:Table data-table",
      "aws:s3/bucket:Bucket input-bucket",
      "aws:s3/bucket:Bucket web-bucket",
    ]);
    await assertFilled(engine.clients);
  });

  it("leaves nothing to change after that, whether the setting stays or is taken back", async () => {
    assert.deepEqual(await engine.preview(), {});
    await engine.set("adopt", "false");
    assert.deepEqual(await engine.preview(), {});
  });
});

describe("taking prod down", function () {
  this.timeout(120_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("prod");
    await engine.up();
  });

  after(() => engine?.stop());

  it("is refused, and leaves everything as it is", async () => {
    const before = await running(engine.clients);
    await assert.rejects(engine.destroy(), /protected/);
    assert.deepEqual(await running(engine.clients), before);
    assert.deepEqual(await engine.preview(), {});
  });
});

/** What is there beside buckets and tables. */
async function running({ cloudfront, iam, lambda, logs, sqs }: Clients): Promise<(string | undefined)[]> {
  const found = await Promise.all([
    lambda.send(new ListFunctionsCommand()).then(({ Functions }) => Functions?.map(({ FunctionName }) => FunctionName)),
    iam.send(new ListRolesCommand()).then(({ Roles }) => Roles?.map(({ RoleName }) => RoleName)),
    sqs.send(new ListQueuesCommand()).then(({ QueueUrls }) => QueueUrls),
    logs.send(new DescribeLogGroupsCommand()).then(({ logGroups }) => logGroups?.map(({ logGroupName }) => logGroupName)),
    cloudfront.send(new ListDistributionsCommand()).then(({ DistributionList }) => DistributionList?.Items?.map(({ Id }) => Id)),
  ]);
  return found.flatMap((names) => names ?? []);
}

async function fill({ dynamodb, s3 }: Clients): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: "goldsport-scheduler-input-dev", Key: "kept/upload.txt", Body: "upload" }));
  await s3.send(new PutObjectCommand({ Bucket: "goldsport-scheduler-web-dev", Key: "data/schedule.json", Body: "schedule" }));
  await dynamodb.send(new PutItemCommand({ TableName: "goldsport-scheduler-data-dev", Item: ITEM }));
}

async function assertFilled({ dynamodb, s3 }: Clients): Promise<void> {
  const text = async (Bucket: string, Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  assert.equal(await text("goldsport-scheduler-input-dev", "kept/upload.txt"), "upload");
  assert.equal(await text("goldsport-scheduler-web-dev", "data/schedule.json"), "schedule");
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "goldsport-scheduler-data-dev", Key: ITEM }));
  assert.deepEqual(Item, ITEM);
}
