import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outgoing } from "./uploads";

describe("outgoing", () => {
  it("reads a file's bytes as they are", () => {
    const folder = mkdtempSync(join(tmpdir(), "goldsport-test-"));
    const path = join(folder, "season.tsv");
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff]);
    writeFileSync(path, bytes);
    assert.deepEqual(outgoing(path), { key: "orders/season.tsv", body: bytes });
    rmSync(folder, { recursive: true });
  });

  it("says of a missing file, and of a folder, that it is no upload", () => {
    assert.throws(() => outgoing("no/season.tsv"), { message: "no/season.tsv does not exist" });
    const folder = mkdtempSync(join(tmpdir(), "goldsport-test-"));
    const named = join(folder, "profiles.json");
    assert.throws(() => outgoing(named), { message: `${named} does not exist` });
    rmSync(folder, { recursive: true });
  });
});
