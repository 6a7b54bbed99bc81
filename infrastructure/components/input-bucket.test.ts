import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { ACCOUNT, only, type Recording, record } from "../testing/recorder";
import { InputBucket } from "./input-bucket";

const args = { bucketName: "goldsport-scheduler-input-test", expireAfterDays: 30, protect: false };

describe("InputBucket", () => {
  let recording: Recording;

  before(async () => {
    recording = await record(() => {
      const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
      const fn = new aws.lambda.Function("engine", { role: role.arn });
      const bucket = new InputBucket("input", args);
      const grant = bucket.grantRead(role);
      bucket.onObjectCreated(fn, ["orders/", "instructors/"], [grant]);
    });
  });

  it("calls the function for orders and instructors, and for nothing else", () => {
    const { inputs } = only(recording, "aws:s3/bucketNotification:BucketNotification");
    const lambdaFunctionArn = `arn:aws:lambda:mock:${ACCOUNT}:engine`;
    assert.deepEqual(inputs, {
      bucket: args.bucketName,
      lambdaFunctions: [
        { lambdaFunctionArn, events: ["s3:ObjectCreated:*"], filterPrefix: "orders/" },
        { lambdaFunctionArn, events: ["s3:ObjectCreated:*"], filterPrefix: "instructors/" },
      ],
    });
  });

  it("lets this account's bucket alone call the function", () => {
    assert.deepEqual(only(recording, "aws:lambda/permission:Permission").inputs, {
      function: "engine",
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
      sourceArn: `arn:aws:s3:mock:${ACCOUNT}:${args.bucketName}`,
      sourceAccount: ACCOUNT,
    });
  });

  it("may call the function, and the function may read, before it is told to", () => {
    assert.deepEqual(only(recording, "aws:s3/bucketNotification:BucketNotification").dependsOn, ["input-invoke", "input-read"]);
  });

  it("grants to read objects and to list, and nothing else", () => {
    const { policy, role } = only(recording, "aws:iam/rolePolicy:RolePolicy").inputs;
    const arn = `arn:aws:s3:mock:${ACCOUNT}:${args.bucketName}`;
    assert.equal(role, "role");
    assert.deepEqual(JSON.parse(String(policy)).Statement, [
      { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*` },
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
    ]);
  });

  it("refuses a second listener", async () => {
    await assert.rejects(
      record(() => {
        const fn = new aws.lambda.Function("engine", { role: "arn:aws:iam::123456789012:role/r" });
        const bucket = new InputBucket("input", args);
        bucket.onObjectCreated(fn, ["orders/"]);
        bucket.onObjectCreated(fn, ["instructors/"]);
      }),
      /name all prefixes in one call/,
    );
  });
});
