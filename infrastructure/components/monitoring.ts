import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmName, resourceName } from "../names";
import { alarmsPublishStatement, policyDocument, tlsOnlyTopicStatement } from "../policies";
import { createDashboard } from "./dashboard";
import { type OpeningHours, openInUtc, staleExpression } from "./freshness";
import { type Metric, type MetricsOf, metricsOf, NAMESPACE, PERIOD, type Watched } from "./metrics";

/** Seconds: an hour counts as one without an export, or not. */
const FRESHNESS_PERIOD = 3600;

/** Sign-ins that may be refused within five minutes: more than a morning's clerks mistype. */
export const REFUSED_SIGN_INS = 20;

export interface MonitoringArgs extends Watched {
  /** The environment's suffix. */
  env: string;
  /** Where the stack is, for the dashboard's graphs and the topic's policy. */
  region: string;
  /** Seconds after which a run of the function is ended. */
  timeoutSeconds: number;
  /** Who is written to when an alarm goes off; empty for nobody. */
  email: string;
  /** Open hours without an accepted export after which an alarm goes off; 0 for never. */
  freshnessHours: number;
  /** The school's opening hours, and its time zone. */
  openingHours: OpeningHours;
  timeZone: string;
  /**
   * A KMS key of one's own, which CloudWatch may use.
   * @default no key
   */
  kmsKeyArn?: string;
}

/**
 * What tells that something is wrong, and shows what goes on: alarms, the topic that they all publish to, and a dashboard.
 *
 * The topic has no key unless one is given: CloudWatch cannot publish to one under AWS's own, and an alarm's message holds no one's data.
 */
