import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parseMapping } from "../mapping/check";
import { type Mapping, MappingError } from "../mapping/mapping";
import { RHYTHMS } from "./components/fetch-times";
import { type OpeningHours, wholeHours } from "./components/freshness";
import { type Lookup, readOptional, readSwitch, readWhole, required, wrong } from "./lookup";
import { resourceName, scheduleRoleName } from "./names";
import { type OfficeSettings, readOffice } from "./office-settings";
import { type ProviderSettings, readProvider, readRegion } from "./provider";

/** What one stack is told; described key by key in Pulumi.yaml, which also holds the defaults. */
export interface Settings extends OfficeSettings {
  /** The environment's suffix. */
  env: string;
  /** AWS region, for example `eu-central-1`. */
  region: string;
  /** What else Pulumi's AWS provider is told. */
  provider: ProviderSettings;
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
  /** Refuse to delete the buckets, the table and the office's users. */
  protect: boolean;
  /** Take over the buckets and the table that an earlier stack of the same name left, instead of making them. */
  adopt: boolean;
  /** Who is written to when an alarm goes off; empty for nobody. */
  alarmEmail: string;
  /** Open hours without an accepted export after which an alarm goes off; 0 for never. */
  freshnessHours: number;
  /** The school's opening hours. */
  openingHours: OpeningHours;
  /** Where exports are fetched from while the school is open; nothing to fetch none. */
  exportUrl: string | undefined;
  /** Minutes between two fetches. */
  exportEveryMinutes: number;
  /** Name of the SecureString parameter that the export's server takes. */
  exportSecret: string | undefined;
  /** How fetched exports are read; as ours where there is none. */
  exportMapping: Mapping | undefined;
  /** A KMS key of one's own for buckets, table, queue, topic and logs; AWS's keys where there is none. */
  kmsKeyArn: string | undefined;
  /** Keys that older content may still be under. */
  formerKmsKeyArns: string[];
  /** A bucket for access logs. */
  accessLogBucket: string | undefined;
  /** A web ACL that stands before the website. */
  webAclArn: string | undefined;
}

const BUCKET_NAME_LIMIT = 63;

/** Also that of functions and of schedules. */
const ROLE_NAME_LIMIT = 64;

/** Endings that S3 keeps for itself: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. */
const RESERVED_ENDINGS = ["-s3alias", "--ol-s3", "--x-s3", "--table-s3"];

/** The periods that CloudWatch Logs offers: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html. */
const LOG_PERIODS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Ten years: longer than any season's data may be kept, and short enough for every date. */
const MOST_DAYS = 3650;

/** More does not fit beside its schedule into the processor's memory. */
const MOST_MIB = 128;

/**
 * The regions that every account has: docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html. CloudFront writes no access log to a
 * bucket in any other: docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html.
 */
const REGIONS_OF_ALL = [
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"],
];

/**
 * Reads the stack's configuration, whole, before any resource is created.
 *
 * @throws pulumi.RunError Naming the key, what it holds and what it may be; Pulumi prints it without a stack trace. Also for a key that nothing
 *   reads: one that is misspelled would otherwise be ignored, and with it perhaps a guard.
 */
export function readSettings(): Settings {
  const own = `${pulumi.getProject()}:`;
  const configuration = pulumi.runtime.allConfig();
  const read = new Set<string>();
  const settings = settingsFrom((key) => {
    const full = key.includes(":") ? key : own + key;
    read.add(full);
    return configuration[full];
  });
  const [unread] = Object.keys(configuration).filter((key) => (key.startsWith(own) || key.startsWith("aws:")) && !read.has(key));
  if (unread !== undefined) {
    const known = [...read].map((key) => key.replace(own, "")).sort();
    throw new pulumi.RunError(`there is no setting ${unread.replace(own, "")}: there are ${known.join(", ")}`);
  }
  return settings;
}

/**
 * The settings that a configuration holds.
 *
 * @throws As `readSettings`.
 */
