import assert from "node:assert/strict";
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeletePublicAccessBlockCommand,
  GetBucketNotificationConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutBucketNotificationConfigurationCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type { EngineStack } from "./engine-stack";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification input-notification";
const INPUT_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock input-public-access";
const WEB_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock web-public-access";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup engine-log";

/** The rules for a deployed dev of which something is changed past Pulumi; afterwards it is as it was. */
export function describeDrift(stack: () => EngineStack): void {
  describe("what is changed by hand", () => {
    const input = { Bucket: "goldsport-scheduler-input-dev" };
    const web = { Bucket: "goldsport-scheduler-web-dev" };

    before(async () => {
      const { s3, logs } = stack().clients;
      await s3.send(new PutBucketNotificationConfigurationCommand({ ...input, NotificationConfiguration: {} }));
      await s3.send(new DeletePublicAccessBlockCommand(input));
      await s3.send(new PutPublicAccessBlockCommand({ ...web, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
      await logs.send(new PutRetentionPolicyCommand({ logGroupName: "/aws/lambda/goldsport-scheduler-engine-dev", retentionInDays: 1 }));
    });

    it("is found by refresh: a notification and a public access block that are gone, another that is half off, a shorter log", async () => {
      assert.deepEqual(await stack().refresh(), { delete: [NOTIFICATION, INPUT_ACCESS], update: [LOG_GROUP, WEB_ACCESS] });
    });

    it("is mended by up, which changes nothing else", async () => {
      assert.deepEqual(await stack().up(), { create: [NOTIFICATION, INPUT_ACCESS], update: [LOG_GROUP, WEB_ACCESS] });
      const { s3 } = stack().clients;
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
      assert.deepEqual(await stack().refresh(), {});
    });
  });
}
