import type * as aws from "@pulumi/aws";
import { type Lookup, readOptional, required, wrong } from "./lookup";

/** What Pulumi's AWS provider is told beside the region: as whom it works, in which accounts it may, and what it tags everything with. */
export interface ProviderSettings {
  /** Of the machine's AWS profiles; the environment's credentials where there is none. */
  profile: string | undefined;
  /** Account ids. */
  allowedAccountIds: string[] | undefined;
  forbiddenAccountIds: string[] | undefined;
  /** Taken on one after the other. */
  assumeRoles: aws.types.input.ProviderAssumeRole[] | undefined;
  /** The owner's own tags. */
  tags: Record<string, string>;
}

/**
 * The regions of AWS's commercial partition. CloudFront, which the website needs, is in neither of the others
 * (docs.aws.amazon.com/general/latest/gr/cf_region.html), and the ARNs of policies begin with `arn:aws:`.
 */
const REGION = /^(af|ap|ca|eu|il|me|mx|sa|us)-(central|east|west|(north|south)(east|west)?)-[1-9]$/;

/**
 * Reads what the stack's configuration says to the provider.
 *
 * A provider that a program makes takes nothing from the configuration by itself, so what is not read here would be ignored.
 *
 * @throws pulumi.RunError As `readSettings`.
 */
export function readProvider(lookup: Lookup): ProviderSettings {
  const allowedAccountIds = readAccounts(lookup, "aws:allowedAccountIds");
  const forbiddenAccountIds = readAccounts(lookup, "aws:forbiddenAccountIds");
  if (allowedAccountIds !== undefined && forbiddenAccountIds !== undefined) {
    wrong(
      "aws:forbiddenAccountIds",
      JSON.stringify(forbiddenAccountIds),
      "empty beside aws:allowedAccountIds: Pulumi's AWS provider takes one of them",
    );
  }
  return {
    profile: readOptional(lookup, "aws:profile", /^[^\s\]]+$/, "the name of a profile"),
    allowedAccountIds,
    forbiddenAccountIds,
    assumeRoles: readRoles(lookup),
    tags: readTags(lookup),
  };
}

/**
 * The region that the stack is in.
 *
 * @throws pulumi.RunError As `readSettings`.
 */
export function readRegion(lookup: Lookup): string {
  const allowed = "one of AWS's commercial regions, for example eu-central-1";
  const region = required(lookup, "aws:region", allowed);
  return REGION.test(region) ? region : wrong("aws:region", region, allowed);
}

function readAccounts(lookup: Lookup, key: string): string[] | undefined {
  // `pulumi config set` writes an id of digits alone as a number.
  const isAccount = (value: unknown) => /^(string|number)$/.test(typeof value) && /^\d{12}$/.test(String(value));
  const isAccounts = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0 && value.every(isAccount);
  return readJson(lookup, key, isAccounts, 'a list of account ids of 12 digits, for example ["123456789012"]')?.map(String);
}

function readRoles(lookup: Lookup): aws.types.input.ProviderAssumeRole[] | undefined {
  const isRole = (value: unknown) => isMap(value) && /^arn:aws:iam::\d{12}:role\/\S+$/.test(String(value.roleArn));
  const isRoles = (value: unknown): value is aws.types.input.ProviderAssumeRole[] =>
    Array.isArray(value) && value.length > 0 && value.every(isRole);
  return readJson(
    lookup,
    "aws:assumeRoles",
    isRoles,
    'a list of roles, for example [{"roleArn": "arn:aws:iam::123456789012:role/deploy"}]',
  );
}

/** The program's own tags. */
const OWN_TAGS = ["project", "stack"];

/** As many as an object of S3 takes, and what AWS's services take in them: docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html. */
const MOST_TAGS = 10;
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u;

function readTags(lookup: Lookup): Record<string, string> {
  const isTags = (value: unknown): value is { tags: Record<string, string> } =>
    isMap(value) && Object.keys(value).join() === "tags" && isMap(value.tags) && Object.values(value.tags).every(isText);
  const tags = readJson(lookup, "aws:defaultTags", isTags, 'tags, for example {"tags": {"cost-centre": "ski"}}')?.tags ?? {};
  const keys = [...new Set([...Object.keys(tags), ...OWN_TAGS])];
  const allowed = Object.entries(tags).every(([key, value]) => TAG_KEY.test(key) && TAG_VALUE.test(value));
  // IAM does not tell upper from lower case: it would take none of two such tags.
  const distinct = new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
  return allowed && distinct && keys.length <= MOST_TAGS
    ? tags
    : wrong(
        "aws:defaultTags",
        JSON.stringify(tags),
        `at most ${MOST_TAGS - OWN_TAGS.length} tags beside ${OWN_TAGS.join(" and ")}, of letters, digits, spaces and _.:/=+-@, ` +
          "whose keys differ in more than upper and lower case, have up to 128 characters and do not begin with aws: (values: 256)",
      );
}

/** A value of several parts, which Pulumi hands over as JSON. */
function readJson<T>(lookup: Lookup, key: string, isRight: (value: unknown) => value is T, meaning: string): T | undefined {
  const text = lookup(key) ?? "";
  const value = parsed(text);
  return text === "" ? undefined : isRight(value) ? value : wrong(key, text, `${meaning}, or empty`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
