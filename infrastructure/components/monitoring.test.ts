import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { AlarmName } from "../names";
import { ACCOUNT, all, named, only, type Recording, record } from "../testing/recorder";
import { Monitoring, type MonitoringArgs } from "./monitoring";

const TOPIC = `arn:aws:sns:mock:${ACCOUNT}:goldsport-scheduler-alarms-test`;
const FUNCTION = "goldsport-scheduler-engine-test";
const QUEUE = "goldsport-scheduler-failures-test";
const REGION = "eu-central-1";

const args: MonitoringArgs = {
  env: "test",
  region: REGION,
  functionName: FUNCTION,
  queueName: QUEUE,
  tableName: "goldsport-scheduler-data-test",
  distributionId: "DISTRIBUTION",
  timeoutSeconds: 300,
  email: "",
  freshnessHours: 0,
  openingHours: { from: 8 * 60, until: 16 * 60 },
  timeZone: "UTC",
};

const monitored = (changes: Partial<MonitoringArgs> = {}) => record(() => new Monitoring("monitoring", { ...args, ...changes }));

interface Watch {
  namespace: string;
  metricName: string;
  dimensions: Record<string, string>;
  statistic?: string;
  extendedStatistic?: string;
  threshold: number;
}

const lambda = (metricName: string): Watch => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: FUNCTION },
  statistic: "Sum",
  threshold: 0,
});

/** What each alarm watches, and the value above which it goes off. */
const WATCHES: Record<Exclude<AlarmName, "no-fresh-export" | "no-fetch" | "refused-sign-ins">, Watch> = {
  "failed-runs": lambda("Errors"),
  "throttled-runs": lambda("Throttles"),
  "long-runs": {
    namespace: "AWS/Lambda",
    metricName: "Duration",
    dimensions: { FunctionName: FUNCTION },
    extendedStatistic: "p95",
    threshold: 240_000,
  },
  "failures-waiting": {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: QUEUE },
    statistic: "Maximum",
    threshold: 0,
  },
  "undelivered-failures": lambda("DestinationDeliveryFailures"),
  "dropped-events": lambda("AsyncEventsDropped"),
  "rejected-files": { ...lambda("FilesRejected"), namespace: "GoldSport", dimensions: { service: FUNCTION } },
  "torn-days": { ...lambda("DaysTorn"), namespace: "GoldSport", dimensions: { service: FUNCTION } },
  "refused-days": { ...lambda("DaysRefused"), namespace: "GoldSport", dimensions: { service: FUNCTION } },
};

