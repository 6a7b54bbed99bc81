import assert from "node:assert/strict";
import { within } from "./patience";

describe("patience", () => {
  it("gives what the work gives, or how it fails", async () => {
    assert.equal(await within(Promise.resolve(1), 1000), 1);
    await assert.rejects(within(Promise.reject(new Error("broken")), 1000), /broken/);
  });

  it("ends when the time is up, whatever the work does", async () => {
    await assert.rejects(within(new Promise(() => undefined), 1), /not done after 1 ms/);
  });
});
