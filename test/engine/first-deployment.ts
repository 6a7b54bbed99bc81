import assert from "node:assert/strict";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { stackConfiguration } from "../../infrastructure/configuration";
import goldsportScheduler from "../../infrastructure/index";
import { record } from "../../infrastructure/testing/recorder";
import type { EngineStack } from "./engine-stack";

/** Rules of how a stack is made that was planned; afterwards all of it is there. */
export type Making = (stack: () => EngineStack, planned: () => string[]) => void;

/** The rules of a first deployment, for the stack `name`, of which nothing is there yet; afterwards all of it is. */
export function describeFirstDeployment(name: string, stack: () => EngineStack, making: Making): void {
  describe("its first deployment", () => {
    let planned: string[];

    it("can be previewed, with nothing there and no AWS credentials, shows every resource, and makes nothing", async () => {
      const { create = [], ...others } = await stack().preview();
      planned = create;
      assert.deepEqual(others, {});
      const { registrations } = await record(goldsportScheduler, stackConfiguration(name), name);
      const expected = [...new Set(registrations.map((each) => `${each.type} ${each.name}`))].sort();
      const isComponent = (label: string) => label.startsWith("goldsport:") || label.startsWith("pulumi:pulumi:Stack ");
      assert.deepEqual(
        create.filter((label) => !isComponent(label)),
        expected,
      );
      assert.equal(create.filter(isComponent).length, 9, create.join("\n"));
      assert.deepEqual((await stack().clients.s3.send(new ListBucketsCommand())).Buckets ?? [], []);
    });

    making(stack, () => planned);

    it("tells the names and addresses of what it made", async () => {
      const outputs = await stack().outputs();
      assert.deepEqual(
        { ...outputs, failureQueueUrl: "", distributionId: "", websiteUrl: "" },
        {
          inputBucketName: `goldsport-scheduler-input-${name}`,
          websiteBucketName: `goldsport-scheduler-web-${name}`,
          dataTableName: `goldsport-scheduler-data-${name}`,
          processorFunctionName: `goldsport-scheduler-engine-${name}`,
          processorFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:goldsport-scheduler-engine-${name}`,
          failureQueueUrl: "",
          distributionId: "",
          websiteUrl: "",
          dashboardName: `goldsport-scheduler-dashboard-${name}`,
          alarmTopicArn: `arn:aws:sns:eu-central-1:000000000000:goldsport-scheduler-alarms-${name}`,
          region: "eu-central-1",
        },
      );
      assert.match(outputs.failureQueueUrl, new RegExp(`/goldsport-scheduler-failures-${name}$`));
      assert.match(outputs.websiteUrl, /^https:\/\/[a-z0-9]+\.cloudfront\.net$/);
    });

    it("finds everything as it was made, and leaves nothing to change", async () => {
      assert.deepEqual(await stack().refresh(), {});
      assert.deepEqual(await stack().preview(), {});
    });
  });
}

/** All at once. */
export const makeAtOnce: Making = (stack, planned) => {
  it("makes all that was planned", async () => {
    assert.deepEqual(await stack().up(), { create: planned() });
  });

  it("lets S3 call the function before it tells S3 to, and grants its rights before that", () => {
    const { begun, ended } = stack().last.order();
    const started = (label: string) => begun.indexOf(label);
    const there = (label: string) => ended.indexOf(label);
    const before = [
      "aws:lambda/permission:Permission input-invoke",
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig engine-retries",
      "aws:iam/rolePolicy:RolePolicy input-read",
      "aws:iam/rolePolicy:RolePolicy data-read-write",
      "aws:iam/rolePolicy:RolePolicy web-read-write",
      "aws:iam/rolePolicy:RolePolicy engine-write-log",
    ];
    assert.ok(started("aws:s3/bucketNotification:BucketNotification input-notification") > 0);
    const late = before.filter(
      (label) => there(label) < 0 || there(label) > there("aws:s3/bucketNotification:BucketNotification input-notification"),
    );
    assert.deepEqual(late, []);
  });
};
