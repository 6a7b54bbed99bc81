import assert from "node:assert/strict";
import { assign } from "./assignments";
import type { Lesson, Plan } from "./day";
import { planInForce } from "./read-day";
import { type MarkedAssignment, marksOf, movedLessons, rosterFile, settled } from "./roster";
import { DATE, day, instructor, lesson } from "./testing/days";

/** The day's new roster, by the plan and the entries of the roster in force. */
function newRoster(lessons: Lesson[], plan: Plan, earlier: MarkedAssignment[] = []) {
  const today = day(lessons, STAFF, { roster: rosterOf(earlier) });
  return rosterFile(today, plan, marksOf(today));
}

const rosterOf = (assignments: MarkedAssignment[]) => ({ key: "", etag: "", uploaded_at: "", assignments });
const STAFF = [instructor("jana"), instructor("petr")];
const MORNING = lesson(1, { booking_ids: ["b1"] });
const NOON = lesson(2, { start: "11:00", end: "12:00", booking_ids: ["b2"] });

describe("rosterFile", () => {
  it("gives each lesson to whom the plan does", () => {
    const plan = { l1: "petr", l2: "jana" };
    const file = newRoster([MORNING, NOON], plan);
    assert.equal(file.date, DATE);
    assert.deepEqual(assign([MORNING, NOON], file.assignments), plan);
  });

  it("leaves a lesson open that the plan leaves open, whatever an earlier roster said of its booking", () => {
    const file = newRoster([MORNING, NOON], { l2: "jana" }, [{ instructor_id: "petr", booking_ids: ["b1"] }]);
    assert.deepEqual(assign([MORNING, NOON], file.assignments), { l2: "jana" });
  });

  it("keeps what an earlier roster says of bookings whose lessons are yet to come", () => {
    const earlier = [{ instructor_id: "petr", booking_ids: ["b1", "later"], time_slots: ["13:00"] }];
    const file = newRoster([MORNING], { l1: "jana" }, earlier);
    const later = lesson(9, { start: "13:00", end: "14:00", booking_ids: ["later"] });
    assert.deepEqual(assign([MORNING, later], file.assignments), { l1: "jana", l9: "petr" });
  });

  it("keeps what an earlier roster says of a booking at a time at which it has no lesson yet", () => {
    const earlier = [{ instructor_id: "petr", booking_ids: ["b1"], time_slots: ["13:00"] }];
    const file = newRoster([MORNING], { l1: "jana" }, earlier);
    const later = lesson(9, { start: "13:00", end: "14:00", booking_ids: ["b1"] });
    assert.deepEqual(assign([MORNING, later], file.assignments), { l1: "jana", l9: "petr" });
  });

  it("names nobody whom the profiles dropped, as the function rejects a file that does", () => {
    const earlier = [{ instructor_id: "gone", booking_ids: ["later"] }];
    assert.deepEqual(newRoster([MORNING], { l1: "gone", l9: "gone" }, earlier).assignments, []);
  });

  it("loses no lesson that an export lacked for a while, though others were published meanwhile", () => {
    const published = newRoster([MORNING, NOON], { l1: "jana" }).assignments;
    const without = day([NOON], STAFF, { roster: rosterOf(published) });
    const plan = { ...planInForce(without), l2: "petr" };
    const meanwhile = rosterFile(without, plan, marksOf(without)).assignments;
    const again = day([MORNING, NOON], STAFF, { roster: rosterOf(meanwhile) });
    assert.deepEqual(planInForce(again), { l1: "jana", l2: "petr" });
    assert.deepEqual(meanwhile[0]?.marks, published[0]?.marks);
  });

  it("is the same for the same plan, in whatever order it was made", () => {
    const [one, other] = [
      { l1: "petr", l2: "jana", l9: "jana", l8: "jana" },
      { l8: "jana", l9: "jana", l2: "jana", l1: "petr" },
    ];
    assert.equal(JSON.stringify(newRoster([MORNING, NOON], one)), JSON.stringify(newRoster([MORNING, NOON], other)));
  });
});

describe("movedLessons", () => {
  const ROSTER = newRoster([MORNING, NOON], { l1: "jana", l2: "petr" }).assignments;
  const dayOf = (lessons: Lesson[], roster: MarkedAssignment[] = ROSTER) => day(lessons, STAFF, { roster: rosterOf(roster) });
  const movedOn = (today: ReturnType<typeof dayOf>, plan: Plan = planInForce(today)) => movedLessons(today, plan, marksOf(today));
  const moved = (...lessons: Lesson[]) =>
    movedOn(dayOf(lessons)).map(({ lessonId, instructorId, became }) => [lessonId, instructorId, became?.id ?? null]);

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
    const today = dayOf([NOON, lesson(8, { booking_ids: ["b1"] })]);
    assert.equal(movedOn(today, { ...planInForce(today), l8: "petr" })[0]?.became, null);
  });

  it("stay until somebody is given what they became, and no longer", () => {
    const today = dayOf([NOON, lesson(7, { start: "13:00", end: "14:00", booking_ids: ["b1"] })]);
    const before = planInForce(today);
    assert.deepEqual(settled(today, before, { ...before, l2: "jana" }, marksOf(today)), { l1: "jana", l2: "jana" });
    assert.deepEqual(settled(today, before, { ...before, l7: "petr" }, marksOf(today)), { l2: "petr", l7: "petr" });
  });

  it("are found though they were never published, by what was known of them", () => {
    const later = lesson(7, { start: "13:00", end: "14:00", booking_ids: ["b1"] });
    const marks = marksOf(dayOf([MORNING], []));
    assert.equal(movedLessons(dayOf([later], []), { l1: "jana" }, marks)[0]?.became?.id, "l7");
  });

  it("are found again by the booking that a roster written by hand names with their start", () => {
    const byHand = [{ instructor_id: "jana", booking_ids: ["b1", "b2"], time_slots: ["08:00", "11:00"] }];
    const today = dayOf([MORNING, NOON], byHand);
    const found = (plan: Plan) => movedOn(today, plan).map(({ lessonId, became }) => [lessonId, became?.id]);
    assert.deepEqual(found({ l2: "jana" }), [[null, "l1"]]);
    assert.deepEqual(found({ l1: "petr", l2: "jana" }), []);
  });

  it("are told though the roster says no more of them than their id", () => {
    const byHand = [{ instructor_id: "jana", lesson_ids: ["l1", "gone"] }];
    assert.deepEqual(movedOn(dayOf([MORNING], byHand)), [{ lessonId: "gone", instructorId: "jana", mark: null, became: null }]);
  });
});
