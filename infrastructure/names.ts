const PROJECT = "goldsport-scheduler";

/** What the stack's named resources are called. The buckets' names are the shortest of all limits: 63 characters. */
export type Named = "input" | "web" | "data" | "engine" | "fetcher" | "failures" | "alarms" | "daily" | "dashboard" | AlarmName;

/** What an alarm goes off for. */
export type AlarmName =
  | "failed-runs"
  | "throttled-runs"
  | "long-runs"
  | "failures-waiting"
  | "rejected-files"
  | "torn-days"
  | "refused-days"
  | "undelivered-failures"
  | "dropped-events"
  | "no-fresh-export"
  | "no-fetch";

/**
 * The physical name of one thing of one environment.
 *
 * @example
 * resourceName("input", "dev"); // "goldsport-scheduler-input-dev"
 */
export function resourceName(what: Named, env: string): string {
  return `${PROJECT}-${what}-${env}`;
}
