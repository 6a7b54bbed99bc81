import assert from "node:assert/strict";
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeletePublicAccessBlockCommand,
  GetBucketNotificationConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutBucketNotificationConfigurationCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { type EngineStack, startEngineStack } from "./engine-stack";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification input-notification";
const INPUT_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock input-public-access";
const WEB_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock web-public-access";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup engine-log";

describe("what is changed by hand", function () {
  this.timeout(120_000);
  let engine: EngineStack;
  const input = { Bucket: "goldsport-scheduler-input-dev" };
  const web = { Bucket: "goldsport-scheduler-web-dev" };

  before(async () => {
    engine = await startEngineStack("dev");
    await engine.up();
    const { s3, logs } = engine.clients;
    await s3.send(new PutBucketNotificationConfigurationCommand({ ...input, NotificationConfiguration: {} }));
    await s3.send(new DeletePublicAccessBlockCommand(input));
    await s3.send(new PutPublicAccessBlockCommand({ ...web, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: "/aws/lambda/goldsport-scheduler-engine-dev", retentionInDays: 1 }));
  });

  after(() => engine?.stop());

  it("is found by refresh: a notification and a public access block that are gone, another that is half off, a shorter log", async () => {
    assert.deepEqual(await engine.refresh(), { delete: [NOTIFICATION, INPUT_ACCESS], update: [LOG_GROUP, WEB_ACCESS] });
  });

  it("is mended by up, which changes nothing else", async () => {
    assert.deepEqual(await engine.up(), { create: [NOTIFICATION, INPUT_ACCESS], update: [LOG_GROUP, WEB_ACCESS] });
    const { s3 } = engine.clients;
    const listening = await s3.send(new GetBucketNotificationConfigurationCommand(input));
    assert.equal(listening.LambdaFunctionConfigurations?.length, 2);
    for (const bucket of [input, web]) {
      const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand(bucket));
      assert.deepEqual(PublicAccessBlockConfiguration, {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    assert.deepEqual(await engine.refresh(), {});
  });
});
