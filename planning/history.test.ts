import assert from "node:assert/strict";
import { begin, change, mapped, redo, undo } from "./history";

describe("a history", () => {
  it("goes back and forth, change by change", () => {
    const end = change(change(begin("a"), "b"), "c");
    const back = undo(undo(end));
    assert.deepEqual([end.now, undo(end).now, back.now, redo(back).now, redo(redo(back)).now], ["c", "b", "a", "b", "c"]);
  });

  it("forgets what was taken back when something else is done", () => {
    const other = change(undo(change(begin("a"), "b")), "c");
    assert.deepEqual([other.now, redo(other).now, undo(other).now], ["c", "c", "a"]);
  });

  it("stays where there is nothing to take back, or to make again", () => {
    const start = begin("a");
    assert.equal(undo(start), start);
    assert.equal(redo(start), start);
  });

  it("is made anew step by step, without those that make no difference any more", () => {
    const history = undo(change(change(change(change(begin("a"), "b"), "B"), "c"), "C"));
    const anew = mapped(
      history,
      (value) => value.toUpperCase(),
      (one, other) => one === other,
    );
    assert.deepEqual(anew, { past: ["A", "B"], now: "C", future: [] });
  });
});
