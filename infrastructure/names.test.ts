import assert from "node:assert/strict";
import { resourceName } from "./names";

describe("resourceName", () => {
  it("ends in the environment", () => {
    assert.equal(resourceName("input", "dev"), "goldsport-scheduler-input-dev");
    assert.equal(resourceName("engine", "prod"), "goldsport-scheduler-engine-prod");
  });
});
