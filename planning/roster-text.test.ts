import assert from "node:assert/strict";
import { marksOf, rosterFile } from "./roster";
import { rosterIn } from "./roster-text";
import { DATE, day, instructor, lesson, randomOf } from "./testing/days";
import { askFunction } from "./testing/python";

const FUNCTION = `
from scheduler.errors import FileRejectedError
from scheduler.instructors import read_roster
class Everybody:
    def __contains__(self, _): return True
answers = []
for text in cases:
    try:
        entries = read_roster(text.encode(), "${DATE}", Everybody())
        answers.append([[one.instructor_id, one.lesson_ids, one.booking_ids, one.time_slots] for one in entries])
    except FileRejectedError:
        answers.append(None)
`;

describe("rosterIn", () => {
  it("reads what the office wrote, marks and all", () => {
    const today = day([lesson(1, { booking_ids: ["b1"] }), lesson(2)], [instructor("jana")]);
    const { assignments } = rosterFile(today, { l1: "jana", l2: "jana" }, marksOf(today));
    const [read] = rosterIn(JSON.stringify({ date: DATE, assignments }), DATE) ?? [];
    assert.deepEqual(read, { ...assignments[0], booking_ids: [], time_slots: [] });
  });

  it("leaves a mark unread that is none, and reads the entry", () => {
    const entry = { instructor_id: "jana", lesson_ids: ["l1"], marks: { l1: { start: 9 }, l2: null } };
    assert.deepEqual(rosterIn(JSON.stringify({ date: DATE, assignments: [entry] }), DATE)?.[0]?.marks, {});
  });

  it("reads and refuses what the function does, whatever hands have written", function () {
    this.timeout(20_000);
    const texts = Array.from({ length: 400 }, (_, seed) => randomText(seed));
    const theirs = askFunction<unknown[]>(FUNCTION, texts);
    for (const [number, text] of texts.entries()) {
      const ours = rosterIn(text, DATE)?.map((one) => [one.instructor_id, one.lesson_ids, one.booking_ids, one.time_slots]) ?? null;
      assert.deepEqual(ours, theirs[number], `case ${number}: ${text}`);
    }
    const refused = theirs.filter((answer) => answer === null).length;
    assert.ok(refused > 50 && refused < 350, `${refused} of 400 are refused`);
  });
});

/** A roster in which a few things are odd or wrong. */
function randomText(seed: number): string {
  const random = randomOf(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const odd = (usual: unknown, ...others: unknown[]) => (random() < 0.05 ? pick(others) : usual);
  const texts = (...of: unknown[]) =>
    odd(pick([undefined, null, [], [odd(pick(of), "", " ", 7, null, "x".repeat(257), "\ud800")], of]), "text", {}, 1);
  const entries = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
    odd(
      {
        instructor_id: odd(pick(["jana", " petr "]), "", "\ufeff", null, 3, undefined),
        lesson_ids: texts("l1", " l2\u00a0", "\ufeffl3"),
        booking_ids: texts("B1", " Ab-C\t", "b3"),
        time_slots: texts(odd("09:00", "9:00", "24:00", "09:00:00"), " 11:00 "),
      },
      null,
      [],
      "jana",
    ),
  );
  const file = odd({ date: odd(DATE, "2026-12-28", null), assignments: odd(entries, {}, null) }, [], null, 1);
  return String(odd(`${odd("", "\ufeff", " ")}${JSON.stringify(file)}`, "", "{", "<html>"));
}
