import assert from "node:assert/strict";
import { fetchTimes, RHYTHMS } from "./fetch-times";

const hours = (from: string, until: string) => {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { from: minutes(from), until: minutes(until) };
};

describe("fetchTimes", () => {
  it("is one expression for whole hours", () => {
    assert.deepEqual(fetchTimes(hours("08:00", "16:00"), 20), ["cron(0,20,40 8-15 * * ? *)"]);
    assert.deepEqual(fetchTimes(hours("00:00", "24:00"), 60), ["cron(0 0-23 * * ? *)"]);
  });

  it("begins with the opening and ends before the close, to the minute", () => {
    assert.deepEqual(fetchTimes(hours("08:25", "10:30"), 20), [
      "cron(25,45 8 * * ? *)",
      "cron(5,25,45 9 * * ? *)",
      "cron(5,25 10 * * ? *)",
    ]);
    assert.deepEqual(fetchTimes(hours("08:30", "12:00"), 60), ["cron(30 8-11 * * ? *)"]);
  });

  it("says each time of an open day once, and no other, for every rhythm", () => {
    for (const everyMinutes of RHYTHMS) {
      const { from, until } = hours("08:10", "16:40");
      const times = fetchTimes({ from, until }, everyMinutes)
        .flatMap(timesOf)
        .sort((one, other) => one - other);
      const wanted = Array.from({ length: Math.ceil((until - from) / everyMinutes) }, (_, index) => from + index * everyMinutes);
      assert.deepEqual(times, wanted);
    }
  });
});

/** The minutes of a day that an expression names. */
function timesOf(expression: string): number[] {
  const [, minutes = "", first = "", last = first] = /^cron\(([\d,]+) (\d+)(?:-(\d+))? \* \* \? \*\)$/.exec(expression) ?? [];
  const length = Number(last) - Number(first) + 1;
  return Array.from({ length }, (_, index) => Number(first) + index).flatMap((hour) =>
    minutes.split(",").map((minute) => hour * 60 + Number(minute)),
  );
}
