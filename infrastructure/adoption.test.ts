import assert from "node:assert/strict";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { record } from "./testing/recorder";

/** The resources, by logical name, that the program imports, with the ids by which it finds them. */
async function imported(settings: Record<string, string>): Promise<Record<string, string>> {
  const { registrations } = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...settings });
  return Object.fromEntries(registrations.flatMap(({ name, imports }) => (imports === undefined ? [] : [[name, imports]])));
}

describe("the program, told to adopt", () => {
  it("takes over the two buckets and the table under their names, and nothing else", async () => {
    assert.deepEqual(await imported({ "goldsport-scheduler:adopt": "true" }), {
      "input-bucket": "goldsport-scheduler-input-dev",
      "web-bucket": "goldsport-scheduler-web-dev",
      "data-table": "goldsport-scheduler-data-dev",
    });
  });

  it("takes over nothing unless told", async () => {
    assert.deepEqual(await imported({}), {});
  });
});