export function settingsFrom(lookup: Lookup): Settings {
  const env = readEnv(lookup);
  const timeZone = readTimeZone(lookup);
  return {
    env,
    region: readRegion(lookup),
    provider: readProvider(lookup),
    timeZone,
    retentionDays: readWhole(lookup, "retentionDays", 1, MOST_DAYS),
    inputRetentionDays: readWhole(lookup, "inputRetentionDays", 1, MOST_DAYS),
    logRetentionDays: readLogPeriod(lookup),
    maxUploadMib: readWhole(lookup, "maxUploadMib", 1, MOST_MIB),
    protect: readSwitch(lookup, "protect"),
    adopt: readSwitch(lookup, "adopt"),
    alarmEmail: readOptional(lookup, "alarmEmail", /^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address") ?? "",
    ...readFreshness(lookup, timeZone),
    ...readFetching(lookup),
    ...readOffice(lookup, env),
    ...readHardening(lookup),
  };
}

function readEnv(lookup: Lookup): string {
  const longest = BUCKET_NAME_LIMIT - resourceName("input", "").length;
  const allowed =
    `1 to ${longest} lower-case letters, digits and hyphens, with a letter or digit at both ends, and none of S3's own endings ` +
    `(${RESERVED_ENDINGS.join(", ")})`;
  const env = required(lookup, "env", allowed);
  const wellFormed = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(env);
  // The whole name, since an ending can begin with the hyphen before the suffix.
  const reserved = RESERVED_ENDINGS.some((ending) => resourceName("input", env).endsWith(ending));
  return wellFormed && env.length <= longest && !reserved ? env : wrong("env", env, allowed);
}

function readTimeZone(lookup: Lookup): string {
  const allowed = "a name of the IANA time zone database, spelled as there, for example Europe/Prague";
  const timeZone = required(lookup, "timeZone", allowed);
  return isTimeZone(timeZone) ? timeZone : wrong("timeZone", timeZone, allowed);
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

function readLogPeriod(lookup: Lookup): number {
  const allowed = `one of the days that CloudWatch Logs offers: ${LOG_PERIODS.join(", ")}`;
  const text = required(lookup, "logRetentionDays", allowed);
  return LOG_PERIODS.find((days) => String(days) === text) ?? wrong("logRetentionDays", text, allowed);
}

function readFreshness(lookup: Lookup, timeZone: string): Pick<Settings, "freshnessHours" | "openingHours"> {
  const openingHours = readHours(lookup, "openingHours");
  const most = wholeHours(openingHours, timeZone, new Date().getUTCFullYear());
  const freshnessHours = readWhole(
    lookup,
    "freshnessHours",
    0,
    most,
    " (0 is off; more is not open all year, in openingHours and timeZone)",
  );
  return { freshnessHours, openingHours };
}

function readFetching(lookup: Lookup): Pick<Settings, "exportUrl" | "exportEveryMinutes" | "exportSecret" | "exportMapping"> {
  const rhythms = `one of the minutes that divide an hour: ${RHYTHMS.join(", ")}`;
  const text = required(lookup, "exportEveryMinutes", rhythms);
  const read = {
    exportUrl: readExportUrl(lookup),
    exportEveryMinutes: RHYTHMS.find((minutes) => String(minutes) === text) ?? wrong("exportEveryMinutes", text, rhythms),
    exportSecret: readOptional(
      lookup,
      "exportSecret",
      /^\/?[\w.-]+(\/[\w.-]+)*$/,
      "the name of a SecureString parameter, for example /goldsport/export",
    ),
    exportMapping: readMapping(lookup),
  };
  const { exportUrl: EXPORT_URL, exportSecret: EXPORT_SECRET, exportMapping } = read;
  const told = Buffer.byteLength(JSON.stringify({ EXPORT_URL, EXPORT_SECRET, EXPORT_MAPPING: JSON.stringify(exportMapping) }));
  const longest = exportMapping === undefined ? "exportUrl" : "exportMapping";
  return told <= MOST_TOLD_BYTES
    ? read
    : wrong(
        longest,
        lookup(longest) ?? "",
        `shorter: Lambda takes ${MOST_TOLD_BYTES} bytes of exportUrl, exportSecret and exportMapping as JSON, not ${told}`,
      );
}

/**
 * What an address, its parameter and its mapping may take of a function's environment, beside the rest: it has 4 KB, which Lambda measures as JSON,
 * with each quote of a mapping escaped (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const MOST_TOLD_BYTES = 4096 - 256;

/** An address whose credentials, if any, are in the parameter: what stands in a setting is seen by everyone. */
function readExportUrl(lookup: Lookup): string | undefined {
  const allowed = "an address that begins with https:// and holds neither user nor password (those belong into exportSecret)";
  const url = readOptional(lookup, "exportUrl", /^https:\/\/[^\s@/]+(\/\S*)?$/, allowed);
  if (url !== undefined && !URL.canParse(url)) {
    wrong("exportUrl", url, allowed);
  }
  const longest = ROLE_NAME_LIMIT - scheduleRoleName(resourceName("fetcher", "")).length;
  if (url !== undefined && readEnv(lookup).length > longest) {
    wrong("exportUrl", url, `empty where env has more than ${longest} characters: AWS would take no names of what fetches`);
  }
  return url;
}

function readMapping(lookup: Lookup): Mapping | undefined {
  const path = lookup("exportMapping") ?? "";
  if (path === "") {
    return undefined;
  }
  if (!existsSync(path)) {
    wrong("exportMapping", path, "the path of a mapping (docs/mappings.md) from the repository's root, or empty");
  }
  try {
    return parseMapping(readFileSync(path, "utf8"), path);
  } catch (error) {
    throw error instanceof MappingError ? new pulumi.RunError(`the setting exportMapping: ${error.message}`) : error;
  }
}

function readHardening(lookup: Lookup): Pick<Settings, "kmsKeyArn" | "formerKmsKeyArns" | "accessLogBucket" | "webAclArn"> {
  return {
    ...readKeys(lookup),
    accessLogBucket: readAccessLogBucket(lookup),
    webAclArn: readOptional(
      lookup,
      "webAclArn",
      /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[a-f0-9-]+$/,
      "the ARN of a web ACL for CloudFront (arn:aws:wafv2:us-east-1:…:global/webacl/…)",
    ),
  };
}

/** The services take no key of another region. */
function readKeys(lookup: Lookup): Pick<Settings, "kmsKeyArn" | "formerKmsKeyArns"> {
  const begin = `arn:aws:kms:${readRegion(lookup)}:`;
  const key = `${begin}\\d{12}:key/[a-z0-9-]+`;
  const shown = `(${begin}…:key/…)`;
  const former = readOptional(
    lookup,
    "formerKmsKeyArns",
    new RegExp(`^${key}(, *${key})*$`),
    `ARNs of KMS keys in the stack's region ${shown}, with commas between`,
  );
  return {
    kmsKeyArn: readOptional(lookup, "kmsKeyArn", new RegExp(`^${key}$`), `the ARN of a KMS key in the stack's region ${shown}`),
    formerKmsKeyArns: former?.split(/, */) ?? [],
  };
}

function readAccessLogBucket(lookup: Lookup): string | undefined {
  const bucket = readOptional(lookup, "accessLogBucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket");
  const region = readRegion(lookup);
  if (bucket !== undefined && !REGIONS_OF_ALL.includes(region)) {
    wrong("accessLogBucket", bucket, `empty in ${region}: CloudFront writes no logs to buckets in regions that an account has to turn on`);
  }
  return bucket;
}

function readHours(lookup: Lookup, key: string): OpeningHours {
  const allowed = "two times of one day with a hyphen between, the earlier first, for example 08:00-16:00";
  const text = required(lookup, key, allowed);
  const [, ...times] = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = times.map(Number);
  const hours = { from: fromHour * 60 + fromMinute, until: untilHour * 60 + untilMinute };
  return hours.from < hours.until && hours.until <= 24 * 60 ? hours : wrong(key, text, allowed);
}
