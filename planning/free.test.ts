import assert from "node:assert/strict";
import { candidatesFor, obstacleTo } from "./free";
import { DATE, day, instructor, lesson } from "./testing/days";

const GERMAN = lesson(1, { participants: [{ name: "Max", sponsor: "Mu.", language: "de" }] });

describe("obstacleTo", () => {
  const against = (changes: Parameters<typeof instructor>[1], ...others: ReturnType<typeof lesson>[]) =>
    obstacleTo(GERMAN, instructor("a", changes), DATE, others);

  it("is nothing for one who says nothing of languages, levels and absences", () => {
    assert.equal(against({}), null);
  });

  it("is the language only where they speak none of those on the lesson", () => {
    assert.deepEqual(against({ languages: ["cs"] }), { kind: "language" });
    assert.equal(against({ languages: ["cs", "de"] }), null);
  });

  it("is the level only where they say which they teach", () => {
    assert.deepEqual(against({ levels: ["běžky"] }), { kind: "level" });
    assert.equal(against({ levels: [] }), null);
  });

  it("is no level that is written in another way", () => {
    assert.equal(against({ levels: ["  Lyže  ZAČÁTEČNÍK".normalize("NFD")] }), null);
  });

  it("is the absence on that date alone, and that they do not teach at all", () => {
    assert.deepEqual(against({ absences: [DATE] }), { kind: "absent" });
    assert.equal(against({ absences: ["2026-12-28"] }), null);
    assert.deepEqual(against({ active: false }), { kind: "inactive" });
  });

  it("is a lesson of the same time, and none that ends as it begins", () => {
    const busy = lesson(2, { start: "10:00", end: "11:00" });
    assert.deepEqual(against({}, busy), { kind: "busy", lesson: busy });
    assert.equal(against({}, lesson(2, { start: "10:50", end: "12:00" })), null);
  });

  it("is the way to another place where there are less than ten minutes for it", () => {
    const near = lesson(2, { start: "10:55", end: "12:00", location: "Rýžoviště" });
    assert.deepEqual(against({}, near), { kind: "way", lesson: near });
    assert.equal(against({}, { ...near, location: GERMAN.location }), null);
    assert.equal(against({}, lesson(2, { start: "11:00", end: "12:00", location: "Rýžoviště" })), null);
  });
});

describe("candidatesFor", () => {
  it("names who is free first, those with the fewest lessons before the others, and never counts the lesson itself", () => {
    const today = day(
      [GERMAN, lesson(2, { start: "11:00", end: "12:00" })],
      [instructor("Petr", { languages: ["cs"] }), instructor("Jana"), instructor("Eva"), instructor("Adam")],
    );
    const found = candidatesFor(GERMAN, today, { l1: "Eva", l2: "Adam" });
    assert.deepEqual(
      found.map(({ instructor: { id }, obstacle, lessons }) => [id, obstacle?.kind, lessons]),
      [
        ["Eva", undefined, 0],
        ["Jana", undefined, 0],
        ["Adam", undefined, 1],
        ["Petr", "language", 0],
      ],
    );
  });
});
