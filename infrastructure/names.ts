/** The Pulumi project, as Pulumi.yaml names it, and the begin of every name. */
export const PROJECT = "goldsport-scheduler";

const ALARMS = [
  "failed-runs",
  "throttled-runs",
  "long-runs",
  "failures-waiting",
  "rejected-files",
  "torn-days",
  "refused-days",
  "undelivered-failures",
  "dropped-events",
  "no-fresh-export",
  "no-fetch",
  "refused-sign-ins",
] as const;

/** What the stack's named resources are called. The buckets' names are the shortest of all limits: 63 characters. */
export const NAMED = [
  "input",
  "web",
  "data",
  "engine",
  "fetcher",
  "failures",
  "alarms",
  "daily",
  "dashboard",
  "office",
  ...ALARMS,
] as const;

export type Named = (typeof NAMED)[number];

/** What an alarm goes off for. */
export type AlarmName = (typeof ALARMS)[number];

/**
 * The physical name of one thing of one environment.
 *
 * @example
 * resourceName("input", "dev"); // "goldsport-scheduler-input-dev"
 */
export function resourceName(what: Named, env: string): string {
  return `${PROJECT}-${what}-${env}`;
}

/**
 * The first part of the sign-in pages' address. It is unique in a region, whoever has it, so it holds the account; it has at most 63 characters.
 *
 * @param account Id of the AWS account.
 */
export function signInPrefix(env: string, account: string): string {
  return `goldsport-${env}-${account}`;
}

/** The role of the schedules that call a function. */
export function scheduleRoleName(functionName: string): string {
  return `${functionName}-schedule`;
}
