import assert from "node:assert/strict";
import { GuardedStorage } from "./keep";
import { FakeStorage } from "./testing/storage";

describe("what a browser keeps for the page", () => {
  it("is there for the next page", () => {
    const storage = new FakeStorage();
    new GuardedStorage(() => storage).setItem("key", "text");
    assert.equal(new GuardedStorage(() => storage).getItem("key"), "text");
  });

  it("is there for this page at least where the browser refuses, or has no room", () => {
    const refused = new GuardedStorage(() => {
      throw new DOMException("denied", "SecurityError");
    });
    const full = new FakeStorage();
    full.room = 3;
    for (const keep of [refused, new GuardedStorage(() => full)]) {
      keep.setItem("key", "text");
      assert.deepEqual([keep.getItem("key"), keep.length, keep.key(0)], ["text", 1, "key"]);
      keep.removeItem("key");
      assert.deepEqual([keep.getItem("key"), keep.length], [null, 0]);
      keep.clear();
    }
  });

  it("is what another tab has made of it since", () => {
    const storage = new FakeStorage();
    const keep = new GuardedStorage(() => storage);
    keep.setItem("key", "text");
    storage.setItem("key", "another");
    assert.equal(keep.getItem("key"), "another");
  });
});
