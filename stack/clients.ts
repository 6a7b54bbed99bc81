import { Agent } from "node:https";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityClient } from "@aws-sdk/client-cognito-identity";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

// The SDK is pinned for the Node that it runs on: its advice to upgrade is not for whoever types a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** One client for each AWS service that the stack is made of. */
export interface Clients {
  cloudfront: CloudFrontClient;
  cloudwatch: CloudWatchClient;
  cognitoIdentity: CognitoIdentityClient;
  /** Cognito's users. */
  cognitoIdp: CognitoIdentityProviderClient;
  dynamodb: DynamoDBClient;
  iam: IAMClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  s3: S3Client;
  scheduler: SchedulerClient;
  sns: SNSClient;
  sqs: SQSClient;
  ssm: SSMClient;
  sts: STSClient;
}

/** Where to send requests, and as whom. */
export interface ClientSettings {
  region: string;
  /** The embedded AWS's address; the real AWS when left out. */
  endpoint?: string;
  /** The certificate to trust there, as PEM text. */
  certificate?: string;
  /** Fixed credentials; the environment's when left out. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** The embedded AWS's root user. */
export const ROOT = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * Makes the clients for one account and region.
 *
 * @example
 * const { s3 } = clientsFor({ region: REGION, ...emulator, credentials: ROOT });
 */
export function clientsFor({ region, endpoint, certificate, credentials }: ClientSettings): Clients {
  const settings = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(certificate === undefined ? {} : { requestHandler: { httpsAgent: new Agent({ ca: certificate, keepAlive: true }) } }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return {
    cloudfront: new CloudFrontClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    cognitoIdentity: new CognitoIdentityClient(settings),
    cognitoIdp: new CognitoIdentityProviderClient(settings),
    dynamodb: new DynamoDBClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    // A bucket's name in the path: the embedded AWS has no name for each bucket's host.
    s3: new S3Client({ ...settings, forcePathStyle: endpoint !== undefined }),
    scheduler: new SchedulerClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    ssm: new SSMClient(settings),
    sts: new STSClient(settings),
  };
}
