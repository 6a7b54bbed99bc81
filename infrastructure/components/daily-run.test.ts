import assert from "node:assert/strict";
import { ACCOUNT, only, type Recording, record } from "../testing/recorder";
import { DailyRun } from "./daily-run";

const NAME = "goldsport-scheduler-daily-test";
const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:goldsport-scheduler-engine-test";

describe("the daily run", () => {
  let recording: Recording;

  before(async () => {
    recording = await record(() => new DailyRun("daily", { name: NAME, functionArn: FUNCTION, timeZone: "Europe/Prague" }));
  });

  it("calls the function half an hour after the school's midnight, in winter and in summer", () => {
    assert.deepEqual(only(recording, "aws:scheduler/schedule:Schedule").inputs, {
      name: NAME,
      scheduleExpression: "cron(30 0 * * ? *)",
      scheduleExpressionTimezone: "Europe/Prague",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: FUNCTION, roleArn: `arn:aws:iam:mock:${ACCOUNT}:${NAME}`, input: '{"run":"daily"}' },
    });
  });

  it("may call that function, and nothing else", () => {
    assert.deepEqual(JSON.parse(String(only(recording, "aws:iam/rolePolicy:RolePolicy").inputs.policy)).Statement, [
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: FUNCTION },
    ]);
  });

  it("lends its role to the schedules of this account alone", () => {
    assert.deepEqual(JSON.parse(String(only(recording, "aws:iam/role:Role").inputs.assumeRolePolicy)).Statement, [
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      },
    ]);
  });

  it("gets its role's right before it is made", () => {
    const order = recording.registrations.map(({ name }) => name);
    assert.ok(order.indexOf("daily-invoke") < order.indexOf("daily-schedule"));
  });
});
