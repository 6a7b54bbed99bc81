import assert from "node:assert/strict";
import { MINUTE } from "../../common/clock";
import { hearing } from "./hearing";

describe("hearing", () => {
  it("is content for two minutes, gives a mark from then on, and a band from thirty", () => {
    const silent = (silence: number) => hearing(1000, 1000 + silence);
    assert.equal(silent(0), "heard");
    assert.equal(silent(2 * MINUTE - 1), "heard");
    assert.equal(silent(2 * MINUTE), "mark");
    assert.equal(silent(30 * MINUTE - 1), "mark");
    assert.equal(silent(30 * MINUTE), "band");
  });
});
