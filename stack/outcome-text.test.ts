import assert from "node:assert/strict";
import { outcomeText } from "./outcome-text";

const key = "orders/season.tsv";

describe("outcomeText", () => {
  it("counts the rows of an accepted export, with the reasons of those that were rejected", () => {
    const rows = { total: 301, valid: 298, superseded: 2, rejected: { bad_date: 1, bad_time: 2 } };
    assert.equal(
      outcomeText({ key, outcome: "accepted", reason: undefined, rows }),
      "orders/season.tsv: accepted, 301 rows (298 valid, 2 superseded, 3 rejected: bad_date 1, bad_time 2)",
    );
  });

  it("leaves out what did not happen", () => {
    const rows = { total: 1, valid: 1, superseded: 0, rejected: {} };
    assert.equal(outcomeText({ key, outcome: "accepted", reason: undefined, rows }), "orders/season.tsv: accepted, 1 rows (1 valid)");
  });

  it("says why a file was rejected", () => {
    const outcome = { key, outcome: "rejected", reason: "line 1: The header lacks level.", rows: undefined } as const;
    assert.equal(outcomeText(outcome), "orders/season.tsv: rejected: line 1: The header lacks level.");
  });
});
