import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inUploadOrder, keyOf, outgoing } from "./uploads";

describe("keyOf", () => {
  it("puts exports under orders/, and profiles and rosters under instructors/", () => {
    assert.equal(keyOf("season 26.tsv"), "orders/season 26.tsv");
    assert.equal(keyOf("profiles.json"), "instructors/profiles.json");
    assert.equal(keyOf("roster-2026-12-27.json"), "instructors/roster-2026-12-27.json");
  });

  it("knows no place for anything else", () => {
    for (const name of ["roster.json", "roster-27.12.2026.json", "season.csv", "season.tsv.bak", "Profiles.json"]) {
      assert.equal(keyOf(name), undefined, name);
    }
  });
});

describe("inUploadOrder", () => {
  it("sends rosters after the profiles that they name, and keeps the order otherwise", () => {
    const keys = ["instructors/roster-2026-12-27.json", "orders/b.tsv", "instructors/profiles.json", "instructors/roster-2026-12-26.json"];
    assert.deepEqual(
      inUploadOrder(keys.map((key) => ({ key, body: Buffer.of() }))).map(({ key }) => key),
      ["orders/b.tsv", "instructors/profiles.json", "instructors/roster-2026-12-27.json", "instructors/roster-2026-12-26.json"],
    );
  });
});

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
