import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { withBuiltOffice } from "./testing/built-office";
import { ACCOUNT, all, named, type Recording, record } from "./testing/recorder";

const ROLE = "goldsport-scheduler-office-dev";
const INPUT = "arn:aws:s3:::goldsport-scheduler-input-dev";
const WEB = "arn:aws:s3:::goldsport-scheduler-web-dev";
const TABLE = `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/goldsport-scheduler-data-dev`;
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`;
const POOL = `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/eu-central-1_abc`;

/** What the recorder's made-up ARNs are in AWS. */
const REAL: [madeUp: string, real: string][] = [
  [`arn:aws:s3:mock:${ACCOUNT}:`, "arn:aws:s3:::"],
  [`arn:aws:dynamodb:mock:${ACCOUNT}:`, `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/`],
];

const allowed: [action: string, resource: string, keys?: string[]][] = [
  ["s3:PutObject", `${INPUT}/orders/season.tsv`],
  ["s3:PutObject", `${INPUT}/instructors/roster-2026-12-27.json`],
  ["s3:GetObject", `${INPUT}/instructors/profiles.json`],
  ["dynamodb:Query", TABLE, ["SCHEDULE#2026-12-27"]],
  ["dynamodb:GetItem", TABLE, ["INSTRUCTOR#7"]],
  ["dynamodb:GetItem", TABLE, ["SOURCE#profiles"]],
  ["dynamodb:Query", TABLE, ["REJECTED"]],
  ["dynamodb:Query", TABLE, ["UPLOADS"]],
];

const refused: [action: string, resource: string, keys?: string[]][] = [
  ["s3:GetObject", `${INPUT}/orders/season.tsv`],
  ["s3:GetObject", `${INPUT}/fetcher/last.json`],
  ["s3:PutObject", `${INPUT}/fetcher/last.json`],
  ["s3:PutObject", `${INPUT}/other.tsv`],
  ["s3:DeleteObject", `${INPUT}/instructors/profiles.json`],
  ["s3:DeleteObject", `${INPUT}/orders/season.tsv`],
  ["s3:PutObjectAcl", `${INPUT}/orders/season.tsv`],
  ["s3:PutObjectTagging", `${INPUT}/orders/season.tsv`],
  ["s3:ListBucket", INPUT],
  ["s3:PutBucketCORS", INPUT],
  ["s3:PutBucketPolicy", INPUT],
  ["s3:PutObject", "arn:aws:s3:::goldsport-scheduler-input-prod/orders/season.tsv"],
  ["s3:PutObject", `${WEB}/data/schedule.json`],
  ["s3:PutObject", `${WEB}/office/settings.json`],
  ["s3:GetObject", `${WEB}/data/schedule.json`],
  ["s3:ListBucket", WEB],
  ["dynamodb:Query", TABLE, ["SCHEDULE#2026-12-27", "OTHER#1"]],
  ["dynamodb:Query", TABLE, ["OTHER#1"]],
  ["dynamodb:Query", TABLE, ["SOURCE#orders"]],
  ["dynamodb:GetItem", TABLE, ["SOURCE#profiles", "SOURCE#orders"]],
  ["dynamodb:GetItem", TABLE, ["REJECTED#1"]],
  ["dynamodb:Query", TABLE],
  ["dynamodb:GetItem", TABLE],
  ["dynamodb:GetItem", TABLE.replace("-dev", "-prod"), ["SCHEDULE#2026-12-27"]],
  ["dynamodb:Scan", TABLE],
  ["dynamodb:BatchGetItem", TABLE, ["SCHEDULE#2026-12-27"]],
  ["dynamodb:PutItem", TABLE, ["SCHEDULE#2026-12-27"]],
  ["dynamodb:UpdateItem", TABLE, ["SCHEDULE#2026-12-27"]],
  ["dynamodb:DeleteItem", TABLE, ["SCHEDULE#2026-12-27"]],
  ["dynamodb:PartiQLSelect", TABLE, ["SCHEDULE#2026-12-27"]],
  ["dynamodb:DeleteTable", TABLE],
  ["cognito-idp:AdminCreateUser", POOL],
  ["cognito-idp:ListUsers", POOL],
  ["cognito-idp:AdminSetUserPassword", POOL],
  ["lambda:InvokeFunction", `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:goldsport-scheduler-engine-dev`],
  ["sqs:ReceiveMessage", `arn:aws:sqs:eu-central-1:${ACCOUNT}:goldsport-scheduler-failures-dev`],
  ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/goldsport-scheduler-engine-dev`],
  ["kms:Decrypt", KEY],
];

