import assert from "node:assert/strict";
import { lookupIn, projectName, stackConfiguration, stacks } from "./configuration";

describe("stackConfiguration", () => {
  it("is Pulumi.yaml's defaults under the stack's own values, as text", () => {
    const dev = stackConfiguration("dev");
    assert.equal(dev[`${projectName()}:env`], "dev");
    assert.equal(dev[`${projectName()}:retentionDays`], "30");
    assert.equal(dev[`${projectName()}:protect`], "false");
    assert.equal(stackConfiguration("prod")[`${projectName()}:protect`], "true");
    assert.equal(dev["aws:region"], "eu-central-1");
  });

  it("names the stacks that there are when asked for another", () => {
    assert.deepEqual(stacks().sort(), ["dev", "local", "prod"]);
    assert.throws(() => stackConfiguration("nope"), {
      message: /^there is no stack "nope": Pulumi\.nope\.yaml is missing \(there are .*dev/,
    });
  });
});

describe("lookupIn", () => {
  it("finds the project's own settings by their short names, and others with their package", () => {
    const lookup = lookupIn(stackConfiguration("dev"));
    assert.deepEqual(["env", "aws:region", "nope"].map(lookup), ["dev", "eu-central-1", undefined]);
  });
});
