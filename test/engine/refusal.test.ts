import assert from "node:assert/strict";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { type EngineStack, startEngineStack } from "./engine-stack";

describe("a deployment that cannot be", function () {
  this.timeout(120_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("dev");
  });

  after(() => engine?.stop());

  it("is refused at preview for a wrong setting, in one sentence that names it, and makes nothing", async () => {
    await engine.set("env", "Dev_1");
    await assert.rejects(engine.preview(), (error: Error) => {
      assert.match(error.message, /^the setting env is "Dev_1": it must be .+$/);
      return true;
    });
    assert.deepEqual((await engine.clients.s3.send(new ListBucketsCommand())).Buckets ?? [], []);
    await engine.set("env", "dev");
  });

  it("stops where AWS refuses a resource, and says which and why", async () => {
    engine.intercept = async (type, work) => {
      if (type === "aws:lambda/function:Function") {
        throw new Error("creating it: ServiceUnavailable: AWS is out of order");
      }
      return work();
    };
    await assert.rejects(engine.up(), /ServiceUnavailable: AWS is out of order/);
    const made = engine.last.done().create ?? [];
    assert.ok(made.includes("aws:dynamodb/table:Table data-table"), made.join("\n"));
    assert.ok(!made.includes("aws:s3/bucketNotification:BucketNotification input-notification"), made.join("\n"));
  });

  it("is completed by the next, which makes what is missing and nothing twice", async () => {
    const made = engine.last.done().create ?? [];
    engine.intercept = (_type, work) => work();
    const { create = [], ...others } = await engine.up();
    assert.deepEqual(others, {});
    assert.ok(create.includes("aws:lambda/function:Function engine-function"), create.join("\n"));
    assert.deepEqual(
      create.filter((label) => made.includes(label)),
      [],
    );
    assert.deepEqual(await engine.preview(), {});
  });
});