describe("the office's role", () => {
  withBuiltOffice();
  let policies: { name: string; policy: unknown }[];
  let trust: unknown;

  before(async () => {
    const recording = await recorded();
    policies = policiesOf(recording);
    trust = JSON.parse(String(named(recording, "office-role").inputs.assumeRolePolicy));
  });

  for (const [action, resource, keys] of allowed) {
    it(`may ${action} on ${resource}${keys ? ` of ${keys}` : ""}`, async () =>
      assert.equal(await decision(policies, action, resource, keys), "Allowed"));
  }

  for (const [action, resource, keys] of refused) {
    it(`may not ${action} on ${resource}${keys ? ` of ${keys}` : ""}`, async () =>
      assert.equal(await decision(policies, action, resource, keys), "ImplicitlyDenied"));
  }

  it("may use the key that all is under, and of a former one only read", async () => {
    const strict = policiesOf(await recorded({ kmsKeyArn: KEY, formerKmsKeyArns: KEY.replace("key/1", "key/2") }));
    const may = (action: string, key: string) => decision(strict, action, key);
    assert.equal(await may("kms:GenerateDataKey", KEY), "Allowed");
    assert.equal(await may("kms:Decrypt", KEY), "Allowed");
    assert.equal(await may("kms:Decrypt", KEY.replace("key/1", "key/2")), "Allowed");
    assert.equal(await may("kms:GenerateDataKey", KEY.replace("key/1", "key/2")), "ImplicitlyDenied");
    assert.equal(await may("kms:Encrypt", KEY), "ImplicitlyDenied");
  });

  it("is lent by this identity pool alone, and to nobody who has not signed in", async () => {
    const identities = (aud: string, amr: string) => ({
      "cognito-identity.amazonaws.com:aud": aud,
      "cognito-identity.amazonaws.com:amr": [amr],
    });
    assert.equal(await lent(trust, identities("office-identities-id", "authenticated")), "Allowed");
    assert.equal(await lent(trust, identities("office-identities-id", "unauthenticated")), "ImplicitlyDenied");
    assert.equal(await lent(trust, identities("another", "authenticated")), "ImplicitlyDenied");
  });
});

function recorded(settings: Record<string, string> = {}): Promise<Recording> {
  const entries = Object.entries({ officeUsers: "anna@example.com", ...settings }).map(([key, value]) => [
    `goldsport-scheduler:${key}`,
    value,
  ]);
  return record(goldsportScheduler, { ...stackConfiguration("dev"), ...Object.fromEntries(entries) }, "dev");
}

function policiesOf(recording: Recording) {
  return all(recording, "aws:iam/rolePolicy:RolePolicy")
    .filter(({ inputs }) => inputs.role === ROLE)
    .map(({ name, inputs }) => ({
      name,
      policy: JSON.parse(REAL.reduce((text, [madeUp, real]) => text.replaceAll(madeUp, real), String(inputs.policy))),
    }));
}

/** @param keys The partition keys that a request to the table names. */
async function decision(identityPolicies: { name: string; policy: unknown }[], action: string, resource: string, keys?: string[]) {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/${ROLE}`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: keys === undefined ? {} : { "dynamodb:LeadingKeys": keys },
      },
      identityPolicies,
      // A key lets its account decide by the roles' own policies.
      ...(resource === KEY.replace(/\d$/, resource.at(-1) ?? "") && { resourcePolicy: ACCOUNT_DECIDES }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result.resultType === "single" ? result.overallResult : JSON.stringify(result);
}

const ACCOUNT_DECIDES = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" }],
};

async function lent(resourcePolicy: unknown, contextVariables: Record<string, string | string[]>): Promise<string> {
  const result = await runSimulation(
    {
      request: {
        principal: "cognito-identity.amazonaws.com",
        action: "sts:AssumeRoleWithWebIdentity",
        resource: { resource: `arn:aws:iam::${ACCOUNT}:role/${ROLE}`, accountId: ACCOUNT },
        contextVariables,
      },
      identityPolicies: [],
      resourcePolicy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result.resultType === "single" ? result.overallResult : JSON.stringify(result);
}
