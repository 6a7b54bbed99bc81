import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../common/clock";
import { SHIFT, shiftAt } from "./shift";

describe("shift", () => {
  it("stays within its bounds, moves slowly, and comes everywhere", () => {
    const places = new Set<string>();
    let last = shiftAt(0);
    for (let now = 0; now < 48 * HOUR; now += MINUTE) {
      const { x, y } = shiftAt(now);
      assert.ok(Math.abs(x) <= SHIFT && Math.abs(y) <= SHIFT);
      assert.ok(Math.abs(x - last.x) <= 1 && Math.abs(y - last.y) <= 1, "one pixel a minute");
      places.add(`${x},${y}`);
      last = { x, y };
    }
    assert.ok(places.size > SHIFT * SHIFT * 3, `${places.size} places`);
  });
});
