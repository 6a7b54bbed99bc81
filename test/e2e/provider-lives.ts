import { asset } from "@pulumi/pulumi";
import { REGION } from "../../local/emulator";
import type { Properties } from "../../local/provider/values";

export const LAMBDA_TRUST = statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
export const ARN = "arn:aws:";
const ACCOUNT = `${REGION}:000000000000`;

/** One type of resource: how it is made, and how it is changed in place, where it can be. */
export interface Life {
  type: string;
  inputs: Properties;
  change?: Properties;
  /**
   * The id by which an import finds it.
   * @default that of the resource
   */
  id?: string;
  /** What an import puts before the resource's id. @default nothing */
  idPrefix?: string;
}

/** All that belong to the bucket, queue, function, role and topic `school`, and more. */
export const LIVES: Life[] = [
  { type: "aws:s3/bucket:Bucket", inputs: { bucket: "other" }, change: { tags: { owner: "office" } } },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    inputs: { bucket: "school", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    change: { blockPublicAcls: false },
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    inputs: { bucket: "school", rule: { objectOwnership: "BucketOwnerEnforced" } },
    change: { rule: { objectOwnership: "BucketOwnerPreferred" } },
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    inputs: { bucket: "school", policy: refusal("s3:*", `${ARN}s3:::school/*`) },
    change: { policy: refusal("s3:GetObject", `${ARN}s3:::school/*`) },
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    inputs: { bucket: "school", rules: [expiry(30)] },
    change: { rules: [expiry(10)] },
  },
  {
    type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    inputs: { bucket: "school", indexDocument: { suffix: "index.html" } },
    change: { errorDocument: { key: "404.html" } },
  },
  {
    type: "aws:s3/bucketNotification:BucketNotification",
    inputs: { bucket: "school", lambdaFunctions: [listener("orders/")] },
    change: { lambdaFunctions: [listener("orders/"), listener("instructors/")] },
  },
  {
    type: "aws:s3/bucketLogging:BucketLogging",
    inputs: { bucket: "school", targetBucket: "school-logs", targetPrefix: "school/" },
    change: { targetPrefix: "other/" },
  },
  {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    inputs: { bucket: "school", key: "a.html", source: new asset.StringAsset("<p>"), contentType: "text/html", cacheControl: "no-cache" },
    change: { source: new asset.StringAsset("<p>changed"), cacheControl: "max-age=60" },
  },
  {
    type: "aws:dynamodb/table:Table",
    inputs: { name: "data", hashKey: "PK", attributes: [{ name: "PK", type: "S" }], billingMode: "PAY_PER_REQUEST" },
    change: { ttl: { attributeName: "expires_at", enabled: true }, pointInTimeRecovery: { enabled: true }, tags: { owner: "office" } },
  },
  {
    type: "aws:scheduler/schedule:Schedule",
    inputs: {
      name: "nightly",
      scheduleExpression: "cron(30 0 * * ? *)",
      scheduleExpressionTimezone: "Europe/Prague",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: `${ARN}lambda:${ACCOUNT}:function:school`, roleArn: `${ARN}iam::000000000000:role/school`, input: "{}" },
    },
    change: { scheduleExpression: "cron(0 1 * * ? *)" },
  },
  {
    type: "aws:iam/role:Role",
    inputs: { name: "other", assumeRolePolicy: LAMBDA_TRUST },
    change: { description: "Other", tags: { a: "b" } },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    inputs: { name: "read", role: "school", policy: statement({ Action: "s3:GetObject", Resource: `${ARN}s3:::school/*` }) },
    change: { policy: statement({ Action: "s3:ListBucket", Resource: `${ARN}s3:::school` }) },
  },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    inputs: { functionName: "school", maximumRetryAttempts: 2, maximumEventAgeInSeconds: 3600 },
    change: { maximumRetryAttempts: 1 },
  },
  {
    type: "aws:lambda/permission:Permission",
    inputs: {
      statementId: "invoke",
      function: "school",
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
      sourceArn: `${ARN}s3:::another`,
      sourceAccount: "000000000000",
    },
    id: "school/invoke",
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: { name: "/aws/school", retentionInDays: 30 },
    change: { retentionInDays: 60, tags: { a: "b" } },
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: {
      name: "errors",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: "school" },
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
    },
    change: { threshold: 5, treatMissingData: "notBreaching" },
  },
  {
    type: "aws:cloudwatch/dashboard:Dashboard",
    inputs: { dashboardName: "school", dashboardBody: '{"widgets":[]}' },
    change: { dashboardBody: '{"widgets":[{"type":"text","x":0,"y":0,"width":6,"height":3,"properties":{"markdown":"a"}}]}' },
  },
  {
    type: "aws:sqs/queue:Queue",
    inputs: { name: "failures", messageRetentionSeconds: 1209600, sqsManagedSseEnabled: true },
    change: { messageRetentionSeconds: 600, tags: { owner: "office" } },
  },
  {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    inputs: {
      queueUrl: `https://sqs.${REGION}.amazonaws.com/000000000000/school`,
      policy: refusal("sqs:*", `${ARN}sqs:${ACCOUNT}:school`),
    },
    change: { policy: refusal("sqs:SendMessage", `${ARN}sqs:${ACCOUNT}:school`) },
  },
  { type: "aws:sns/topic:Topic", inputs: { name: "alarms" }, change: { displayName: "Alarms", tags: { owner: "office" } } },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    inputs: { arn: `${ARN}sns:${ACCOUNT}:school`, policy: refusal("SNS:Publish", `${ARN}sns:${ACCOUNT}:school`) },
    change: { policy: refusal("SNS:Subscribe", `${ARN}sns:${ACCOUNT}:school`) },
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    inputs: { topic: `${ARN}sns:${ACCOUNT}:school`, protocol: "email", endpoint: "office@example.com" },
  },
  {
    type: "aws:cloudfront/originAccessControl:OriginAccessControl",
    inputs: { name: "school", originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
    change: { description: "School" },
  },
  {
    type: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    inputs: { name: "school", securityHeadersConfig: { contentTypeOptions: { override: true } } },
    change: { customHeadersConfig: { items: [{ header: "X-Robots-Tag", value: "noindex", override: true }] } },
  },
  {
    type: "aws:cloudfront/cachePolicy:CachePolicy",
    inputs: {
      name: "school",
      minTtl: 0,
      defaultTtl: 5,
      maxTtl: 30,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
    change: { maxTtl: 60 },
  },
  {
    type: "aws:cloudfront/distribution:Distribution",
    inputs: {
      enabled: true,
      origins: [{ originId: "bucket", domainName: `school.s3.${REGION}.amazonaws.com` }],
      defaultCacheBehavior: behavior(),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    },
    change: { comment: "School", orderedCacheBehaviors: [{ ...behavior(), pathPattern: "data/*" }], tags: { owner: "office" } },
  },
];

/** A policy of one statement that allows, if it says nothing else. */
export function statement(content: Properties): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...content }] });
}

function refusal(action: string, resource: string): string {
  return statement({
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
}

/** A rule of a bucket's life cycle. */
export function expiry(days: number): Properties {
  return { id: "expire", status: "Enabled", filter: { prefix: "" }, expiration: { days } };
}

function listener(filterPrefix: string): Properties {
  return { lambdaFunctionArn: `${ARN}lambda:${ACCOUNT}:function:school`, events: ["s3:ObjectCreated:*"], filterPrefix };
}

function behavior(): Properties {
  return {
    targetOriginId: "bucket",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    compress: true,
  };
}
