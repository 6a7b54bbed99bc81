import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { providerName, runInMockRuntime } from "./mock-runtime";

class Thing extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs = {}) {
    super("test:index:Thing", name, inputs);
  }
}

const run = (program: () => unknown, newResource: pulumi.runtime.Mocks["newResource"]) =>
  runInMockRuntime(program, { stack: "test", config: {}, mocks: { newResource, call: () => ({}) } });

const made = async ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({ id: `${name}-id`, state: inputs });

describe("runInMockRuntime", () => {
  it("returns what the program returns, resolved", async () => {
    const outputs = await run(() => ({ id: new Thing("one").id }), made);
    assert.deepEqual(outputs, { id: "one-id" });
  });

  it("makes a resource only when those that it depends on are there", async () => {
    const order: string[] = [];
    await run(
      () => {
        const first = new Thing("first");
        new Thing("second", { first: first.id });
      },
      async (args) => {
        if (args.custom) {
          order.push(args.name);
        }
        return made(args);
      },
    );
    assert.deepEqual(order, ["first", "second"]);
  });

  it("throws what the program throws", async () => {
    await assert.rejects(
      run(() => {
        throw new pulumi.RunError("a wrong setting");
      }, made),
      { message: "a wrong setting" },
    );
  });

  it("throws the first failure of a resource, and makes nothing after it", async () => {
    const order: string[] = [];
    await assert.rejects(
      run(
        () => {
          const first = new Thing("first");
          new Thing("second", { first: first.id });
        },
        async (args) => {
          if (!args.custom) {
            return made(args);
          }
          order.push(args.name);
          throw new Error(`no room for ${args.name}`);
        },
      ),
      { message: "no room for first" },
    );
    assert.deepEqual(order, ["first"]);
  });
});

describe("providerName", () => {
  it("is the logical name at the end of the provider's URN", () => {
    assert.equal(providerName("urn:pulumi:dev::project::pulumi:providers:aws::aws::aws-id"), "aws");
    assert.equal(providerName(""), undefined);
  });
});
