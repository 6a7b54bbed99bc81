import assert from "node:assert/strict";
import { columnsOf, hoursOf, lanesOf } from "./board-layout";

const span = (start: string, end: string) => ({ start, end });

describe("the board", () => {
  it("shows the full hours around all lessons, and a usual day where there are none", () => {
    assert.deepEqual(hoursOf([span("08:40", "10:30"), span("14:30", "16:00")]), { from: 480, to: 960 });
    assert.deepEqual(hoursOf([]), { from: 480, to: 960 });
  });

  it("places a lesson from its start to its end", () => {
    assert.deepEqual(columnsOf(span("08:40", "10:30"), { from: 480, to: 960 }), { first: 9, after: 31 });
  });

  it("shows a lesson that ends when it starts, and one that ends after midnight", () => {
    assert.deepEqual(columnsOf(span("09:00", "09:00"), { from: 480, to: 960 }), { first: 13, after: 16 });
    assert.deepEqual(hoursOf([span("22:00", "00:30")]), { from: 1320, to: 1440 });
  });

  it("puts lessons that overlap below each other, and others beside each other", () => {
    assert.deepEqual(lanesOf([span("09:00", "11:00"), span("10:00", "12:00"), span("11:00", "12:00")]), [0, 1, 0]);
  });
});