export class Monitoring extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;
  readonly topicArn: pulumi.Output<string>;
  private readonly topic: aws.sns.Topic;

  constructor(
    private readonly name: string,
    private readonly args: MonitoringArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:Monitoring", name, {}, opts);

    const metrics = metricsOf(args);
    this.topic = this.createTopic();
    this.subscribe();
    const alarms = [
      ...this.watchFunction(metrics),
      ...this.watchFailures(metrics),
      ...this.watchUploads(metrics),
      ...this.watchFetches(),
      ...this.watchSignIns(),
    ];
    const dashboard = createDashboard(
      `${name}-dashboard`,
      { ...args, dashboardName: resourceName("dashboard", args.env), metrics, alarms },
      { parent: this },
    );

    this.dashboardName = dashboard.dashboardName;
    this.topicArn = this.topic.arn;
    this.registerOutputs({ dashboardName: this.dashboardName, topicArn: this.topicArn });
  }

  private createTopic(): aws.sns.Topic {
    const { env, region, kmsKeyArn } = this.args;
    const key = kmsKeyArn !== undefined && { kmsMasterKeyId: kmsKeyArn };
    const topic = new aws.sns.Topic(`${this.name}-topic`, { name: resourceName("alarms", env), ...key }, { parent: this });
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    new aws.sns.TopicPolicy(
      `${this.name}-topic-policy`,
      {
        arn: topic.arn,
        policy: pulumi
          .all([topic.arn, accountId])
          .apply(([arn, account]) => policyDocument(alarmsPublishStatement(arn, region, account), tlsOnlyTopicStatement(arn))),
      },
      { parent: this },
    );
    return topic;
  }

  private subscribe(): void {
    const { email } = this.args;
    if (email !== "") {
      new aws.sns.TopicSubscription(`${this.name}-email`, { topic: this.topic.arn, protocol: "email", endpoint: email }, { parent: this });
    }
  }

  private watchFunction({ lambda }: MetricsOf): aws.cloudwatch.MetricAlarm[] {
    const most = this.args.timeoutSeconds * 1000 * 0.8;
    return [
      this.alarm("failed-runs", "A run failed. Lambda tries it twice more.", lambda("Errors")),
      this.alarm("throttled-runs", "Lambda had no room to run the function. It tries for an hour.", lambda("Throttles")),
      this.alarm("long-runs", "Runs take almost as long as they may.", lambda("Duration").withExtendedStatistic(95), { above: most }),
    ];
  }

  private watchFailures({ lambda, queue }: MetricsOf): aws.cloudwatch.MetricAlarm[] {
    const waiting = queue("ApproximateNumberOfMessagesVisible").withStatistic("Maximum");
    return [
      this.alarm("failures-waiting", "Uploads that could not be processed wait in the failure queue.", waiting, { tellsEnd: true }),
      this.alarm("undelivered-failures", "A failed event did not reach the failure queue.", lambda("DestinationDeliveryFailures")),
      this.alarm("dropped-events", "Lambda gave up an event, not having run it to the end.", lambda("AsyncEventsDropped")),
    ];
  }

  private watchUploads({ processor }: MetricsOf): aws.cloudwatch.MetricAlarm[] {
    const rejected = this.alarm("rejected-files", "An upload was rejected: the schedule is as it was.", processor("FilesRejected"));
    const torn = this.alarm("torn-days", "The table has not all of some days. Upload the newest export.", processor("DaysTorn"));
    const refused = this.alarm("refused-days", "The documents of some days break the contract.", processor("DaysRefused"));
    return [rejected, torn, refused, ...(this.args.freshnessHours > 0 ? [this.watchFreshness()] : [])];
  }

  /**
   * An alarm that goes off for anything at all, or for what is `above` a value.
   *
   * @param tellsEnd Whether it also tells when it is over: for what lasts. That something happened five minutes ago and no more is no news.
   */
  private alarm(
    what: AlarmName,
    description: string,
    metric: Metric,
    { above, tellsEnd = false }: { above?: number; tellsEnd?: boolean } = {},
  ): aws.cloudwatch.MetricAlarm {
    return metric.createAlarm(
      `${this.name}-${what}`,
      {
        ...this.reporting(what, description),
        ...(tellsEnd && { okActions: [this.topic.arn] }),
        comparisonOperator: "GreaterThanThreshold",
        threshold: above ?? 0,
        evaluationPeriods: 1,
        // Nothing is measured while nothing is uploaded.
        treatMissingData: "notBreaching",
      },
      { parent: this },
    );
  }

  /** Counts accepted exports hour by hour. */
  private watchFreshness(): aws.cloudwatch.MetricAlarm {
    const { freshnessHours, functionName } = this.args;
    const sentence = `No export was accepted in ${freshnessHours} open hours.`;
    const counted = { metricName: "OrdersAccepted", service: functionName, id: "accepted" };
    return this.watchOpenHours("no-fresh-export", sentence, counted, freshnessHours);
  }

  /**
   * An alarm that goes off when a service counts nothing in so many open hours. awsx's alarms are on one metric; this one needs to know the hour.
   *
   * @param id What has become of the exports that are counted: names the metric in the alarm.
   */
  private watchOpenHours(
    what: AlarmName,
    sentence: string,
    { metricName, service, id }: { metricName: string; service: pulumi.Input<string>; id: string },
    hours: number,
  ): aws.cloudwatch.MetricAlarm {
    const { openingHours, timeZone } = this.args;
    const open = openInUtc(openingHours, timeZone, new Date().getUTCFullYear());
    const counted = { namespace: NAMESPACE, metricName, period: FRESHNESS_PERIOD, stat: "Sum" };
    const label = `${id} exports, or closed`;
    return new aws.cloudwatch.MetricAlarm(
      `${this.name}-${what}`,
      {
        ...this.reporting(what, sentence),
        okActions: [this.topic.arn],
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: hours,
        datapointsToAlarm: hours,
        // Every hour has a value, closed or open; where one is missing all the same, nothing was counted.
        treatMissingData: "breaching",
        metricQueries: [
          { id, metric: { ...counted, dimensions: pulumi.output(service).apply((name) => ({ service: name })) } },
          { id: "clock", expression: "TIME_SERIES(1)" },
          { id: "fresh", expression: staleExpression(open, id, "clock"), label, returnData: true },
        ],
      },
      { parent: this },
    );
  }

  /** Counts successful fetches hour by hour: fails when the server does, and when nothing calls the function. */
  private watchFetches(): aws.cloudwatch.MetricAlarm[] {
    const { fetcherName } = this.args;
    if (fetcherName === undefined) {
      return [];
    }
    const counted = { metricName: "FetchesSucceeded", service: fetcherName, id: "fetched" };
    return [this.watchOpenHours("no-fetch", "No export could be fetched in an open hour.", counted, 1)];
  }

  /** Counts wrong passwords: somebody may be guessing. Cognito itself has whoever does wait longer and longer. */
  private watchSignIns(): aws.cloudwatch.MetricAlarm[] {
    const { office } = this.args;
    if (office === undefined) {
      return [];
    }
    const dimensions = pulumi
      .all([office.userPoolId, office.clientId])
      .apply(([UserPool, UserPoolClient]) => ({ UserPool, UserPoolClient }));
    const counted = (stat: string) => ({ namespace: "AWS/Cognito", metricName: "SignInSuccesses", period: PERIOD, stat, dimensions });
    const alarm = new aws.cloudwatch.MetricAlarm(
      `${this.name}-refused-sign-ins`,
      {
        ...this.reporting("refused-sign-ins", `More than ${REFUSED_SIGN_INS} times within five minutes the office let somebody not in.`),
        comparisonOperator: "GreaterThanThreshold",
        threshold: REFUSED_SIGN_INS,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        metricQueries: [
          { id: "tried", metric: counted("SampleCount") },
          { id: "succeeded", metric: counted("Sum") },
          { id: "refused", expression: "tried - succeeded", label: "refused", returnData: true },
        ],
      },
      { parent: this },
    );
    return [alarm];
  }

  private reporting(what: AlarmName, sentence: string) {
    return {
      name: resourceName(what, this.args.env),
      alarmDescription: `${sentence} What to do: docs/operations.md, ${what}.`,
      alarmActions: [this.topic.arn],
    };
  }
}
