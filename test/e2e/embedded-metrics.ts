import assert from "node:assert/strict";
import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { Clients } from "../../stack/clients";

/** A line of a function's log in embedded metric format: what was measured, by name, and what that means. */
export type EmbeddedMetrics = Record<string, number[]> & {
  service: string;
  _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
};

/**
 * What a function's log says in embedded metric format, the oldest first.
 *
 * @throws ResourceNotFoundException When there is no such log.
 */
export async function embeddedMetrics({ logs }: Clients, functionName: string): Promise<EmbeddedMetrics[]> {
  const logGroupName = `/aws/lambda/${functionName}`;
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "CloudWatchMetrics" }));
  return events.map(({ message = "" }) => JSON.parse(message));
}

/** Puts metrics of a function's log where CloudWatch puts them, which finds them there by itself. */
export async function putMetrics(
  { cloudwatch }: Clients,
  functionName: string,
  { service, _aws, ...values }: EmbeddedMetrics,
): Promise<void> {
  for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
    assert.deepEqual([Namespace, Dimensions, service], ["GoldSport", [["service"]], functionName]);
    const dimensions = [{ Name: "service", Value: service }];
    const MetricData = Metrics.map(({ Name }) => ({ MetricName: Name, Dimensions: dimensions, Values: values[Name] }));
    await cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
  }
}
