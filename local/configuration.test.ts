import assert from "node:assert/strict";
import { projectName, stackConfiguration, stacks } from "./configuration";

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
