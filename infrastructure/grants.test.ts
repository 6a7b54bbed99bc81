import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { all, type Recording, record } from "./testing/recorder";

const ACCOUNT = "123456789012";
const INPUT = "arn:aws:s3:::goldsport-scheduler-input-dev";
const WEB = "arn:aws:s3:::goldsport-scheduler-web-dev";
const TABLE = `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/goldsport-scheduler-data-dev`;
const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:goldsport-scheduler-failures-dev`;
const LOG = `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/aws/lambda/goldsport-scheduler-engine-dev`;

/** What the recorder's made-up ARNs are in AWS. */
const REAL: [madeUp: string, real: string][] = [
  [`arn:aws:s3:mock:${ACCOUNT}:`, "arn:aws:s3:::"],
  [`arn:aws:dynamodb:mock:${ACCOUNT}:`, `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/`],
  [`arn:aws:sqs:mock:${ACCOUNT}:`, `arn:aws:sqs:eu-central-1:${ACCOUNT}:`],
  [`arn:aws:cloudwatch:mock:${ACCOUNT}:`, `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:`],
];

const allowed: [action: string, resource: string][] = [
  ["s3:GetObject", `${INPUT}/orders/season.tsv`],
  ["s3:GetObject", `${INPUT}/instructors/profiles.json`],
  ["s3:ListBucket", INPUT],
  ["s3:GetObject", `${WEB}/data/schedule.json`],
  ["s3:PutObject", `${WEB}/data/days/2026-12-27.json`],
  ["s3:DeleteObject", `${WEB}/data/days/2026-12-27.json`],
  ["dynamodb:BatchGetItem", TABLE],
  ["dynamodb:Query", TABLE],
  ["dynamodb:PutItem", TABLE],
  ["dynamodb:DeleteItem", TABLE],
  ["logs:CreateLogStream", `${LOG}:log-stream:today`],
  ["logs:PutLogEvents", `${LOG}:log-stream:today`],
  ["sqs:SendMessage", QUEUE],
];

const refused: [action: string, resource: string][] = [
  ["s3:PutObject", `${INPUT}/orders/season.tsv`],
  ["s3:DeleteObject", `${INPUT}/orders/season.tsv`],
  ["s3:PutBucketNotification", INPUT],
  ["s3:DeleteBucket", INPUT],
  ["s3:GetObject", "arn:aws:s3:::goldsport-scheduler-input-prod/orders/season.tsv"],
  ["s3:PutObject", `${WEB}/index.html`],
  ["s3:DeleteObject", `${WEB}/assets/index.js`],
  ["s3:ListBucket", WEB],
  ["s3:PutBucketPolicy", WEB],
  ["dynamodb:Scan", TABLE],
  ["dynamodb:GetItem", TABLE],
  ["dynamodb:UpdateItem", TABLE],
  ["dynamodb:BatchWriteItem", TABLE],
  ["dynamodb:DeleteTable", TABLE],
  ["dynamodb:UpdateTable", TABLE],
  ["dynamodb:BatchGetItem", TABLE.replace("-dev", "-prod")],
  ["logs:CreateLogGroup", LOG],
  ["logs:PutLogEvents", `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/aws/lambda/another:log-stream:today`],
  ["sqs:ReceiveMessage", QUEUE],
  ["sqs:DeleteMessage", QUEUE],
  ["sqs:SendMessage", QUEUE.replace("-dev", "-prod")],
  ["lambda:InvokeFunction", `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:goldsport-scheduler-engine-dev`],
  ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/goldsport-scheduler-engine-dev`],
];

describe("the processor's role", () => {
  let recording: Recording;
  let policies: { name: string; policy: unknown }[];

  before(async () => {
    recording = await record(goldsportScheduler, stackConfiguration("dev"), "dev");
    const own = all(recording, "aws:iam/rolePolicy:RolePolicy").filter(({ inputs }) => inputs.role === "goldsport-scheduler-engine-dev");
    policies = own.map(({ name, inputs }) => ({
      name,
      policy: JSON.parse(REAL.reduce((text, [madeUp, real]) => text.replaceAll(madeUp, real), String(inputs.policy))),
    }));
  });

  for (const [action, resource] of allowed) {
    it(`may ${action} on ${resource}`, async () => assert.equal(await decision(action, resource), "Allowed"));
  }

  for (const [action, resource] of refused) {
    it(`may not ${action} on ${resource}`, async () => assert.equal(await decision(action, resource), "ImplicitlyDenied"));
  }

  it("has no managed policy, no wildcard action and no resource that is everything", () => {
    assert.deepEqual(
      recording.registrations.filter(({ type }) => /[pP]olicyAttachment/.test(type)),
      [],
    );
    for (const { name, policy } of policies) {
      const { Statement } = policy as { Statement: { Action: string | string[]; Resource: string | string[] }[] };
      for (const { Action, Resource } of Statement) {
        assert.ok(
          [Action].flat().every((action) => !action.includes("*")),
          name,
        );
        assert.ok(
          [Resource].flat().every((resource) => /^arn:aws:[a-z0-9]+:[^*]+(\*)?$/.test(resource)),
          name,
        );
      }
    }
  });

  async function decision(action: string, resource: string): Promise<string> {
    const result = await runSimulation(
      {
        request: {
          principal: `arn:aws:iam::${ACCOUNT}:role/goldsport-scheduler-engine-dev`,
          action,
          resource: { resource, accountId: ACCOUNT },
          contextVariables: {},
        },
        identityPolicies: policies,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    assert.equal(result.resultType, "single", JSON.stringify(result));
    return result.resultType === "single" ? result.overallResult : "";
  }
});
