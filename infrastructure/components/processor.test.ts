import assert from "node:assert/strict";
import { ACCOUNT, all, named, only, type Recording, record } from "../testing/recorder";
import { Processor } from "./processor";

const FUNCTION = "goldsport-scheduler-engine-test";
const QUEUE = "goldsport-scheduler-failures-test";
const LOG_ARN = `arn:aws:cloudwatch:mock:${ACCOUNT}:/aws/lambda/${FUNCTION}`;
const QUEUE_ARN = `arn:aws:sqs:mock:${ACCOUNT}:${QUEUE}`;

describe("Processor", () => {
  let recording: Recording;

  before(async () => {
    recording = await record(() => {
      new Processor("engine", {
        functionName: FUNCTION,
        queueName: QUEUE,
        code: "lambda/processor",
        environment: { DATA_TABLE: "table" },
        logRetentionDays: 7,
      });
    });
  });

  it("runs handler.main on Python 3.11 for at most 5 minutes in 512 MB", () => {
    assert.deepEqual(only(recording, "aws:lambda/function:Function").inputs, {
      code: "lambda/processor",
      name: FUNCTION,
      role: `arn:aws:iam:mock:${ACCOUNT}:${FUNCTION}`,
      runtime: "python3.11",
      handler: "handler.main",
      architectures: ["arm64"],
      timeout: 300,
      memorySize: 512,
      environment: { variables: { DATA_TABLE: "table" } },
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${FUNCTION}` },
    });
  });

  it("has a log of its own, kept as long as told, before it runs", () => {
    assert.deepEqual(only(recording, "aws:cloudwatch/logGroup:LogGroup").inputs, { name: `/aws/lambda/${FUNCTION}`, retentionInDays: 7 });
    const order = recording.registrations.map(({ name }) => name);
    assert.ok(order.indexOf("engine-log") < order.indexOf("engine-function"));
  });

  it("has a role that Lambda alone may take on, with no managed policy", () => {
    const { inputs } = only(recording, "aws:iam/role:Role");
    assert.deepEqual(Object.keys(inputs).sort(), ["assumeRolePolicy", "name"]);
    assert.deepEqual(JSON.parse(String(inputs.assumeRolePolicy)).Statement, [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    assert.deepEqual(all(recording, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), []);
  });

  it("may write its own log and hand over failures, and nothing else", () => {
    const statements = all(recording, "aws:iam/rolePolicy:RolePolicy").flatMap(
      ({ inputs }) => JSON.parse(String(inputs.policy)).Statement as unknown[],
    );
    assert.deepEqual(statements, [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [LOG_ARN, `${LOG_ARN}:*`],
      },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE_ARN },
    ]);
  });

  it("tries twice more within an hour, then hands the event to the queue", () => {
    assert.deepEqual(only(recording, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs, {
      functionName: FUNCTION,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 3600,
      destinationConfig: { onFailure: { destination: QUEUE_ARN } },
    });
    assert.deepEqual(named(recording, "engine-retries").dependsOn, ["engine-send-failures"]);
  });

  it("keeps failures encrypted for two weeks, and takes none over plain HTTP", () => {
    assert.deepEqual(only(recording, "aws:sqs/queue:Queue").inputs, {
      name: QUEUE,
      messageRetentionSeconds: 14 * 24 * 60 * 60,
      sqsManagedSseEnabled: true,
    });
    const { policy } = only(recording, "aws:sqs/queuePolicy:QueuePolicy").inputs;
    assert.deepEqual(JSON.parse(String(policy)).Statement, [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: QUEUE_ARN,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });
});
