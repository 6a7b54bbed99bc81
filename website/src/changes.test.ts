import assert from "node:assert/strict";
import { changesBetween, MARKED_FOR, Marks } from "./changes";
import { day, lesson } from "./testing/documents";

const BEFORE = day([lesson(1, "09:00", "10:50"), lesson(2, "09:00", "10:50"), lesson(3, "09:00", "10:50")]);
const AFTER = day([
  lesson(1, "09:00", "10:50"),
  lesson(2, "09:00", "10:50", { instructor: { id: "jana", name: "Jana", photo: null } }),
  lesson(4, "11:00", "12:50"),
]);
const [SAME, CHANGED, NEW] = AFTER.lessons.map(({ id }) => id) as [string, string, string];

describe("changes", () => {
  it("tells new lessons from changed ones, and leaves the others alone", () => {
    assert.deepEqual(
      [...changesBetween(BEFORE, AFTER)],
      [
        [CHANGED, "changed"],
        [NEW, "new"],
      ],
    );
  });

  it("marks for a minute and not longer", () => {
    assert.equal(MARKED_FOR, 60_000);
    const marks = new Marks();
    marks.note(BEFORE, AFTER, 1000);
    assert.equal(marks.of(CHANGED, 1000 + MARKED_FOR - 1), "changed");
    assert.equal(marks.of(CHANGED, 1000 + MARKED_FOR), undefined);
    assert.equal(marks.of(SAME, 1000), undefined);
  });

  it("marks nothing on a day that is seen for the first time", () => {
    const marks = new Marks();
    marks.note(undefined, AFTER, 1000);
    assert.equal(marks.of(NEW, 1000), undefined);
  });

  it("forgets what is over, so that weeks of changes leave nothing behind", () => {
    const marks = new Marks();
    marks.note(BEFORE, AFTER, 1000);
    assert.equal(marks.nextEnd(1000), 1000 + MARKED_FOR);
    assert.equal(marks.nextEnd(1000 + MARKED_FOR), undefined);
  });
});
