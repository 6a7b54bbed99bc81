import assert from "node:assert/strict";
import { openInUtc, staleExpression, wholeHours } from "./freshness";

const YEAR = 2026;
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

describe("openInUtc", () => {
  const zones: [zone: string, from: number, until: number, why: string][] = [
    ["UTC", at(8), at(16), "what it says"],
    ["Europe/Prague", at(7), at(14), "from 08:00 in winter, when summer is open as well, until 16:00 in summer, when winter still is"],
    ["Asia/Kolkata", at(2, 30), at(10, 30), "half an hour, without summer time"],
    ["America/Los_Angeles", at(16), at(23), "in the evening"],
    ["Australia/Sydney", at(22), at(29), "summer time in January, and past midnight"],
    ["Asia/Tokyo", at(23), at(31), "past midnight"],
  ];
  for (const [zone, from, until, why] of zones) {
    it(`takes 08:00-16:00 in ${zone} for ${why}`, () => {
      assert.deepEqual(openInUtc({ from: at(8), until: at(16) }, zone, YEAR), { from, until });
    });
  }
});

describe("wholeHours", () => {
  it("counts the hours that are open all year", () => {
    assert.equal(wholeHours({ from: at(8), until: at(16) }, "Europe/Prague", YEAR), 7);
    assert.equal(wholeHours({ from: at(8), until: at(16) }, "UTC", YEAR), 8);
  });

  it("counts hours that begin and end with the clock's", () => {
    assert.equal(wholeHours({ from: at(8), until: at(16) }, "Asia/Kolkata", YEAR), 7);
    assert.equal(wholeHours({ from: at(8, 30), until: at(9, 30) }, "UTC", YEAR), 0);
  });

  it("is none where no hour is open in summer as in winter", () => {
    assert.equal(wholeHours({ from: at(8), until: at(8, 30) }, "Europe/Prague", YEAR), 0);
  });
});

describe("staleExpression", () => {
  /** The alarm's datapoints for hours of a day in UTC, as CloudWatch would make them: its operators are those of JavaScript. */
  function valueAt(expression: string, hour: number, accepted: number | undefined, minute = 0): number {
    const names = ["IF", "HOUR", "MINUTE", "FILL", "MAX", "accepted", "clock"];
    const evaluate = Function(...names, `return ${expression}`) as (...values: unknown[]) => number;
    return evaluate(
      (condition: boolean, yes: number, no: number) => (condition ? yes : no),
      () => hour,
      () => minute,
      // As in CloudWatch, where a metric without any value stays without.
      (value: number | undefined) => value,
      (values: (number | undefined)[]) => Math.max(...values.filter((value) => value !== undefined)),
      accepted,
      1,
    );
  }

  const hoursBelowOne = (zone: string, accepted?: number) => {
    const expression = staleExpression(openInUtc({ from: at(8), until: at(16) }, zone, YEAR), "accepted", "clock");
    return Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => valueAt(expression, hour, accepted) < 1);
  };

  it("is below 1 for open hours without an export, and for no other", () => {
    assert.deepEqual(hoursBelowOne("UTC"), [8, 9, 10, 11, 12, 13, 14, 15]);
    assert.deepEqual(hoursBelowOne("Europe/Prague"), [7, 8, 9, 10, 11, 12, 13]);
  });

  it("knows opening hours that pass midnight UTC", () => {
    assert.deepEqual(hoursBelowOne("Asia/Tokyo"), [0, 1, 2, 3, 4, 5, 6, 23]);
  });

  it("is not below 1 where an export came", () => {
    assert.deepEqual(hoursBelowOne("UTC", 1), []);
  });

  it("counts an hour that ends while the school is open, whenever it begins", () => {
    const expression = staleExpression({ from: at(8), until: at(16) }, "accepted", "clock");
    assert.equal(valueAt(expression, 15, undefined, 0), 0);
    assert.equal(valueAt(expression, 15, undefined, 1), 1);
    assert.equal(valueAt(expression, 7, undefined, 59), 1);
  });
});
