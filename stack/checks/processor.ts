import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRoleCommand, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { GetFunctionEventInvokeConfigCommand, GetPolicyCommand } from "@aws-sdk/client-lambda";
import { GetScheduleCommand } from "@aws-sdk/client-scheduler";
import { GetQueueAttributesCommand, type QueueAttributeName } from "@aws-sdk/client-sqs";
import { DAILY_AT, DAILY_EVENT } from "../../infrastructure/components/daily-run";
import { EVENT_AGE_SECONDS, MEMORY_MIB, RETRIES, TIMEOUT_SECONDS } from "../../infrastructure/components/processor";
import { resourceName } from "../../infrastructure/names";
import {
  invokeStatement,
  readKeyStatements,
  readStatements,
  readWriteItemsStatement,
  readWriteKeyStatements,
  readWriteObjectsStatement,
  type Statement,
  sendMessageStatement,
  tlsOnlyQueueStatement,
  trustPolicy,
  trustPolicyOfAccount,
  writeLogStatement,
} from "../../infrastructure/policies";
import { type Check, checksOf, type Deployed, equal } from "./check";
import { accountOf, functionConfiguration, rolePolicies } from "./function";

const configuration = (deployed: Deployed) => functionConfiguration(deployed, deployed.outputs.processorFunctionName);
const queueArn = (deployed: Deployed) =>
  `arn:aws:sqs:${deployed.outputs.region}:${accountOf(deployed)}:${resourceName("failures", deployed.settings.env)}`;

export const functionChecks: Check[] = checksOf("function", {
  "is named after the environment": async ({ outputs, settings }) =>
    equal(outputs.processorFunctionName, resourceName("engine", settings.env)),
  "runs handler.main on Python 3.11": async (deployed) => {
    const { Runtime, Handler } = await configuration(deployed);
    equal({ Runtime, Handler }, { Runtime: "python3.11", Handler: "handler.main" });
  },
  "has 5 minutes and 512 MB": async (deployed) => {
    const { Timeout, MemorySize } = await configuration(deployed);
    equal({ Timeout, MemorySize }, { Timeout: TIMEOUT_SECONDS, MemorySize: MEMORY_MIB });
  },
  "knows the table, the website bucket and the settings": async (deployed) => {
    const { outputs, settings } = deployed;
    equal((await configuration(deployed)).Environment?.Variables, {
      DATA_TABLE: outputs.dataTableName,
      WEBSITE_BUCKET: outputs.websiteBucketName,
      TIME_ZONE: settings.timeZone,
      RETENTION_DAYS: String(settings.retentionDays),
      MAX_UPLOAD_MIB: String(settings.maxUploadMib),
      POWERTOOLS_SERVICE_NAME: outputs.processorFunctionName,
    });
  },
  "may be called by the input bucket of this account alone": async (deployed) => {
    const { clients, outputs } = deployed;
    const { Policy } = await clients.lambda.send(new GetPolicyCommand({ FunctionName: outputs.processorFunctionName }));
    const statements: (Statement & { Sid?: string })[] = JSON.parse(Policy ?? "{}").Statement;
    equal(
      statements.map(({ Sid, ...statement }) => statement),
      [
        {
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: outputs.processorFunctionArn,
          Condition: {
            StringEquals: { "AWS:SourceAccount": accountOf(deployed) },
            ArnLike: { "AWS:SourceArn": `arn:aws:s3:::${outputs.inputBucketName}` },
          },
        },
      ],
    );
  },
  "keeps its log as long as told": async (deployed) => {
    const name = `/aws/lambda/${deployed.outputs.processorFunctionName}`;
    equal((await configuration(deployed)).LoggingConfig?.LogGroup, name);
    const { logGroups } = await deployed.clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    equal(logGroups?.find((group) => group.logGroupName === name)?.retentionInDays, deployed.settings.logRetentionDays);
  },
});

