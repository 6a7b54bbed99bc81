import assert from "node:assert/strict";
import { type Day, DocumentError, readDay, readIndex, type ScheduleIndex } from "../../common/documents";
import { day, indexOf, lesson, TODAY } from "./testing/documents";
import { validators } from "./testing/validators";

const VALIDATORS = validators();
const DAY = day([lesson(1, "09:00", "10:50", { instructor: { id: "jana", name: "Jana", photo: "photos/jana.jpg" } })]);
const INDEX = indexOf([DAY]);

const refusesDay = (change: object, pattern: RegExp) =>
  assert.throws(
    () => readDay(JSON.stringify({ ...DAY, ...change }), TODAY, VALIDATORS),
    (error) => error instanceof DocumentError && pattern.test(error.message),
  );
const refusesIndex = (change: object, pattern: RegExp) =>
  assert.throws(
    () => readIndex(JSON.stringify({ ...INDEX, ...change }), VALIDATORS),
    (error) => error instanceof DocumentError && pattern.test(error.message),
  );

describe("documents", () => {
  it("reads what the contract allows", () => {
    assert.deepEqual(readIndex(JSON.stringify(INDEX), VALIDATORS), INDEX satisfies ScheduleIndex);
    assert.deepEqual(readDay(JSON.stringify(DAY), TODAY, VALIDATORS), DAY satisfies Day);
  });

  it("refuses what is no JSON", () => {
    assert.throws(() => readIndex("<!doctype html>", VALIDATORS), new DocumentError("not JSON"));
    assert.throws(() => readDay('{"schema_version": 1, "da', TODAY, VALIDATORS), new DocumentError("not JSON"));
  });

  it("refuses another version of the contract", () => {
    refusesIndex({ schema_version: 2 }, /^\/schema_version /);
    refusesDay({ schema_version: 2 }, /^\/schema_version /);
  });

  it("refuses a broken lesson, and says where it is", () => {
    refusesDay({ lessons: [{ ...DAY.lessons[0], start: "9h" }] }, /^\/lessons\/0\/start /);
    refusesDay({ lessons: [{ ...DAY.lessons[0], participants: "Anna" }] }, /^\/lessons\/0\/participants /);
    refusesDay({ lessons: undefined }, /lessons/);
  });

  it("refuses the document of another day", () => {
    refusesDay({ date: "2026-12-28" }, /2026-12-28.*2026-12-27/);
  });

  it("refuses a time zone that does not exist", () => {
    refusesIndex({ time_zone: "Europe/Harrachov" }, /Europe\/Harrachov is no time zone/);
  });

  it("refuses a day that lies elsewhere than days do", () => {
    const [entry] = INDEX.days;
    refusesIndex({ days: [{ ...entry, path: "//elsewhere.example/day.json" }] }, /^\/days/);
    refusesIndex({ days: [{ ...entry, path: "data/days/2026-12-28.json" }] }, /unexpected path/);
  });
});
