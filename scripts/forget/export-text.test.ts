import assert from "node:assert/strict";
import { searchExport } from "./export-text";

const COLUMNS = ["id_order", "name_sponsor", "name_participant", "timestamp_start_lesson", "note"];
const row = (sponsor: string, participant: string, note = "") =>
  ["4001", sponsor, participant, "2026-12-27T09:00:00+01:00", note].join("\t");
const exportOf = (...rows: string[]) => `\uFEFF${[COLUMNS.join("\t"), ...rows].join("\r\n")}\r\n`;

const ANNA = row("Novák Petr", "Anna");
const OTHER = row("Svoboda Jan", "Anna");

describe("searchExport", () => {
  it("finds the rows of a sponsor, and leaves every other byte as it was", () => {
    const found = searchExport(exportOf(ANNA, OTHER), { name: "Petr Novák" });
    assert.equal(found?.rest, exportOf(OTHER));
    assert.deepEqual(found?.rows, [{ participant: "Anna", sponsor: "Novák Petr", startsAt: Date.UTC(2026, 11, 27, 8) }]);
    assert.equal(found?.others.length, 1);
  });

  it("finds a participant, of one sponsor only where the sponsor is told", () => {
    assert.equal(searchExport(exportOf(ANNA, OTHER), { name: "Anna" })?.rows.length, 2);
    assert.equal(searchExport(exportOf(ANNA, OTHER), { name: "Anna", sponsor: "Jan Svoboda" })?.rest, exportOf(ANNA));
  });

  it("takes a full name out of the notes of others", () => {
    const found = searchExport(exportOf(row("Svoboda Jan", "Eva", "sister of Petr Novák"), OTHER), { name: "Petr Novák" });
    assert.equal(found?.mentions, 1);
    assert.equal(found?.rest, exportOf(row("Svoboda Jan", "Eva"), OTHER));
  });

  it("finds a person in a broken row", () => {
    const found = searchExport(exportOf("4001\tNovák Petr", OTHER), { name: "Petr Novák" });
    assert.equal(found?.rest, exportOf(OTHER));
  });

  it("changes nothing where the person is not", () => {
    const text = exportOf("", ANNA, "  ", OTHER);
    assert.equal(searchExport(text, { name: "Nobody Known" })?.rest, text);
  });

  it("says that a text is no export", () => {
    assert.equal(searchExport("<html>Petr Novák</html>", { name: "Petr Novák" }), undefined);
    assert.equal(searchExport("", { name: "Petr Novák" }), undefined);
  });
});
