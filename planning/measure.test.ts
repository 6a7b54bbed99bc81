import assert from "node:assert/strict";
import { familiar, tracesOf } from "./measure";
import { lesson } from "./testing/days";

const person = (name: string | null) => ({ name, sponsor: "No.Pe.", language: "cs" });
const known = (...lessons: ReturnType<typeof lesson>[]) => new Set(lessons.flatMap(tracesOf));

describe("familiar", () => {
  const group = lesson(1, {
    type: "large-group",
    participants: ["Anna", "Eva", "Jan", null, null].map(person),
    booking_ids: ["b1", "b2", "b3"],
  });

  it("counts nobody but the child of a group who was in a private lesson before, though they share a booking", () => {
    const alone = lesson(2, { participants: [person("Anna")], booking_ids: ["b1"] });
    assert.equal(familiar({ ...group, participants: group.participants.slice(0, 3) }, known(alone)), 1);
  });

  it("counts at most one place without a name of a group for each booking", () => {
    assert.equal(familiar(group, known(lesson(2, { participants: [person(null)], booking_ids: ["b2"] }))), 1);
    assert.equal(familiar(group, known(lesson(2, { participants: [person(null)], booking_ids: ["b1", "b2", "b3"] }))), 2);
  });

  it("counts only those of a private lesson who were there before, and its places without a name by the booking", () => {
    const before = lesson(2, { participants: [person("Anna")], booking_ids: ["b1"] });
    const now = lesson(3, { participants: [person("Anna"), person("Petr")], booking_ids: ["b1"] });
    assert.equal(familiar(now, known(before)), 1);
    assert.equal(familiar({ ...now, participants: [person(null), person(null)] }, known(before)), 2);
  });
});
