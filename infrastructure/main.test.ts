import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { stackConfiguration } from "./configuration";
import { record } from "./testing/recorder";

/** What Pulumi's Node host gets: it requires the project's folder, and so what package.json names as `main`. */
const required: unknown = createRequire(__filename)(resolve(__dirname, ".."));

describe("what package.json names as main", () => {
  it("is a function itself, as Pulumi calls no other export", () => {
    assert.ok(required instanceof Function, `it is ${typeof required}: ${JSON.stringify(required)}`);
  });

  it("makes the stack's resources and tells its outputs when it is called", async () => {
    const { registrations, outputs } = await record(required as () => Record<string, unknown>, stackConfiguration("dev"), "dev");
    assert.ok(registrations.some(({ type }) => type === "aws:lambda/function:Function"));
    assert.equal(outputs.processorFunctionName, "goldsport-scheduler-engine-dev");
  });
});
