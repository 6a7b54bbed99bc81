import { DescribeAlarmsCommand, GetDashboardCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, type Subscription } from "@aws-sdk/client-sns";
import { TIMEOUT_SECONDS } from "../../infrastructure/components/processor";
import { type AlarmName, resourceName } from "../../infrastructure/names";
import { alarmsPublishStatement, tlsOnlyTopicStatement } from "../../infrastructure/policies";
import { type Check, checksOf, type Deployed, equal, unlessMissing } from "./check";

/** What each alarm watches: metric, statistic, and the value above which it goes off. */
const WATCHES: Record<
  Exclude<AlarmName, "no-fresh-export" | "no-fetch" | "refused-sign-ins">,
  [metric: string, statistic: string, threshold: number]
> = {
  "failed-runs": ["AWS/Lambda Errors", "Sum", 0],
  "throttled-runs": ["AWS/Lambda Throttles", "Sum", 0],
  "long-runs": ["AWS/Lambda Duration", "p95", TIMEOUT_SECONDS * 1000 * 0.8],
  "failures-waiting": ["AWS/SQS ApproximateNumberOfMessagesVisible", "Maximum", 0],
  "undelivered-failures": ["AWS/Lambda DestinationDeliveryFailures", "Sum", 0],
  "dropped-events": ["AWS/Lambda AsyncEventsDropped", "Sum", 0],
  "rejected-files": ["GoldSport FilesRejected", "Sum", 0],
  "torn-days": ["GoldSport DaysTorn", "Sum", 0],
  "refused-days": ["GoldSport DaysRefused", "Sum", 0],
};

export const alarmChecks: Check[] = checksOf("alarms", {
  ...Object.fromEntries(
    Object.entries(WATCHES).map(([name, [metric, statistic, threshold]]): [string, Check["holds"]] => [
      `${name} watches ${metric}`,
      async (deployed) => {
        const alarm = await findAlarm(deployed, name as AlarmName);
        equal(
          [`${alarm?.Namespace} ${alarm?.MetricName}`, alarm?.ExtendedStatistic ?? alarm?.Statistic, alarm?.ComparisonOperator],
          [metric, statistic, "GreaterThanThreshold"],
        );
        equal(alarm?.Threshold, threshold);
        equal([alarm?.ActionsEnabled, alarm?.AlarmActions], [true, [deployed.outputs.alarmTopicArn]]);
      },
    ]),
  ),
  "no-fresh-export waits for exports as long as told": async (deployed) => {
    const alarm = await findAlarm(deployed, "no-fresh-export");
    equal(alarm?.EvaluationPeriods ?? 0, deployed.settings.freshnessHours);
  },
});

export const topicChecks: Check[] = checksOf("alarm topic", {
  "takes messages from this account's alarms alone, over TLS": async (deployed) => {
    const { Attributes = {} } = await deployed.clients.sns.send(
      new GetTopicAttributesCommand({ TopicArn: deployed.outputs.alarmTopicArn }),
    );
    const { alarmTopicArn: arn, processorFunctionArn, region } = deployed.outputs;
    const account = processorFunctionArn.split(":")[4] ?? "";
    equal(JSON.parse(Attributes.Policy ?? "{}").Statement, [alarmsPublishStatement(arn, region, account), tlsOnlyTopicStatement(arn)]);
  },
  "is under no key but the stack's own": async ({ clients, outputs, settings }) => {
    const { Attributes = {} } = await clients.sns.send(new GetTopicAttributesCommand({ TopicArn: outputs.alarmTopicArn }));
    equal(Attributes.KmsMasterKeyId || undefined, settings.kmsKeyArn);
  },
  "writes to the address that is set": async (deployed) => {
    const { alarmEmail } = deployed.settings;
    equal(
      (await subscriptions(deployed)).map(({ Endpoint }) => Endpoint),
      alarmEmail === "" ? [] : [alarmEmail],
    );
  },
  "was confirmed by that address, or no alarm arrives": async (deployed) => {
    // Until then an ARN is "PendingConfirmation", once unsubscribed "Deleted": https://docs.aws.amazon.com/sns/latest/api/API_Subscription.html
    const unconfirmed = (await subscriptions(deployed)).filter(({ SubscriptionArn = "" }) => !SubscriptionArn.startsWith("arn:"));
    if (unconfirmed.length > 0) {
      throw new Error(`AWS has written to ${unconfirmed.map(({ Endpoint }) => Endpoint).join(", ")}: follow the link in that mail`);
    }
  },
});

export const dashboardChecks: Check[] = checksOf("dashboard", {
  "is named after the environment": async ({ outputs, settings }) => equal(outputs.dashboardName, resourceName("dashboard", settings.env)),
  "shows the stack's function, table and distribution": async ({ clients, outputs }) => {
    const { dashboardName, processorFunctionName, dataTableName, distributionId } = outputs;
    const found = await unlessMissing(clients.cloudwatch.send(new GetDashboardCommand({ DashboardName: dashboardName })));
    const body = found?.DashboardBody ?? "";
    equal(
      [processorFunctionName, dataTableName, distributionId].filter((part) => !body.includes(`"${part}"`)),
      [],
    );
  },
});

/** Who is written to by mail. */
async function subscriptions({ clients, outputs }: Deployed): Promise<Subscription[]> {
  const { Subscriptions = [] } = await clients.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: outputs.alarmTopicArn }));
  return Subscriptions.filter(({ Protocol }) => Protocol === "email");
}

/** The alarm as it is in AWS. */
export async function findAlarm({ clients, settings }: Deployed, name: AlarmName): Promise<MetricAlarm | undefined> {
  const command = new DescribeAlarmsCommand({ AlarmNames: [resourceName(name, settings.env)] });
  return (await clients.cloudwatch.send(command)).MetricAlarms?.[0];
}
