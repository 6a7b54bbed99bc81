import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { ACCOUNT, all, named, type Recording, record } from "./testing/recorder";

const REGION = "eu-central-1";
const INPUT = "arn:aws:s3:::goldsport-scheduler-input-dev";
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:goldsport-scheduler-fetcher-dev`;
const LOG = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/goldsport-scheduler-fetcher-dev`;
const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name}`;

/** What the recorder's made-up ARNs are in AWS. */
const REAL: [madeUp: string, real: string][] = [
  [`arn:aws:s3:mock:${ACCOUNT}:`, "arn:aws:s3:::"],
  [`arn:aws:lambda:mock:${ACCOUNT}:`, `arn:aws:lambda:${REGION}:${ACCOUNT}:function:`],
  [`arn:aws:cloudwatch:mock:${ACCOUNT}:`, `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:`],
];

const settings = {
  "goldsport-scheduler:exportUrl": "https://bookings.example.com/export",
  "goldsport-scheduler:exportSecret": "/goldsport/export",
  "goldsport-scheduler:openingHours": "08:30-16:00",
  "goldsport-scheduler:exportEveryMinutes": "30",
};

describe("the program that fetches exports", () => {
  let recording: Recording;
  let plain: Recording;

  before(async () => {
    plain = await record(goldsportScheduler, stackConfiguration("dev"), "dev");
    recording = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...settings }, "dev");
  });

  it("makes nothing more and changes nothing where there is no address", () => {
    assert.deepEqual(
      plain.registrations.filter(({ name }) => /fetch|input-put/.test(name)),
      [],
    );
    assert.ok(!("fetcherFunctionName" in plain.outputs));
    const shared = (from: Recording) => from.registrations.filter(({ name }) => !/fetch|input-put|dashboard/.test(name));
    assert.deepEqual(shared(recording), shared(plain));
  });

  it("calls the function in the school's time while it is open, once for each time", () => {
    const schedules = all(recording, "aws:scheduler/schedule:Schedule")
      .filter(({ name }) => name.startsWith("fetcher-"))
      .map(({ inputs }) => inputs);
    assert.deepEqual(
      schedules.map(({ scheduleExpression, scheduleExpressionTimezone }) => [scheduleExpression, scheduleExpressionTimezone]),
      [
        ["cron(30 8 * * ? *)", "Europe/Prague"],
        ["cron(0,30 9-15 * * ? *)", "Europe/Prague"],
      ],
    );
    for (const { flexibleTimeWindow, target } of schedules) {
      assert.deepEqual(flexibleTimeWindow, { mode: "OFF" });
      assert.deepEqual((target as { retryPolicy: unknown }).retryPolicy, { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 });
    }
  });

  it("calls it only when every grant is there, and what keeps it from a second try", () => {
    for (const schedule of ["fetcher-schedule-1", "fetcher-schedule-2"]) {
      const grants = ["fetcher-invoke", "fetcher-read-secret", "fetcher-retries", "fetcher-write-log", "input-put"];
      assert.deepEqual(named(recording, schedule).dependsOn.sort(), grants);
    }
  });

  it("holds no secret in the function's environment: the parameter's name alone", () => {
    const { inputs } = named(recording, "fetcher-function");
    assert.deepEqual(inputs.environment, {
      variables: {
        EXPORT_URL: "https://bookings.example.com/export",
        EXPORT_SECRET: "/goldsport/export",
        EXPORT_MAPPING: "",
        INPUT_BUCKET: "goldsport-scheduler-input-dev",
        MEMORY_KEY: "fetcher/last.json",
        MAX_UPLOAD_MIB: "64",
        POWERTOOLS_SERVICE_NAME: "goldsport-scheduler-fetcher-dev",
      },
    });
    assert.deepEqual([inputs.runtime, inputs.timeout], ["nodejs22.x", 60]);
  });

  const fetches: [action: string, resource: string, decision: string][] = [
    ["s3:PutObject", `${INPUT}/orders/fetched.tsv`, "Allowed"],
    ["s3:GetObject", `${INPUT}/fetcher/last.json`, "Allowed"],
    ["s3:PutObject", `${INPUT}/fetcher/last.json`, "Allowed"],
    ["ssm:GetParameter", parameter("goldsport/export"), "Allowed"],
    ["logs:PutLogEvents", `${LOG}:log-stream:today`, "Allowed"],
    ["s3:GetObject", `${INPUT}/orders/season.tsv`, "ImplicitlyDenied"],
    ["s3:DeleteObject", `${INPUT}/orders/season.tsv`, "ImplicitlyDenied"],
    ["s3:PutObject", `${INPUT}/instructors/profiles.json`, "ImplicitlyDenied"],
    ["s3:PutObject", "arn:aws:s3:::goldsport-scheduler-web-dev/data/schedule.json", "ImplicitlyDenied"],
    ["s3:ListBucket", INPUT, "ImplicitlyDenied"],
    ["ssm:GetParameter", parameter("goldsport/exports"), "ImplicitlyDenied"],
    ["ssm:PutParameter", parameter("goldsport/export"), "ImplicitlyDenied"],
    ["logs:CreateLogGroup", LOG, "ImplicitlyDenied"],
    ["dynamodb:PutItem", `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/goldsport-scheduler-data-dev`, "ImplicitlyDenied"],
    ["lambda:InvokeFunction", FUNCTION, "ImplicitlyDenied"],
  ];
  for (const [action, resource, wanted] of fetches) {
    it(`${wanted === "Allowed" ? "may" : "may not"} ${action} on ${resource}`, async () =>
      assert.equal(await decision("goldsport-scheduler-fetcher-dev", action, resource), wanted));
  }

  it("may decrypt its parameter under the key and under former ones, and under no other", async () => {
    const key = (id: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
    const keys = { "goldsport-scheduler:kmsKeyArn": key("new"), "goldsport-scheduler:formerKmsKeyArns": key("former") };
    const { registrations } = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...settings, ...keys }, "dev");
    const { Statement } = JSON.parse(String(registrations.find(({ name }) => name === "fetcher-read-secret")?.inputs.policy));
    assert.deepEqual(Statement.slice(1), [
      { Effect: "Allow", Action: "kms:Decrypt", Resource: key("new") },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: key("former") },
    ]);
  });

  it("lets the schedule call that function, and do nothing else", async () => {
    const role = "goldsport-scheduler-fetcher-dev-schedule";
    assert.equal(await decision(role, "lambda:InvokeFunction", FUNCTION), "Allowed");
    assert.equal(await decision(role, "lambda:InvokeFunction", FUNCTION.replace("fetcher", "engine")), "ImplicitlyDenied");
    assert.equal(await decision(role, "s3:PutObject", `${INPUT}/orders/fetched.tsv`), "ImplicitlyDenied");
    const { assumeRolePolicy } = named(recording, "fetcher-schedule-role").inputs;
    assert.deepEqual(JSON.parse(String(assumeRolePolicy)).Statement[0], {
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    });
  });

  async function decision(role: string, action: string, resource: string): Promise<string> {
    const identityPolicies = all(recording, "aws:iam/rolePolicy:RolePolicy")
      .filter(({ inputs }) => inputs.role === role)
      .map(({ name, inputs }) => ({
        name,
        policy: JSON.parse(REAL.reduce((text, [madeUp, real]) => text.replaceAll(madeUp, real), String(inputs.policy))),
      }));
    const principal = `arn:aws:iam::${ACCOUNT}:role/${role}`;
    const result = await runSimulation(
      {
        request: { principal, action, resource: { resource, accountId: ACCOUNT }, contextVariables: {} },
        identityPolicies,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    return result.resultType === "single" ? result.overallResult : JSON.stringify(result);
  }
});
