import assert from "node:assert/strict";
import type { Items } from "./items";
import { isRejected, pointerTo, standingOf } from "./outcomes";

const SENT = { key: "instructors/profiles.json", etag: "mine", since: "2026-12-27T06:40:05.000Z", until: "2026-12-27T06:40:06.000Z" };
const AT = "2026-12-27T06:40:05.123Z";

/** A table with what is in force of a kind, and what was rejected. */
function items(inForce: object | undefined, rejected: object[] = []): Items {
  return {
    get: async <T>() => inForce as T | undefined,
    query: async <T>(_: string, from: string) => rejected.filter((one) => (one as { SK: string }).SK >= from) as T[],
  };
}

describe("what became of an upload", () => {
  const outcome = async (...table: Parameters<typeof items>) => (await standingOf(items(...table), SENT))?.outcome;
  const rejected = { SK: `${AT}#${SENT.key}`, key: SENT.key, etag: "mine", code: "wrong_type", reason: "No.", line: 3, rows: null };

  it("is not known yet while an older file is in force", async () => {
    assert.equal(await outcome(undefined), undefined);
    assert.equal(await outcome({ key: SENT.key, etag: "mine", uploaded_at: "2026-12-27T06:40:04.999Z" }), undefined);
    assert.equal(await outcome({ key: SENT.key, etag: "another", uploaded_at: AT }), undefined);
  });

  it("is that it is in force, or that a newer one is", async () => {
    assert.equal(await outcome({ key: SENT.key, etag: "mine", uploaded_at: AT }), "accepted");
    assert.equal(await outcome({ key: SENT.key, etag: "another", uploaded_at: SENT.until }), "stale");
  });

  it("is that this very file was rejected, and why", async () => {
    const standing = await standingOf(items(undefined, [rejected]), SENT);
    assert.deepEqual(standing, { outcome: "rejected", code: "wrong_type", reason: "No.", line: 3, rows: null });
    assert.equal(await outcome(undefined, [{ ...rejected, etag: "another" }]), undefined);
    assert.equal(await outcome(undefined, [{ ...rejected, SK: `2026-12-27T06:40:04.999Z#${SENT.key}` }]), undefined);
    assert.equal(await isRejected(items(undefined, [rejected]), SENT.key, "mine"), true);
    assert.equal(await isRejected(items(undefined, [rejected]), SENT.key, "another"), false);
  });

  it("is told by the file in force of its kind", () => {
    assert.deepEqual(pointerTo("orders/a.tsv"), ["SOURCE#orders", "LATEST"]);
    assert.deepEqual(pointerTo("instructors/profiles.json"), ["SOURCE#profiles", "LATEST"]);
    assert.deepEqual(pointerTo("instructors/roster-2026-12-27.json"), ["SCHEDULE#2026-12-27", "ROSTER"]);
  });
});
