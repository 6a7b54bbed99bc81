import assert from "node:assert/strict";
import { loadSettings } from "./settings";
import { SETTINGS } from "./testing/aws";

const NOW = Date.parse("2026-12-27T06:40:00Z");

describe("the settings", () => {
  const load = (headers: Record<string, string>) =>
    loadSettings(
      async () => Response.json(SETTINGS, { headers }),
      () => NOW,
    );

  it("come with how far the device's clock is behind, however long their answer was kept on its way", async () => {
    const headers = { date: "Sun, 27 Dec 2026 06:40:30 GMT" };
    assert.deepEqual(await load(headers), { settings: SETTINGS, clockBehind: 30_000 });
    assert.equal((await load({ ...headers, age: "20" })).clockBehind, 50_000);
    assert.equal((await load({})).clockBehind, 0);
  });
});
