import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { resourceName } from "../../infrastructure/names";
import { distributionReadStatement, type Statement, tlsOnlyStatement } from "../../infrastructure/policies";
import { type Check, checksOf, type Deployed, equal, unlessMissing } from "./check";

const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`;

/** What holds of each bucket of the stack. */
function hardening(nameOf: (deployed: Deployed) => string): Record<string, Check["holds"]> {
  return {
    "is in the account": async (deployed) => {
      const { Buckets } = await deployed.clients.s3.send(new ListBucketsCommand({}));
      equal(
        Buckets?.some(({ Name }) => Name === nameOf(deployed)),
        true,
      );
      await deployed.clients.s3.send(new HeadBucketCommand({ Bucket: nameOf(deployed) }));
    },
    "has no versions": async (deployed) => {
      const { Status } = await deployed.clients.s3.send(new GetBucketVersioningCommand({ Bucket: nameOf(deployed) }));
      equal(Status, undefined);
    },
    "is closed to the public": async (deployed) => {
      const answer = await unlessMissing(deployed.clients.s3.send(new GetPublicAccessBlockCommand({ Bucket: nameOf(deployed) })));
      equal(answer?.PublicAccessBlockConfiguration, {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      });
    },
    "belongs to its owner alone": async (deployed) => {
      const answer = await unlessMissing(deployed.clients.s3.send(new GetBucketOwnershipControlsCommand({ Bucket: nameOf(deployed) })));
      equal(
        answer?.OwnershipControls?.Rules?.map((rule) => rule.ObjectOwnership),
        ["BucketOwnerEnforced"],
      );
    },
    "is encrypted": async (deployed) => {
      const answer = await unlessMissing(deployed.clients.s3.send(new GetBucketEncryptionCommand({ Bucket: nameOf(deployed) })));
      const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
      const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
      const { kmsKeyArn } = deployed.settings;
      equal([SSEAlgorithm, KMSMasterKeyID], [kmsKeyArn === undefined ? "AES256" : "aws:kms", kmsKeyArn]);
    },
    "logs access where told": async (deployed) => {
      const { LoggingEnabled } = await deployed.clients.s3.send(new GetBucketLoggingCommand({ Bucket: nameOf(deployed) }));
      equal(LoggingEnabled?.TargetBucket, deployed.settings.accessLogBucket);
    },
    "drops unfinished uploads after a day": async (deployed) => {
      const [days] = (await lifecycle(deployed, nameOf)).flatMap((rule) => rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? []);
      equal(days, 1);
    },
  };
}

export const inputBucketChecks: Check[] = checksOf("input bucket", {
  "is named after the environment": async ({ outputs, settings }) => equal(outputs.inputBucketName, resourceName("input", settings.env)),
  ...hardening(({ outputs }) => outputs.inputBucketName),
  "refuses plain HTTP, and has no other rule": async (deployed) => {
    const { inputBucketName } = deployed.outputs;
    equal(await policy(deployed, inputBucketName), [tlsOnlyStatement(bucketArn(inputBucketName))]);
  },
  "deletes uploads when their time is over": async (deployed) => {
    const rules = await lifecycle(deployed, ({ outputs }) => outputs.inputBucketName);
    equal(
      rules.flatMap((rule) => rule.Expiration?.Days ?? []),
      [deployed.settings.inputRetentionDays],
    );
  },
  "calls the function for orders/ and instructors/, and for nothing else": async ({ clients, outputs }) => {
    const answer = await clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: outputs.inputBucketName }));
    const calls = (answer.LambdaFunctionConfigurations ?? []).map(({ LambdaFunctionArn, Events, Filter }) => ({
      LambdaFunctionArn,
      Events,
      rules: Filter?.Key?.FilterRules?.map(({ Name, Value }) => `${Name?.toLowerCase()} ${Value}`),
    }));
    equal(
      calls.sort((a, b) => String(a.rules).localeCompare(String(b.rules))),
      ["instructors/", "orders/"].map((prefix) => ({
        LambdaFunctionArn: outputs.processorFunctionArn,
        Events: ["s3:ObjectCreated:*"],
        rules: [`prefix ${prefix}`],
      })),
    );
  },
});

export const websiteBucketChecks: Check[] = checksOf("website bucket", {
  "is named after the environment": async ({ outputs, settings }) => equal(outputs.websiteBucketName, resourceName("web", settings.env)),
  ...hardening(({ outputs }) => outputs.websiteBucketName),
  "has index.html for its index document": async ({ clients, outputs }) => {
    const answer = await unlessMissing(clients.s3.send(new GetBucketWebsiteCommand({ Bucket: outputs.websiteBucketName })));
    equal(answer?.IndexDocument?.Suffix, "index.html");
  },
  "is read by its distribution alone, and refuses plain HTTP": async (deployed) => {
    const { websiteBucketName, distributionId } = deployed.outputs;
    const arn = bucketArn(websiteBucketName);
    const account = deployed.outputs.processorFunctionArn.split(":")[4];
    const reader = distributionReadStatement(arn, `arn:aws:cloudfront::${account}:distribution/${distributionId}`);
    equal(await policy(deployed, websiteBucketName), [tlsOnlyStatement(arn), reader]);
  },
});

async function policy({ clients }: Deployed, bucket: string): Promise<Statement[] | undefined> {
  const answer = await unlessMissing(clients.s3.send(new GetBucketPolicyCommand({ Bucket: bucket })));
  return answer?.Policy === undefined ? undefined : JSON.parse(answer.Policy).Statement;
}

async function lifecycle(deployed: Deployed, nameOf: (deployed: Deployed) => string) {
  const command = new GetBucketLifecycleConfigurationCommand({ Bucket: nameOf(deployed) });
  return (await unlessMissing(deployed.clients.s3.send(command)))?.Rules ?? [];
}