describe("Monitoring", () => {
  let recording: Recording;

  before(async () => {
    recording = await monitored();
  });

  for (const [alarm, watch] of Object.entries(WATCHES)) {
    it(`raises ${alarm} when ${watch.metricName} is above ${watch.threshold} once in five minutes`, () => {
      const { alarmDescription, ...inputs } = named(recording, `monitoring-${alarm}`).inputs;
      assert.deepEqual(inputs, {
        name: `goldsport-scheduler-${alarm}-test`,
        ...watch,
        comparisonOperator: "GreaterThanThreshold",
        period: 300,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        actionsEnabled: true,
        alarmActions: [TOPIC],
        // Only what lasts tells when it is over.
        ...(alarm === "failures-waiting" && { okActions: [TOPIC] }),
      });
      assert.match(String(alarmDescription), new RegExp(`^[A-Z].+\\. What to do: docs/operations\\.md, ${alarm}\\.$`));
    });
  }

  it("has no other alarm, unless it is told to wait for exports", () => {
    const alarms = all(recording, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name.replace("monitoring-", ""));
    assert.deepEqual(alarms.sort(), Object.keys(WATCHES).sort());
  });

  it("raises no-fresh-export when each of so many open hours brought no export, or nothing was measured", async () => {
    const { alarmDescription, ...inputs } = named(await monitored({ freshnessHours: 3 }), "monitoring-no-fresh-export").inputs;
    const start = "60 * HOUR(clock) + MINUTE(clock)";
    assert.deepEqual(inputs, {
      name: "goldsport-scheduler-no-fresh-export-test",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: "breaching",
      alarmActions: [TOPIC],
      okActions: [TOPIC],
      metricQueries: [
        {
          id: "accepted",
          metric: { namespace: "GoldSport", metricName: "OrdersAccepted", dimensions: { service: FUNCTION }, period: 3600, stat: "Sum" },
        },
        { id: "clock", expression: "TIME_SERIES(1)" },
        {
          id: "fresh",
          expression: `IF(${start} >= 480 && ${start} <= 900, MAX([FILL(accepted, 0), 0 * clock]), 1)`,
          label: "accepted exports, or closed",
          returnData: true,
        },
      ],
    });
    assert.match(
      String(alarmDescription),
      /^No export was accepted in 3 open hours\. What to do: docs\/operations\.md, no-fresh-export\.$/,
    );
  });

  it("publishes to a topic under no key, which CloudWatch could not use", () => {
    assert.deepEqual(only(recording, "aws:sns/topic:Topic").inputs, { name: "goldsport-scheduler-alarms-test" });
  });

  it("writes to an address that is given, and to nobody else", async () => {
    assert.deepEqual(all(recording, "aws:sns/topicSubscription:TopicSubscription"), []);
    const told = await monitored({ email: "office@example.com" });
    assert.deepEqual(only(told, "aws:sns/topicSubscription:TopicSubscription").inputs, {
      topic: TOPIC,
      protocol: "email",
      endpoint: "office@example.com",
    });
  });

  it("tells of what to do about every alarm in the operations guide", async () => {
    const guide = readFileSync("docs/operations.md", "utf8");
    const office = { userPoolId: "pool", clientId: "client" };
    const monitors = await monitored({ freshnessHours: 3, fetcherName: "the-fetcher", office });
    const alarms = all(monitors, "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.ok(alarms.length > Object.keys(WATCHES).length + 2);
    for (const { name } of alarms) {
      assert.match(guide, new RegExp(`^### ${name.replace("monitoring-", "")}$`, "m"));
    }
  });

  it("waits an open hour for a fetch, of the function that fetches, where there is one", async () => {
    const { inputs } = named(await monitored({ fetcherName: "the-fetcher" }), "monitoring-no-fetch");
    const [fetched, , fresh] = inputs.metricQueries as { metric?: unknown; expression?: string }[];
    assert.deepEqual(fetched?.metric, {
      namespace: "GoldSport",
      metricName: "FetchesSucceeded",
      period: 3600,
      stat: "Sum",
      dimensions: { service: "the-fetcher" },
    });
    assert.match(
      fresh?.expression ?? "",
      /^IF\(60 \* HOUR\(clock\) .* >= 480 && .* <= 900, MAX\(\[FILL\(fetched, 0\), 0 \* clock\]\), 1\)$/,
    );
    assert.deepEqual([inputs.evaluationPeriods, inputs.treatMissingData], [1, "breaching"]);
  });

  it("shows fetches where there are any", async () => {
    const body = async (changes: Partial<MonitoringArgs>) =>
      String(only(await monitored(changes), "aws:cloudwatch/dashboard:Dashboard").inputs.dashboardBody);
    assert.match(await body({ fetcherName: "the-fetcher" }), /Fetches of exports.*"FetchesFailed"|"FetchesFailed".*Fetches of exports/);
    assert.doesNotMatch(await body({}), /Fetches/);
  });

  describe("has a topic", () => {
    const alarmArn = (account: string, region = REGION) => `arn:aws:cloudwatch:${region}:${account}:alarm:any`;
    const mine = { "aws:SourceAccount": ACCOUNT, "aws:SourceArn": alarmArn(ACCOUNT), "aws:SecureTransport": "true" };
    const requests: [what: string, principal: string, context: Record<string, string>, decision: string][] = [
      ["this account's alarms may publish to", "cloudwatch.amazonaws.com", mine, "Allowed"],
      [
        "another account's alarms may not",
        "cloudwatch.amazonaws.com",
        { ...mine, "aws:SourceAccount": "210987654321" },
        "ImplicitlyDenied",
      ],
      [
        "another region's alarms may not",
        "cloudwatch.amazonaws.com",
        { ...mine, "aws:SourceArn": alarmArn(ACCOUNT, "us-east-1") },
        "ImplicitlyDenied",
      ],
      ["another service may not", "events.amazonaws.com", mine, "ImplicitlyDenied"],
      ["nobody may over plain HTTP", "cloudwatch.amazonaws.com", { ...mine, "aws:SecureTransport": "false" }, "ExplicitlyDenied"],
    ];
    for (const [what, principal, contextVariables, decision] of requests) {
      it(`that ${what}`, async () => {
        const topic = TOPIC.replace(":mock:", `:${REGION}:`);
        const { policy } = only(recording, "aws:sns/topicPolicy:TopicPolicy").inputs;
        const result = await runSimulation(
          {
            request: { principal, action: "sns:Publish", resource: { resource: topic, accountId: ACCOUNT }, contextVariables },
            identityPolicies: [],
            resourcePolicy: JSON.parse(String(policy).replaceAll(TOPIC, topic)),
            serviceControlPolicies: [],
            resourceControlPolicies: [],
          },
          {},
        );
        assert.equal(result.resultType === "single" ? result.overallResult : JSON.stringify(result), decision);
      });
    }
  });
});
