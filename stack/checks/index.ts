import { lookupIn, stackConfiguration } from "../../infrastructure/configuration";
import { settingsFrom } from "../../infrastructure/settings";
import type { Stack } from "../stack";
import { inputBucketChecks, websiteBucketChecks } from "./buckets";
import { type Check, type Finding, runChecks } from "./check";
import { distributionChecks, websiteChecks } from "./distribution";
import { fetcherChecks } from "./fetcher";
import { alarmChecks, dashboardChecks, topicChecks } from "./monitoring";
import { failurePathChecks, functionChecks, roleChecks } from "./processor";
import { tableChecks } from "./table";

export { type Deployed, type Finding, runChecks } from "./check";

/** Every rule of a deployed stack, part by part. */
export const CHECKS: Check[] = [
  ...inputBucketChecks,
  ...websiteBucketChecks,
  ...tableChecks,
  ...functionChecks,
  ...roleChecks,
  ...failurePathChecks,
  ...distributionChecks,
  ...websiteChecks,
  ...alarmChecks,
  ...topicChecks,
  ...dashboardChecks,
];

/**
 * Asks AWS whether a deployed stack is as the program and its settings say.
 *
 * @returns One finding for each rule, in the order of the parts.
 */
export function verify(stack: Stack): Promise<Finding[]> {
  const settings = settingsFrom(lookupIn(stackConfiguration(stack.name)));
  const fetches = stack.outputs.fetcherFunctionName === undefined ? [] : fetcherChecks;
  return runChecks([...CHECKS, ...fetches], { ...stack, settings });
}
