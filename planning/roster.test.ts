import assert from "node:assert/strict";
import { assign } from "./assignments";
import { movedLessons, rosterFile } from "./roster";
import { DATE, day, instructor, lesson } from "./testing/days";

const STAFF = [instructor("jana"), instructor("petr")];
const MORNING = lesson(1, { booking_ids: ["b1"] });
const NOON = lesson(2, { start: "11:00", end: "12:00", booking_ids: ["b2"] });

describe("rosterFile", () => {
  it("gives each lesson to whom the plan does", () => {
    const today = day([MORNING, NOON], STAFF);
    const plan = { l1: "petr", l2: "jana" };
    const file = rosterFile(today, plan);
    assert.equal(file.date, DATE);
    assert.deepEqual(assign(today.lessons, file.assignments), plan);
  });

  it("leaves a lesson open that the plan leaves open, whatever an earlier roster said of its booking", () => {
    const today = day([MORNING, NOON], STAFF);
    const file = rosterFile(today, { l2: "jana" }, [{ instructor_id: "petr", booking_ids: ["b1"] }]);
    assert.deepEqual(assign(today.lessons, file.assignments), { l2: "jana" });
  });

  it("keeps what an earlier roster says of bookings whose lessons are yet to come", () => {
    const earlier = [{ instructor_id: "petr", booking_ids: ["b1", "later"], time_slots: ["13:00"] }];
    const file = rosterFile(day([MORNING], STAFF), { l1: "jana" }, earlier);
    const later = lesson(9, { start: "13:00", end: "14:00", booking_ids: ["later"] });
    assert.deepEqual(assign([MORNING, later], file.assignments), { l1: "jana", l9: "petr" });
  });

  it("keeps what an earlier roster says of a booking at a time at which it has no lesson yet", () => {
    const earlier = [{ instructor_id: "petr", booking_ids: ["b1"], time_slots: ["13:00"] }];
    const file = rosterFile(day([MORNING], STAFF), { l1: "jana" }, earlier);
    const later = lesson(9, { start: "13:00", end: "14:00", booking_ids: ["b1"] });
    assert.deepEqual(assign([MORNING, later], file.assignments), { l1: "jana", l9: "petr" });
  });

  it("names nobody whom the profiles dropped, as the function rejects a file that does", () => {
    const earlier = [
      { instructor_id: "gone", booking_ids: ["later"] },
      { instructor_id: "gone", lesson_ids: ["l9"], marks: { l9: { start: "09:00", booking_ids: ["b1"], people: [] } } },
    ];
    assert.deepEqual(rosterFile(day([MORNING], STAFF), {}, earlier).assignments, []);
  });

  it("is the same for the same plan, in whatever order it was made", () => {
    const today = day([MORNING, NOON], STAFF);
    assert.equal(
      JSON.stringify(rosterFile(today, { l1: "petr", l2: "jana" })),
      JSON.stringify(rosterFile(today, { l2: "jana", l1: "petr" })),
    );
  });
});

describe("movedLessons", () => {
  const roster = rosterFile(day([MORNING, NOON], STAFF), { l1: "jana", l2: "petr" }).assignments;
  const moved = (...lessons: ReturnType<typeof lesson>[]) =>
    movedLessons(day(lessons, STAFF), {}, roster).map(({ lessonId, instructorId, became }) => [lessonId, instructorId, became?.id ?? null]);

  it("are none as long as all are there", () => {
    assert.deepEqual(moved(MORNING, NOON), []);
  });

  it("are found again by their booking", () => {
    const later = lesson(7, { start: "13:00", end: "14:00", booking_ids: ["b1"], participants: [] });
    assert.deepEqual(moved(later, NOON), [["l1", "jana", "l7"]]);
  });

  it("are found again by their people, of several lessons the one nearest in time", () => {
    const people = { booking_ids: [], participants: MORNING.participants };
    const late = lesson(7, { start: "15:00", end: "16:00", ...people });
    const near = lesson(8, { start: "10:00", end: "11:00", ...people });
    assert.deepEqual(moved(NOON, late, near), [["l1", "jana", "l8"]]);
  });

  it("are gone where only strangers have a lesson, or one that somebody teaches", () => {
    const stranger = lesson(7, { participants: [{ name: "Ota", sponsor: "X.", language: "cs" }] });
    assert.deepEqual(moved(NOON, stranger), [["l1", "jana", null]]);
    const taken = lesson(8, { booking_ids: ["b1"] });
    assert.equal(movedLessons(day([NOON, taken], STAFF), { l8: "petr" }, roster)[0]?.became, null);
  });

  it("stay marked in the next roster until somebody teaches what they became", () => {
    const today = day([NOON, lesson(7, { start: "13:00", end: "14:00", booking_ids: ["b1"] })], STAFF);
    const unsettled = rosterFile(today, { l2: "petr" }, roster).assignments;
    assert.deepEqual(
      movedLessons(today, { l2: "petr" }, unsettled).map(({ became }) => became?.id),
      ["l7"],
    );
    const settled = rosterFile(today, { l2: "petr", l7: "jana" }, unsettled).assignments;
    assert.deepEqual(movedLessons(today, { l2: "petr", l7: "jana" }, settled), []);
  });

  it("are found again by the booking that a roster written by hand names with their start", () => {
    const byHand = [{ instructor_id: "jana", booking_ids: ["b1", "b2"], time_slots: ["08:00", "11:00"] }];
    const today = day([MORNING, NOON], STAFF);
    const found = (plan: Record<string, string>) => movedLessons(today, plan, byHand).map(({ lessonId, became }) => [lessonId, became?.id]);
    assert.deepEqual(found({ l2: "jana" }), [[null, "l1"]]);
    assert.deepEqual(found({ l1: "petr", l2: "jana" }), []);
  });

  it("are told though the roster says no more of them than their id", () => {
    const byHand = [{ instructor_id: "jana", lesson_ids: ["l1", "gone"] }];
    assert.deepEqual(movedLessons(day([MORNING], STAFF), { l1: "jana" }, byHand), [
      { lessonId: "gone", instructorId: "jana", mark: null, became: null },
    ]);
  });
});
