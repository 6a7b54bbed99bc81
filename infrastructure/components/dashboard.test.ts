import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { all, only, type Recording, record } from "../testing/recorder";
import { NAMESPACE } from "./metrics";
import { Monitoring } from "./monitoring";

interface Widget {
  x: number;
  y: number;
  width: number;
  height: number;
  type: string;
  properties: { title: string; region?: string; alarms?: string[]; metrics?: unknown[][] };
}

describe("the dashboard", () => {
  let recording: Recording;
  let widgets: Widget[];

  before(async () => {
    recording = await record(() => {
      new Monitoring("monitoring", {
        env: "test",
        region: "eu-central-1",
        functionName: "the-function",
        queueName: "the-queue",
        tableName: "the-table",
        distributionId: "the-distribution",
        timeoutSeconds: 300,
        email: "",
        freshnessHours: 2,
        openingHours: { from: 0, until: 24 * 60 },
        timeZone: "UTC",
      });
    });
    const { dashboardName, dashboardBody } = only(recording, "aws:cloudwatch/dashboard:Dashboard").inputs;
    assert.equal(dashboardName, "goldsport-scheduler-dashboard-test");
    widgets = JSON.parse(String(dashboardBody)).widgets;
  });

  it("shows the state of every alarm", () => {
    const names = all(recording, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => String(inputs.name));
    const shown = widgets.flatMap(({ properties }) => properties.alarms ?? []).map((arn) => arn.split(":").at(-1));
    assert.deepEqual(shown.sort(), names.sort());
  });

  it("shows what comes in, what becomes of it, and how each part is", () => {
    const shown = widgets.filter(({ type }) => type === "metric").map(({ properties }) => [properties.title, ...metrics(properties)]);
    assert.deepEqual(shown, [
      ["Uploads", "GoldSport FilesAccepted Sum", "GoldSport FilesRejected Sum", "GoldSport FilesStale Sum"],
      ["Rows of exports", "GoldSport RowsTotal Sum", "GoldSport RowsRejected Sum", "GoldSport UnknownTypes Sum"],
      ["Seconds from upload to published", "GoldSport UploadToPublishedSeconds p50", "GoldSport UploadToPublishedSeconds p95"],
      ["Lessons and participants of an export", "GoldSport Lessons Maximum", "GoldSport Participants Maximum"],
      ["Conflicts", "GoldSport Conflicts Maximum"],
      ["Days changed", "GoldSport DaysChanged Sum", "GoldSport DaysTorn Sum", "GoldSport DaysRefused Sum"],
      ["Function: runs", "AWS/Lambda Invocations Sum", "AWS/Lambda Errors Sum", "AWS/Lambda Throttles Sum"],
      ["Function: milliseconds of a run", "AWS/Lambda Duration p50", "AWS/Lambda Duration p95"],
      [
        "Failures",
        "AWS/SQS ApproximateNumberOfMessagesVisible Maximum",
        "AWS/Lambda DestinationDeliveryFailures Sum",
        "AWS/Lambda AsyncEventsDropped Sum",
      ],
      ["Table: units used", "AWS/DynamoDB ConsumedReadCapacityUnits Sum", "AWS/DynamoDB ConsumedWriteCapacityUnits Sum"],
      ["Table: throttled requests", "AWS/DynamoDB ReadThrottleEvents Sum", "AWS/DynamoDB WriteThrottleEvents Sum"],
      ["CloudFront: requests", "AWS/CloudFront Requests Sum"],
      ["CloudFront: errors, %", "AWS/CloudFront 4xxErrorRate Average", "AWS/CloudFront 5xxErrorRate Average"],
    ]);
  });

  it("asks for each metric where it is, with the dimensions that it has", () => {
    const dimensions: Record<string, string> = {
      GoldSport: '["service","the-function"]',
      "AWS/Lambda": '["FunctionName","the-function"]',
      "AWS/SQS": '["QueueName","the-queue"]',
      "AWS/DynamoDB": '["TableName","the-table"]',
      "AWS/CloudFront": '["DistributionId","the-distribution","Region","Global"]',
    };
    for (const { properties } of widgets) {
      for (const [namespace, , ...rest] of properties.metrics ?? []) {
        assert.equal(JSON.stringify(rest.slice(0, -1)), dimensions[String(namespace)]);
        assert.equal(properties.region, namespace === "AWS/CloudFront" ? "us-east-1" : "eu-central-1");
      }
    }
  });

  it("shows of the processor's metrics only those that it writes", () => {
    const source = readFileSync("lambda/processor/scheduler/metrics.py", "utf8");
    const written = new Set([...source.matchAll(/"([A-Z][A-Za-z]+)"/g)].map(([, name]) => name));
    const shown = widgets.flatMap(({ properties }) => properties.metrics ?? []).filter(([namespace]) => namespace === NAMESPACE);
    assert.deepEqual(
      shown.map(([, name]) => String(name)).filter((name) => !written.has(name)),
      [],
    );
    assert.match(readFileSync("lambda/processor/handler.py", "utf8"), new RegExp(`"METRICS_NAMESPACE"\\) or "${NAMESPACE}"`));
  });

  it("fills the grid without gaps or overlaps", () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      for (let column = x; column < x + width; column += 1) {
        for (let row = y; row < y + height; row += 1) {
          assert.ok(column < 24 && !cells.has(`${column} ${row}`), `${column} ${row}`);
          cells.add(`${column} ${row}`);
        }
      }
    }
    assert.equal(cells.size, 24 * Math.max(...widgets.map(({ y, height }) => y + height)));
  });
});

/** Namespace, name and statistic of each metric of a graph. */
function metrics({ metrics: shown = [] }: Widget["properties"]): string[] {
  return shown.map((metric) => `${metric[0]} ${metric[1]} ${(metric.at(-1) as { stat: string }).stat}`);
}
