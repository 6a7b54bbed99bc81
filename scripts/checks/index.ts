import { inputBucketChecks, websiteBucketChecks } from "./buckets";
import type { Check } from "./check";
import { distributionChecks, websiteChecks } from "./distribution";
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
