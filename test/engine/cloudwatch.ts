import { setTimeout as delay } from "node:timers/promises";
import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { FilterLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import type { Clients } from "../../stack/clients";

const POLL_MS = 1_000;

/** A line of a function's log in embedded metric format: what was measured, by name, and what that means. */
type EmbeddedMetrics = Record<string, number[]> & { _aws: { CloudWatchMetrics: { Namespace: string; Metrics: { Name: string }[] }[] } };

/**
 * Plays CloudWatch's part on the embedded AWS until it is told to end: takes the metrics out of a function's log, as CloudWatch does by itself.
 *
 * @returns Ends it.
 */
export function readMetricsOf({ logs, cloudwatch }: Clients, functionName: string): () => Promise<void> {
  const ended = new AbortController();
  const seen = new Set<string>();
  const reading = (async () => {
    while (!ended.signal.aborted) {
      for (const { message = "" } of (await metricLines()).filter(({ message = "" }) => !seen.has(message))) {
        seen.add(message);
        await put(JSON.parse(message));
      }
      await delay(POLL_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  })();
  return () => {
    ended.abort();
    return reading;
  };

  async function metricLines() {
    const logGroupName = `/aws/lambda/${functionName}`;
    try {
      return (await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "CloudWatchMetrics" }))).events ?? [];
    } catch (error) {
      // There is no log before the stack is there, nor after it.
      if (error instanceof ResourceNotFoundException) {
        return [];
      }
      throw error;
    }
  }

  async function put(entry: EmbeddedMetrics): Promise<void> {
    for (const { Namespace, Metrics } of entry._aws.CloudWatchMetrics) {
      const Dimensions = [{ Name: "service", Value: functionName }];
      const MetricData = Metrics.map(({ Name }) => ({ MetricName: Name, Dimensions, Values: entry[Name] }));
      await cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
    }
  }
}
