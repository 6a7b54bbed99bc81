import type * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type * as pulumi from "@pulumi/pulumi";
import { type Metric, type Metrics, type MetricsOf, PERIOD } from "./metrics";

const { AlarmWidget, Dashboard, LineGraphMetricWidget, RowWidget, StackedAreaGraphMetricWidget } = awsx.classic.cloudwatch;

/** Where CloudFront's metrics are. */
const CLOUDFRONT_REGION = "us-east-1";

/** The dashboard's grid has this many columns. */
const COLUMNS = 24;

interface DashboardArgs {
  /** Physical name. */
  dashboardName: string;
  /** Where the stack is. */
  region: string;
  metrics: MetricsOf;
  /** Shown with their states. */
  alarms: aws.cloudwatch.MetricAlarm[];
}

/** One page that shows what the stack does: what comes in, what becomes of it, and how its parts are. */
export function createDashboard(
  name: string,
  { dashboardName, region, metrics, alarms }: DashboardArgs,
  opts: pulumi.CustomResourceOptions,
): awsx.classic.cloudwatch.Dashboard {
  const { processor, fetcher, signIn, lambda, queue, table, distribution } = metrics;
  return new Dashboard(
    name,
    {
      name: dashboardName,
      region: region as aws.Region,
      widgets: [
        new RowWidget(new AlarmWidget({ title: "Alarms", width: COLUMNS, height: 3, alarms: alarms.map(({ arn }) => arn) })),
        new RowWidget(
          bars("Uploads", 8, processor("FilesAccepted"), processor("FilesRejected"), processor("FilesStale")),
          bars("Rows of exports", 8, processor("RowsTotal"), processor("RowsRejected"), processor("UnknownTypes")),
          lines("Seconds from upload to published", 8, ...spread(processor("UploadToPublishedSeconds"))),
        ),
        ...(fetcher === undefined ? [] : [fetches(fetcher)]),
        ...(signIn === undefined ? [] : [signIns(signIn)]),
        new RowWidget(
          lines("Lessons and participants of an export", 8, largest(processor("Lessons")), largest(processor("Participants"))),
          lines("Conflicts", 8, largest(processor("Conflicts"))),
          bars("Days changed", 8, processor("DaysChanged"), processor("DaysTorn"), processor("DaysRefused")),
        ),
        new RowWidget(
          bars("Function: runs", 8, lambda("Invocations"), lambda("Errors"), lambda("Throttles")),
          lines("Function: milliseconds of a run", 8, ...spread(lambda("Duration"))),
          lines(
            "Failures",
            8,
            largest(queue("ApproximateNumberOfMessagesVisible")),
            lambda("DestinationDeliveryFailures"),
            lambda("AsyncEventsDropped"),
          ),
        ),
        new RowWidget(
          bars("Table: units used", 12, table("ConsumedReadCapacityUnits"), table("ConsumedWriteCapacityUnits")),
          bars("Table: throttled requests", 12, table("ReadThrottleEvents"), table("WriteThrottleEvents")),
        ),
        new RowWidget(
          bars("CloudFront: requests", 12, distribution("Requests")),
          lines("CloudFront: errors, %", 12, average(distribution("4xxErrorRate")), average(distribution("5xxErrorRate"))),
        ),
      ],
    },
    opts,
  );

  function fetches(of: Metrics) {
    return new RowWidget(bars("Fetches of exports", COLUMNS, of("FetchesSucceeded"), of("FetchesFailed"), of("ExportsChanged")));
  }

  function signIns(of: Metrics) {
    const asked = of("SignInSuccesses").withStatistic("SampleCount").withLabel("tried");
    return new RowWidget(bars("Office: signing in", COLUMNS, asked, of("SignInSuccesses"), of("SignInThrottles")));
  }

  function bars(title: string, width: number, ...shown: Metric[]) {
    return new StackedAreaGraphMetricWidget({ ...frame(title, width), metrics: shown });
  }

  function lines(title: string, width: number, ...shown: Metric[]) {
    return new LineGraphMetricWidget({ ...frame(title, width), metrics: shown });
  }

  function frame(title: string, width: number) {
    return { title, width, period: PERIOD, region: (title.startsWith("CloudFront") ? CLOUDFRONT_REGION : region) as aws.Region };
  }
}

/** The middle and the slow end of what is measured. */
function spread(metric: Metric): Metric[] {
  return [metric.withExtendedStatistic(50).withLabel("half are below"), metric.withExtendedStatistic(95).withLabel("95 % are below")];
}

function largest(metric: Metric): Metric {
  return metric.withStatistic("Maximum");
}

function average(metric: Metric): Metric {
  return metric.withStatistic("Average");
}
