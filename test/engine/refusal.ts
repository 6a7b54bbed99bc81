import assert from "node:assert/strict";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import type { EngineStack } from "./engine-stack";
import type { Making } from "./first-deployment";

/** The rule of a wrong setting, for the stack dev, of which nothing is there yet. */
export function describeWrongSetting(stack: () => EngineStack): void {
  it("is refused at preview for a wrong setting, in one sentence that names it, and nothing is made", async () => {
    await stack().set("env", "Dev_1");
    await assert.rejects(stack().preview(), (error: Error) => {
      assert.match(error.message, /^the setting env is "Dev_1": it must be .+$/);
      return true;
    });
    assert.deepEqual((await stack().clients.s3.send(new ListBucketsCommand())).Buckets ?? [], []);
    await stack().set("env", "dev");
  });
}

/** In two deployments, of which AWS breaks off the first. */
export const makeInTwo: Making = (stack, planned) => {
  let made: string[];

  it("stops where AWS refuses a resource, and says which and why", async () => {
    stack().intercept = async (type, work) => {
      if (type === "aws:lambda/function:Function") {
        throw new Error("creating it: ServiceUnavailable: AWS is out of order");
      }
      return work();
    };
    await assert.rejects(stack().up(), /ServiceUnavailable: AWS is out of order/);
    made = stack().last.done().create ?? [];
    assert.ok(made.includes("aws:dynamodb/table:Table data-table"), made.join("\n"));
    assert.ok(!made.includes("aws:s3/bucketNotification:BucketNotification input-notification"), made.join("\n"));
  });

  it("is completed by the next, which makes what is missing and nothing twice", async () => {
    stack().intercept = (_type, work) => work();
    const { create = [], ...others } = await stack().up();
    assert.deepEqual(others, {});
    // A component has no end of its own in AWS: it may be among those of both.
    const inAws = (labels: string[]) => labels.filter((label) => label.startsWith("aws:")).sort();
    assert.deepEqual(inAws([...made, ...create]), inAws(planned()));
  });
};
