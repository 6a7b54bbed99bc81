import assert from "node:assert/strict";
import { watchIdle } from "./idle";

const MINUTE = 60_000;

describe("doing nothing", () => {
  let now = 0;
  let tasks: { task: () => void; at: number }[] = [];
  let left = 0;
  const timer = { now: () => now, later: (task: () => void, milliseconds: number) => tasks.push({ task, at: now + milliseconds }) };

  /** Lets time pass, with every timer called when it is due. */
  const pass = (minutes: number) => {
    const end = now + minutes * MINUTE;
    for (let due = tasks.find(({ at }) => at <= end); due && left === 0; due = tasks.find(({ at }) => at <= end)) {
      const { task, at } = due;
      tasks = tasks.filter((each) => each.task !== task || each.at !== at);
      now = at;
      task();
    }
    now = end;
  };

  beforeEach(() => {
    now = 0;
    tasks = [];
    left = 0;
    touch = watchIdle(() => left++, timer, 30 * MINUTE);
  });
  let touch: () => void;

  it("for half an hour signs out, and not before", () => {
    pass(29);
    assert.equal(left, 0);
    pass(1);
    assert.equal(left, 1);
  });

  it("begins anew with whatever is done", () => {
    pass(29);
    touch();
    pass(29);
    assert.equal(left, 0);
    pass(1);
    assert.equal(left, 1);
  });

  it("counts while the machine sleeps, though its timers do not", () => {
    pass(1);
    now += 120 * MINUTE;
    pass(1);
    assert.equal(left, 1);
  });

  it("is not undone by whoever touches the machine first when it wakes", () => {
    pass(1);
    now += 120 * MINUTE;
    touch();
    assert.equal(left, 1);
    touch();
    assert.equal(left, 1);
  });
});
