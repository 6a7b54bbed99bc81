import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../common/clock";
import { at } from "./testing/documents";
import { Timekeeper } from "./timekeeper";

const NOW = at("08:50");

/** A device whose clock is `ahead` of the true time, and a server that knows the true time. */
function device(ahead: number, kept: { heardAt?: number; clockAhead?: number } = {}) {
  const state = { now: NOW, ahead };
  const store = {
    heardAt: () => kept.heardAt,
    clockAhead: () => kept.clockAhead,
    setClockAhead: (value: number) => {
      kept.clockAhead = value;
    },
  };
  const keeper = new Timekeeper({ device: () => state.now + state.ahead, store });
  const hear = (age = 0, took = 0) => {
    const headers = new Headers({ Date: new Date(state.now - age * 1000).toUTCString(), ...(age ? { Age: `${age}` } : {}) });
    keeper.hear(headers, took);
  };
  return { keeper, state, hear, kept };
}

describe("the true time", () => {
  it("is the device's own while it agrees with the server within seconds", () => {
    for (const ahead of [0, 3000, -3000]) {
      const { keeper, hear } = device(ahead);
      hear();
      assert.equal(keeper.now(), NOW + ahead);
      assert.equal(keeper.wrongBy(), undefined);
    }
  });

  it("is the server's when the device's clock is wrong, by a minute or by years", () => {
    for (const ahead of [MINUTE, -MINUTE, 3 * HOUR, -50_000 * HOUR]) {
      const { keeper, hear } = device(ahead);
      hear();
      assert.equal(keeper.now(), NOW);
    }
  });

  it("is said to differ from the device's from two minutes on, and by how much", () => {
    const { keeper, state, hear } = device(2 * MINUTE);
    hear();
    assert.equal(keeper.wrongBy(), undefined);
    state.ahead = -2 * HOUR;
    hear();
    assert.equal(keeper.wrongBy(), -2 * HOUR);
  });

  it("counts how long CloudFront kept the answer, and half of the time that it took", () => {
    const { keeper, hear } = device(HOUR);
    hear(300, 4000);
    assert.equal(keeper.now(), NOW + 2000);
  });

  it("does not tremble with every answer", () => {
    const { keeper, state, hear } = device(HOUR);
    hear();
    const first = keeper.now();
    state.ahead += 2000;
    hear();
    assert.equal(keeper.now(), first + 2000);
  });

  it("follows a device's clock that is put right", () => {
    const { keeper, state, hear } = device(HOUR);
    hear();
    state.ahead = 0;
    hear();
    assert.equal(keeper.now(), NOW);
    assert.equal(keeper.wrongBy(), undefined);
  });

  it("is known after a reload without a server", () => {
    const { kept, hear } = device(-HOUR);
    hear();
    assert.equal(device(-HOUR, kept).keeper.now(), NOW);
  });

  it("is never before the server was last heard: the device lost its time with its power", () => {
    const { keeper } = device(-50_000 * HOUR, { heardAt: NOW - 9 * HOUR });
    assert.equal(keeper.now(), NOW - 9 * HOUR);
    assert.notEqual(keeper.wrongBy(), undefined);
  });

  it("stays as it is when an answer says nothing of the time", () => {
    const { keeper } = device(HOUR);
    keeper.hear(new Headers(), 0);
    keeper.hear(new Headers({ Date: "soon" }), 0);
    assert.equal(keeper.now(), NOW + HOUR);
  });
});
