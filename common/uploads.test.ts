import assert from "node:assert/strict";
import { inUploadOrder, keyOf } from "./uploads";

describe("keyOf", () => {
  it("puts exports under orders/, and profiles and rosters under instructors/", () => {
    assert.equal(keyOf("season 26.tsv"), "orders/season 26.tsv");
    assert.equal(keyOf("SEASON.TSV"), "orders/SEASON.tsv");
    assert.equal(keyOf("profiles.json"), "instructors/profiles.json");
    assert.equal(keyOf("roster-2026-12-27.json"), "instructors/roster-2026-12-27.json");
  });

  it("knows no place for anything else", () => {
    for (const name of ["roster.json", "roster-27.12.2026.json", "season.csv", "season.tsv.bak", ".tsv", "Profiles.json"]) {
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
