import { lookupIn } from "../../infrastructure/configuration";
import { settingsFrom } from "../../infrastructure/settings";
import type { Stack } from "../stack";
import { inputBucketChecks, websiteBucketChecks } from "./buckets";
import { type Check, type Finding, runChecks } from "./check";
import { distributionChecks, websiteChecks } from "./distribution";
import { fetcherChecks } from "./fetcher";
import { alarmChecks, dashboardChecks, topicChecks } from "./monitoring";
import { officeChecks } from "./office";
import { dailyRunChecks, failurePathChecks, functionChecks, roleChecks } from "./processor";
import { tableChecks } from "./table";

export { type Deployed, type Finding, requireWhole, runChecks } from "./check";

/** Every rule of a deployed stack, part by part. */
export const CHECKS: Check[] = [
  ...inputBucketChecks,
  ...websiteBucketChecks,
  ...tableChecks,
  ...functionChecks,
  ...roleChecks,
  ...failurePathChecks,
  ...dailyRunChecks,
  ...distributionChecks,
  ...websiteChecks,
  ...alarmChecks,
  ...topicChecks,
  ...dashboardChecks,
];

/**
 * Asks AWS whether a deployed stack is as the program and its settings say.
 *
 * @param configuration What the stack is told, as `infrastructure/configuration.ts` has it.
 * @returns One finding for each rule, in the order of the parts.
 */
export function verify(stack: Stack, configuration: Record<string, string>): Promise<Finding[]> {
  const settings = settingsFrom(lookupIn(configuration));
  const fetches = settings.exportUrl === undefined ? [] : fetcherChecks;
  const office = settings.officeUsers.length === 0 ? [] : officeChecks;
  return runChecks([...CHECKS, ...fetches, ...office], { ...stack, settings });
}
