import * as pulumi from "@pulumi/pulumi";
import { resourceName } from "./names";

/** What one stack is told; described key by key in Pulumi.yaml, which also holds the defaults. */
export interface Settings {
  /** The environment's suffix. */
  env: string;
  /** AWS region, for example `eu-central-1`. */
  region: string;
  /** IANA name of the school's time zone. */
  timeZone: string;
  /** Days after its date for which a day stays in the table. */
  retentionDays: number;
  /** Days after which an upload is deleted. */
  inputRetentionDays: number;
  /** Days for which the processor's log is kept. */
  logRetentionDays: number;
  /** Largest upload that is read, in MiB. */
  maxUploadMib: number;
  /** Refuse to delete the buckets and the table. */
  protect: boolean;
}

const BUCKET_NAME_LIMIT = 63;

/** Endings that S3 keeps for itself: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. */
const RESERVED_ENDINGS = ["-s3alias", "--ol-s3", "--x-s3", "--table-s3"];

/** The periods that CloudWatch Logs offers: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html. */
const LOG_PERIODS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Ten years: longer than any season's data may be kept, and short enough for every date. */
const MOST_DAYS = 3650;

/** More does not fit beside its schedule into the processor's memory. */
const MOST_MIB = 128;

/**
 * Reads the stack's configuration, whole, before any resource is created.
 *
 * @throws pulumi.RunError Naming the key, what it holds and what it may be; Pulumi prints it without a stack trace.
 */
export function readSettings(): Settings {
  return {
    env: readEnv(),
    region: required(new pulumi.Config("aws"), "region", "an AWS region, for example eu-central-1"),
    timeZone: readTimeZone(),
    retentionDays: readWhole("retentionDays", 1, MOST_DAYS),
    inputRetentionDays: readWhole("inputRetentionDays", 1, MOST_DAYS),
    logRetentionDays: readLogPeriod(),
    maxUploadMib: readWhole("maxUploadMib", 1, MOST_MIB),
    protect: readSwitch("protect"),
  };
}

function readEnv(): string {
  const longest = BUCKET_NAME_LIMIT - resourceName("input", "").length;
  const allowed =
    `1 to ${longest} lower-case letters, digits and hyphens, with a letter or digit at both ends, and none of S3's own endings ` +
    `(${RESERVED_ENDINGS.join(", ")})`;
  const env = required(new pulumi.Config(), "env", allowed);
  const wellFormed = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(env);
  // The whole name, since an ending can begin with the hyphen before the suffix.
  const reserved = RESERVED_ENDINGS.some((ending) => resourceName("input", env).endsWith(ending));
  return wellFormed && env.length <= longest && !reserved ? env : wrong(new pulumi.Config(), "env", env, allowed);
}

function readTimeZone(): string {
  const config = new pulumi.Config();
  const allowed = "a name of the IANA time zone database, spelled as there, for example Europe/Prague";
  const timeZone = required(config, "timeZone", allowed);
  return isTimeZone(timeZone) ? timeZone : wrong(config, "timeZone", timeZone, allowed);
}

/** Intl also takes offsets and any case; the processor's database takes neither. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name)) {
    return false;
  }
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

function readLogPeriod(): number {
  const config = new pulumi.Config();
  const allowed = `one of the days that CloudWatch Logs offers: ${LOG_PERIODS.join(", ")}`;
  const text = required(config, "logRetentionDays", allowed);
  return LOG_PERIODS.find((days) => String(days) === text) ?? wrong(config, "logRetentionDays", text, allowed);
}

function readWhole(key: string, least: number, most: number): number {
  const config = new pulumi.Config();
  const allowed = `a whole number from ${least} to ${most}`;
  const text = required(config, key, allowed);
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : wrong(config, key, text, allowed);
}

function readSwitch(key: string): boolean {
  const config = new pulumi.Config();
  const allowed = "true or false";
  const text = required(config, key, allowed);
  return text === "true" || (text === "false" ? false : wrong(config, key, text, allowed));
}

function required(config: pulumi.Config, key: string, allowed: string): string {
  const value = config.get(key);
  if (value === undefined || value === "") {
    const fullKey = config.name === "aws" ? `aws:${key}` : key;
    throw new pulumi.RunError(`the setting ${fullKey} is missing: it must be ${allowed} (pulumi config set ${fullKey} …)`);
  }
  return value;
}

function wrong(config: pulumi.Config, key: string, value: string, allowed: string): never {
  throw new pulumi.RunError(`the setting ${config.name === "aws" ? `aws:${key}` : key} is "${value}": it must be ${allowed}`);
}
