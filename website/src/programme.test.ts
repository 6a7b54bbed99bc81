import assert from "node:assert/strict";
import type { Day } from "../../common/documents";
import { isSought, type Programme, programme, startsOf } from "../../common/programme";
import { at, day, indexOf, lesson, TODAY } from "./testing/documents";

const DAY = day([
  lesson(1, "08:40", "09:30"),
  lesson(2, "09:00", "10:50"),
  lesson(3, "09:00", "09:50"),
  lesson(4, "11:00", "12:50"),
  lesson(5, "14:10", "15:00"),
]);
const TOMORROW = day([lesson(6, "09:00", "10:50", {}, "2026-12-28")], { date: "2026-12-28" });
const INDEX = indexOf([DAY, day([], { date: "2026-12-29" }), TOMORROW]);

const programmeAt = (time: string, date = TODAY, days: Day[] = [DAY]): Programme =>
  programme(INDEX, new Map(days.map((one) => [one.date, one])), at(time, date));

function lessonsAt(time: string): { starts: string[]; main: string | undefined; early: boolean } {
  const shown = programmeAt(time);
  assert.equal(shown.kind, "lessons");
  if (shown.kind !== "lessons") throw new Error("unreachable");
  return { starts: shown.starts.map((start) => start.time), main: shown.main?.time, early: shown.early };
}

describe("programme", () => {
  it("takes the starts from the data, odd ones too", () => {
    assert.deepEqual(
      startsOf(DAY).map(({ time, lessons }) => [time, lessons.length]),
      [
        ["08:40", 1],
        ["09:00", 2],
        ["11:00", 1],
        ["14:10", 1],
      ],
    );
  });

  it("puts lessons of a start that end together beside each other", () => {
    assert.deepEqual(
      startsOf(DAY)[1]?.lessons.map(({ end }) => end),
      ["09:50", "10:50"],
    );
  });

  it("makes the first start the main one whose start plus 60 minutes is still ahead", () => {
    assert.equal(lessonsAt("07:00").main, "08:40");
    assert.equal(lessonsAt("09:29").main, "08:40");
    assert.equal(lessonsAt("09:40").main, "09:00");
    assert.equal(lessonsAt("10:00").main, "11:00");
    assert.equal(lessonsAt("12:00").main, "14:10");
  });

  it("leaves out starts whose lessons have all ended", () => {
    assert.deepEqual(lessonsAt("09:29").starts, ["08:40", "09:00", "11:00", "14:10"]);
    assert.deepEqual(lessonsAt("09:30").starts, ["09:00", "11:00", "14:10"]);
    // One lesson of nine o'clock goes on after the other has ended.
    assert.deepEqual(lessonsAt("10:49").starts, ["09:00", "11:00", "14:10"]);
    assert.deepEqual(lessonsAt("10:50").starts, ["11:00", "14:10"]);
  });

  it("has no main start once the last one is an hour old, and goes on showing what runs", () => {
    const late = day([lesson(1, "09:00", "12:00")]);
    const shown = programme(INDEX, new Map([[TODAY, late]]), at("10:30"));
    assert.equal(shown.kind === "lessons" && shown.starts.length, 1);
    assert.equal(shown.kind === "lessons" && shown.main, undefined);
  });

  it("knows which starts people look for: from an hour before until an hour after they begin", () => {
    const soughtAt = (time: string) => startsOf(DAY).filter((start) => isSought(start, at(time)));
    const times = (time: string) => soughtAt(time).map((start) => start.time);
    assert.deepEqual(times("07:39"), []);
    assert.deepEqual(times("07:40"), ["08:40"]);
    assert.deepEqual(times("08:50"), ["08:40", "09:00"]);
    assert.deepEqual(times("09:40"), ["09:00"]);
    assert.deepEqual(times("10:00"), ["11:00"]);
  });

  it("is early until the first lesson begins", () => {
    assert.equal(lessonsAt("08:39").early, true);
    assert.equal(lessonsAt("08:40").early, false);
  });

  it("says that the day is over after the last lesson, and names the next day that has some", () => {
    const shown = programmeAt("15:00");
    assert.equal(shown.kind, "over");
    assert.equal(shown.kind === "over" && shown.next?.date, "2026-12-28");
  });

  it("says that a day has no lessons, whether it was emptied or never had any", () => {
    const emptied = programmeAt("09:00", "2026-12-29", [day([], { date: "2026-12-29" })]);
    assert.deepEqual(emptied, { kind: "no-lessons", next: undefined });
    assert.deepEqual(programmeAt("09:00", "2027-01-15"), { kind: "no-lessons", next: undefined });
  });

  it("passes over days without lessons when it names the next", () => {
    const index = indexOf([day([], { date: "2026-12-28" }), day([lesson(1, "09:00", "10:00")], { date: "2027-01-02" })]);
    const shown = programme(index, new Map(), at("09:00"));
    assert.equal(shown.kind === "no-lessons" && shown.next?.date, "2027-01-02");
  });

  it("does not take missing data for a day without lessons", () => {
    assert.deepEqual(programme(undefined, new Map(), at("09:00")), { kind: "no-data" });
    assert.deepEqual(programmeAt("09:00", TODAY, []), { kind: "no-data" });
  });

  it("does not claim to know days that are not published any more", () => {
    assert.deepEqual(programmeAt("09:00", "2026-12-20"), { kind: "no-data" });
  });

  it("never shows another day's lessons", () => {
    assert.equal(programmeAt("00:00", "2026-12-28", [DAY]).kind, "no-data");
    assert.equal(programmeAt("00:00", "2026-12-28", [DAY, TOMORROW]).kind, "lessons");
  });

  it("keeps the two 2:30 of autumn apart", () => {
    const date = "2026-10-25";
    const twice = day(
      [
        { ...lesson(1, "02:30", "02:50", {}, date), starts_at: "2026-10-25T00:30:00Z", ends_at: "2026-10-25T00:50:00Z" },
        { ...lesson(2, "02:30", "02:50", {}, date), starts_at: "2026-10-25T01:30:00Z", ends_at: "2026-10-25T01:50:00Z" },
      ],
      { date },
    );
    assert.equal(startsOf(twice).length, 2);
  });
});
