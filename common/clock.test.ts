import assert from "node:assert/strict";
import { addDays, HOUR, instantOf, localParts, MINUTE, nextAt, shortTime, untilNextMinute } from "./clock";

const ZONE = "Europe/Prague";
const utc = (text: string) => Date.parse(text);

describe("clock", () => {
  it("tells date and time in the school's zone, whatever the machine's", () => {
    assert.deepEqual(localParts(utc("2026-12-27T23:30:00Z"), ZONE), { date: "2026-12-28", time: "00:30" });
    assert.deepEqual(localParts(utc("2026-12-27T23:30:00Z"), "America/New_York"), { date: "2026-12-27", time: "18:30" });
  });

  it("shows midnight as 00:00 of the new day", () => {
    assert.deepEqual(localParts(utc("2026-12-27T23:00:00Z"), ZONE), { date: "2026-12-28", time: "00:00" });
  });

  it("jumps from 1:59 to 3:00 in spring and shows 2:30 twice in autumn", () => {
    assert.equal(localParts(utc("2027-03-28T00:59:00Z"), ZONE).time, "01:59");
    assert.equal(localParts(utc("2027-03-28T01:00:00Z"), ZONE).time, "03:00");
    assert.equal(localParts(utc("2026-10-25T00:30:00Z"), ZONE).time, "02:30");
    assert.equal(localParts(utc("2026-10-25T01:30:00Z"), ZONE).time, "02:30");
  });

  it("finds the instant of a local time, in winter as in summer", () => {
    assert.equal(instantOf("2026-12-27", "09:00", ZONE), utc("2026-12-27T08:00:00Z"));
    assert.equal(instantOf("2026-07-27", "09:00", ZONE), utc("2026-07-27T07:00:00Z"));
    assert.equal(instantOf("2026-07-27", "00:10", "Pacific/Auckland"), utc("2026-07-26T12:10:00Z"));
  });

  it("takes a time that occurs twice as the earlier one", () => {
    assert.equal(instantOf("2026-10-25", "02:30", ZONE), utc("2026-10-25T00:30:00Z"));
  });

  it("takes a time that is skipped as much later as the clocks skip", () => {
    assert.equal(instantOf("2027-03-28", "02:30", ZONE), utc("2027-03-28T01:30:00Z"));
  });

  it("finds the hours right on both days on which the clocks change", () => {
    assert.equal(instantOf("2027-03-28", "09:00", ZONE) - instantOf("2027-03-28", "00:00", ZONE), 8 * HOUR);
    assert.equal(instantOf("2026-10-25", "09:00", ZONE) - instantOf("2026-10-25", "00:00", ZONE), 10 * HOUR);
  });

  it("finds the next time of day strictly ahead", () => {
    const night = instantOf("2026-12-27", "03:30", ZONE);
    assert.equal(nextAt("03:30", night - 1, ZONE), night);
    assert.equal(nextAt("03:30", night, ZONE), instantOf("2026-12-28", "03:30", ZONE));
  });

  it("counts days over months and years", () => {
    assert.equal(addDays("2026-12-31", 1), "2027-01-01");
    assert.equal(addDays("2027-03-01", -1), "2027-02-28");
  });

  it("waits for a full minute, and never for nothing", () => {
    assert.equal(untilNextMinute(utc("2026-12-27T08:00:59.999Z")), 1);
    assert.equal(untilNextMinute(utc("2026-12-27T08:00:00Z")), MINUTE);
  });

  it("writes times as people do", () => {
    assert.equal(shortTime("09:05"), "9:05");
    assert.equal(shortTime("00:05"), "0:05");
    assert.equal(shortTime("14:30"), "14:30");
  });
});
