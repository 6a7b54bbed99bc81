import assert from "node:assert/strict";
import { ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, GetPublicAccessBlockCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "../../stack/clients";
import type { EngineStack } from "./engine-stack";

const ITEM = { PK: { S: "SCHEDULE#2099-01-01" }, SK: { S: "META" } };

/** The rules for taking a deployed dev down, and for deploying it again after that. */
export function describeRemoval(stack: () => EngineStack): void {
  describe("taking it down", () => {
    before(() => fill(stack().clients));

    it("removes all that runs or costs", async () => {
      await stack().destroy();
      assert.deepEqual(await running(stack().clients), []);
    });

    it("keeps the two buckets, still closed to the public, and the table, with all they hold", async () => {
      await assertFilled(stack().clients);
      for (const Bucket of ["goldsport-scheduler-input-dev", "goldsport-scheduler-web-dev"]) {
        const { PublicAccessBlockConfiguration } = await stack().clients.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
        assert.equal(PublicAccessBlockConfiguration?.RestrictPublicBuckets, true, Bucket);
      }
    });

    it("makes the next deployment say what stands in its way", async () => {
      await assert.rejects(stack().up(), /(data-table|input-bucket|web-bucket)\): (ResourceInUseException|BucketAlreadyOwnedByYou): /);
    });

    it("is made good by the next deployment, when told to adopt what stayed", async () => {
      await stack().set("adopt", "true");
      const { import: adopted } = await stack().up();
      assert.deepEqual(adopted, [
        "aws:dynamodb/table:Table data-table",
        "aws:s3/bucket:Bucket input-bucket",
        "aws:s3/bucket:Bucket web-bucket",
      ]);
      await assertFilled(stack().clients);
    });

    it("leaves nothing to change after that, whether the setting stays or is taken back", async () => {
      assert.deepEqual(await stack().preview(), {});
      await stack().set("adopt", "false");
      assert.deepEqual(await stack().preview(), {});
    });
  });
}

/** The rule for taking a deployed stack down that is protected. */
export function describeProtection(stack: () => EngineStack): void {
  describe("taking it down", () => {
    it("is refused, and leaves everything as it is", async () => {
      const before = await running(stack().clients);
      await assert.rejects(stack().destroy(), /protected/);
      assert.deepEqual(await running(stack().clients), before);
      assert.deepEqual(await stack().preview(), {});
    });
  });
}

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
