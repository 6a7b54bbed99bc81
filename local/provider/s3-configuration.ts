import {
  DeleteBucketLifecycleCommand,
  DeleteBucketWebsiteCommand,
  type Event,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketWebsiteCommand,
  type LambdaFunctionConfiguration,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketWebsiteCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { s3 as awsS3 } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type LifecycleArgs = Inputs<awsS3.BucketLifecycleConfigurationArgs>;
type LoggingArgs = Inputs<awsS3.BucketLoggingArgs>;
type NotificationArgs = Inputs<awsS3.BucketNotificationArgs>;
type WebsiteArgs = Inputs<awsS3.BucketWebsiteConfigurationArgs>;
type Listener = NonNullable<NotificationArgs["lambdaFunctions"]>[number];
type Rule = NonNullable<LifecycleArgs["rules"]>[number];

const lifecycle = handler<awsS3.BucketLifecycleConfigurationArgs>({
  inputs: ["bucket", "rules"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putLifecycle(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: id })));
    return found && { inputs: { bucket: id, rules: found.Rules?.map(ruleOf) }, outputs: {} };
  },

  async update({ s3 }, _id, news) {
    await putLifecycle(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteBucketLifecycleCommand({ Bucket: id })));
  },
});

const website = handler<awsS3.BucketWebsiteConfigurationArgs>({
  inputs: ["bucket", "indexDocument", "errorDocument"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putWebsite(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketWebsiteCommand({ Bucket: id })));
    if (found === undefined) {
      return undefined;
    }
    const websiteDomain = `s3-website.${await s3.config.region()}.amazonaws.com`;
    return {
      inputs: {
        bucket: id,
        indexDocument: found.IndexDocument && { suffix: found.IndexDocument.Suffix ?? "" },
        errorDocument: found.ErrorDocument && { key: found.ErrorDocument.Key ?? "" },
      },
      outputs: { websiteDomain, websiteEndpoint: `${id}.${websiteDomain}` },
    };
  },

  async update({ s3 }, _id, news) {
    await putWebsite(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteBucketWebsiteCommand({ Bucket: id })));
  },
});

const notification = handler<awsS3.BucketNotificationArgs>({
  inputs: ["bucket", "lambdaFunctions"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putNotification(s3, inputs.bucket, inputs.lambdaFunctions),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: id })));
    const listeners = found?.LambdaFunctionConfigurations ?? [];
    return listeners.length === 0 ? undefined : { inputs: { bucket: id, lambdaFunctions: listeners.map(listenerOf) }, outputs: {} };
  },

  async update({ s3 }, id, news) {
    await putNotification(s3, id, news.lambdaFunctions);
  },

  async delete({ s3 }, id) {
    await unlessGone(putNotification(s3, id, []));
  },
});

const logging = handler<awsS3.BucketLoggingArgs>({
  inputs: ["bucket", "targetBucket", "targetPrefix"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putLogging(s3, inputs),

  async read({ s3 }, id) {
    const found = (await unlessGone(s3.send(new GetBucketLoggingCommand({ Bucket: id }))))?.LoggingEnabled;
    return found && { inputs: { bucket: id, targetBucket: found.TargetBucket, targetPrefix: found.TargetPrefix }, outputs: {} };
  },

  async update({ s3 }, _id, news) {
    await putLogging(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new PutBucketLoggingCommand({ Bucket: id, BucketLoggingStatus: {} })));
  },
});

/** What S3 does with a bucket's objects: expire them, serve them, tell of them, and of who asked for them. */
export const handlers = {
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": lifecycle,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": website,
  "aws:s3/bucketNotification:BucketNotification": notification,
  "aws:s3/bucketLogging:BucketLogging": logging,
};

async function putLifecycle(s3: S3Client, { bucket, rules = [] }: LifecycleArgs): Promise<string> {
  const Rules = rules.map(
    (rule): LifecycleRule => ({
      ID: rule.id,
      Status: rule.status as "Enabled" | "Disabled",
      Filter: { Prefix: rule.filter?.prefix ?? rule.prefix ?? "" },
      Expiration: rule.expiration && { Days: rule.expiration.days },
      AbortIncompleteMultipartUpload: rule.abortIncompleteMultipartUpload && {
        DaysAfterInitiation: rule.abortIncompleteMultipartUpload.daysAfterInitiation,
      },
      NoncurrentVersionExpiration: rule.noncurrentVersionExpiration && {
        NoncurrentDays: rule.noncurrentVersionExpiration.noncurrentDays,
      },
    }),
  );
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules } }));
  return bucket;
}

function ruleOf(rule: LifecycleRule): Rule {
  return {
    id: rule.ID ?? "",
    status: rule.Status ?? "",
    filter: rule.Filter && { prefix: rule.Filter.Prefix },
    expiration: rule.Expiration && { days: rule.Expiration.Days },
    abortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload && {
      daysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation,
    },
    noncurrentVersionExpiration: rule.NoncurrentVersionExpiration && {
      noncurrentDays: rule.NoncurrentVersionExpiration.NoncurrentDays ?? 0,
    },
  };
}

async function putWebsite(s3: S3Client, { bucket, indexDocument, errorDocument }: WebsiteArgs): Promise<string> {
  const WebsiteConfiguration = {
    IndexDocument: indexDocument && { Suffix: indexDocument.suffix },
    ErrorDocument: errorDocument && { Key: errorDocument.key },
  };
  await s3.send(new PutBucketWebsiteCommand({ Bucket: bucket, WebsiteConfiguration }));
  return bucket;
}

async function putLogging(s3: S3Client, { bucket, targetBucket, targetPrefix }: LoggingArgs): Promise<string> {
  const LoggingEnabled = { TargetBucket: targetBucket, TargetPrefix: targetPrefix };
  await s3.send(new PutBucketLoggingCommand({ Bucket: bucket, BucketLoggingStatus: { LoggingEnabled } }));
  return bucket;
}

async function putNotification(s3: S3Client, bucket: string, listeners: Listener[] = []): Promise<string> {
  const LambdaFunctionConfigurations = listeners.map(
    (listener): LambdaFunctionConfiguration => ({
      Id: listener.id,
      LambdaFunctionArn: listener.lambdaFunctionArn,
      Events: listener.events as Event[],
      Filter: {
        Key: {
          FilterRules: [
            ...(listener.filterPrefix === undefined ? [] : [{ Name: "prefix" as const, Value: listener.filterPrefix }]),
            ...(listener.filterSuffix === undefined ? [] : [{ Name: "suffix" as const, Value: listener.filterSuffix }]),
          ],
        },
      },
    }),
  );
  await s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: { LambdaFunctionConfigurations } }),
  );
  return bucket;
}

function listenerOf(configuration: LambdaFunctionConfiguration): Listener {
  const rules = configuration.Filter?.Key?.FilterRules ?? [];
  const filter = (name: string) => rules.find((rule) => rule.Name?.toLowerCase() === name)?.Value;
  return {
    id: configuration.Id,
    lambdaFunctionArn: configuration.LambdaFunctionArn,
    events: configuration.Events ?? [],
    filterPrefix: filter("prefix"),
    filterSuffix: filter("suffix"),
  };
}