export const roleChecks: Check[] = checksOf("role", {
  "is taken on by Lambda alone": async ({ clients, outputs }) => {
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName: outputs.processorFunctionName }));
    equal(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}")), JSON.parse(trustPolicy("lambda.amazonaws.com")));
  },
  "has no managed policy": async ({ clients, outputs }) => {
    const answer = await clients.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: outputs.processorFunctionName }));
    equal(answer.AttachedPolicies ?? [], []);
  },
  "may do exactly what it has to": async (deployed) => {
    const { outputs } = deployed;
    const region = outputs.region;
    const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountOf(deployed)}:${rest}`;
    const wanted = [
      ...readStatements(`arn:aws:s3:::${outputs.inputBucketName}`),
      readWriteObjectsStatement(`arn:aws:s3:::${outputs.websiteBucketName}`, "data/*"),
      readWriteItemsStatement(arn("dynamodb", `table/${outputs.dataTableName}`)),
      writeLogStatement(arn("logs", `log-group:/aws/lambda/${outputs.processorFunctionName}`)),
      sendMessageStatement(queueArn(deployed)),
      // Of the uploads, of the website and of the table, each under the same keys; and of the queue.
      ...readKeyStatements(deployed.settings),
      ...readWriteKeyStatements(deployed.settings),
      ...readWriteKeyStatements(deployed.settings),
      ...readWriteKeyStatements({ kmsKeyArn: deployed.settings.kmsKeyArn }),
    ];
    equal(
      (await rolePolicies(deployed, outputs.processorFunctionName)).sort(),
      wanted.map((statement) => JSON.stringify(statement)).sort(),
    );
  },
});

export const dailyRunChecks: Check[] = checksOf("daily run", {
  "calls the function every night in the school's time zone": async (deployed) => {
    const { clients, outputs, settings } = deployed;
    const Name = resourceName("daily", settings.env);
    const found = await clients.scheduler.send(new GetScheduleCommand({ Name }));
    equal([found.State, found.ScheduleExpression, found.ScheduleExpressionTimezone], ["ENABLED", DAILY_AT, settings.timeZone]);
    equal([found.Target?.Arn, found.Target?.Input], [outputs.processorFunctionArn, DAILY_EVENT]);
  },
  "may call the function and do nothing else": async (deployed) => {
    const found = await rolePolicies(deployed, resourceName("daily", deployed.settings.env));
    equal(found, [JSON.stringify(invokeStatement(deployed.outputs.processorFunctionArn))]);
  },
  "lends its role to the schedules of this account alone": async (deployed) => {
    const { Role } = await deployed.clients.iam.send(new GetRoleCommand({ RoleName: resourceName("daily", deployed.settings.env) }));
    const wanted = trustPolicyOfAccount("scheduler.amazonaws.com", accountOf(deployed));
    equal(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}")), JSON.parse(wanted));
  },
});

export const failurePathChecks: Check[] = checksOf("failure path", {
  "tries twice more within an hour, then hands over to the queue": async (deployed) => {
    const command = new GetFunctionEventInvokeConfigCommand({ FunctionName: deployed.outputs.processorFunctionName });
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = await deployed.clients.lambda.send(command);
    equal(
      { MaximumRetryAttempts, MaximumEventAgeInSeconds, destination: DestinationConfig?.OnFailure?.Destination },
      { MaximumRetryAttempts: RETRIES, MaximumEventAgeInSeconds: EVENT_AGE_SECONDS, destination: queueArn(deployed) },
    );
  },
  "the queue is encrypted": async (deployed) => {
    const { kmsKeyArn } = deployed.settings;
    equal(await queueAttribute(deployed, kmsKeyArn === undefined ? "SqsManagedSseEnabled" : "KmsMasterKeyId"), kmsKeyArn ?? "true");
  },
  "the queue keeps failures for two weeks": async (deployed) =>
    equal(await queueAttribute(deployed, "MessageRetentionPeriod"), String(14 * 24 * 60 * 60)),
  "the queue refuses plain HTTP": async (deployed) =>
    equal(JSON.parse((await queueAttribute(deployed, "Policy")) ?? "{}").Statement, [tlsOnlyQueueStatement(queueArn(deployed))]),
});

async function queueAttribute({ clients, outputs }: Deployed, name: QueueAttributeName): Promise<string | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl: outputs.failureQueueUrl, AttributeNames: [name] });
  return (await clients.sqs.send(command)).Attributes?.[name];
}
