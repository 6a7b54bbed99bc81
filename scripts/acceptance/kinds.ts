import { DeleteAlarmsCommand, DeleteDashboardsCommand, paginateDescribeAlarms, paginateListDashboards } from "@aws-sdk/client-cloudwatch";
import { DeleteLogGroupCommand, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteTableCommand, paginateListTables, waitUntilTableNotExists } from "@aws-sdk/client-dynamodb";
import { DeleteRoleCommand, DeleteRolePolicyCommand, ListRolePoliciesCommand, paginateListRoles } from "@aws-sdk/client-iam";
import { DeleteFunctionCommand, paginateListFunctions } from "@aws-sdk/client-lambda";
import { DeleteBucketCommand, DeleteObjectsCommand, ListBucketsCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { DeleteScheduleCommand, paginateListSchedules } from "@aws-sdk/client-scheduler";
import { DeleteTopicCommand, paginateListTopics } from "@aws-sdk/client-sns";
import { DeleteQueueCommand, paginateListQueues } from "@aws-sdk/client-sqs";
import type { Clients } from "../../stack/clients";
import { CLOUDFRONT_KINDS } from "./cloudfront-kinds";
import { COGNITO_KINDS } from "./cognito-kinds";
import type { Kind, Thing } from "./kind";

const TABLE_PATIENCE_SECONDS = 600;

/** Every kind, in an order in which they can be removed. */
export const KINDS: Kind[] = [
  {
    kind: "schedule",
    all: ({ scheduler }) => things(paginateListSchedules({ client: scheduler }, {}), ({ Schedules }) => Schedules?.map(({ Name }) => Name)),
    remove: ({ scheduler }, Name) => scheduler.send(new DeleteScheduleCommand({ Name })),
  },
  ...CLOUDFRONT_KINDS,
  ...COGNITO_KINDS,
  {
    kind: "function",
    all: ({ lambda }) =>
      things(paginateListFunctions({ client: lambda }, {}), ({ Functions }) => Functions?.map(({ FunctionName }) => FunctionName)),
    remove: ({ lambda }, FunctionName) => lambda.send(new DeleteFunctionCommand({ FunctionName })),
  },
  {
    kind: "role",
    all: ({ iam }) => things(paginateListRoles({ client: iam }, {}), ({ Roles }) => Roles?.map(({ RoleName }) => RoleName)),
    remove: removeRole,
  },
  {
    kind: "log group",
    all: ({ logs }) =>
      things(paginateDescribeLogGroups({ client: logs }, {}), ({ logGroups }) => logGroups?.map(({ logGroupName }) => logGroupName)),
    remove: ({ logs }, logGroupName) => logs.send(new DeleteLogGroupCommand({ logGroupName })),
  },
  {
    kind: "queue",
    all: ({ sqs }) => things(paginateListQueues({ client: sqs }, {}), ({ QueueUrls }) => QueueUrls),
    remove: ({ sqs }, QueueUrl) => sqs.send(new DeleteQueueCommand({ QueueUrl })),
  },
  {
    kind: "topic",
    all: ({ sns }) => things(paginateListTopics({ client: sns }, {}), ({ Topics }) => Topics?.map(({ TopicArn }) => TopicArn)),
    remove: ({ sns }, TopicArn) => sns.send(new DeleteTopicCommand({ TopicArn })),
  },
  {
    kind: "alarm",
    all: ({ cloudwatch }) =>
      things(paginateDescribeAlarms({ client: cloudwatch }, {}), ({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName)),
    remove: ({ cloudwatch }, name) => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] })),
  },
  {
    kind: "dashboard",
    all: ({ cloudwatch }) =>
      things(paginateListDashboards({ client: cloudwatch }, {}), (page) =>
        page.DashboardEntries?.map(({ DashboardName }) => DashboardName),
      ),
    remove: ({ cloudwatch }, name) => cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [name] })),
  },
  {
    kind: "table",
    all: ({ dynamodb }) => things(paginateListTables({ client: dynamodb }, {}), ({ TableNames }) => TableNames),
    remove: async ({ dynamodb }, TableName) => {
      await dynamodb.send(new DeleteTableCommand({ TableName }));
      await waitUntilTableNotExists({ client: dynamodb, maxWaitTime: TABLE_PATIENCE_SECONDS }, { TableName });
    },
  },
  {
    kind: "bucket",
    all: async ({ s3 }) => ((await s3.send(new ListBucketsCommand())).Buckets ?? []).map(({ Name = "" }) => ({ name: Name })),
    remove: removeBucket,
  },
];

/** All of a listing; a name is the last part of an address, a path or an ARN. */
async function things<Page>(
  pages: AsyncIterable<Page>,
  idsOf: (page: Page) => readonly (string | undefined)[] | undefined,
): Promise<Thing[]> {
  const found: Thing[] = [];
  for await (const page of pages) {
    found.push(...(idsOf(page) ?? []).map((id = "") => ({ name: id.split(/[/:]/).at(-1) ?? "", id })));
  }
  return found;
}

async function removeRole({ iam }: Clients, RoleName: string): Promise<void> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
  await iam.send(new DeleteRoleCommand({ RoleName }));
}

/** Empties it first, of every version. */
async function removeBucket({ s3 }: Clients, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) {
      break;
    }
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
