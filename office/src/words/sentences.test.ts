import assert from "node:assert/strict";
import { instructor, lesson } from "../../../planning/testing/days";
import { differenceText, hoursText, lessonText, obstacleText, proposalText, troubleText } from "./sentences";

const family = (...names: string[]) => names.map((name) => ({ name, sponsor: "Mu.An.", language: "de" }));
const two = [lesson(1), lesson(2, { participants: family("Max", "Mia", "Ole") })] as const;

describe("a lesson in words", () => {
  it("is told from another of the same start and level by place, languages and people", () => {
    assert.deepEqual(
      two.map((one) => lessonText(one, "cs")),
      ["9:00 Lyže – začátečníci · Stone bar · CS · Anna1 No.Pe.", "9:00 Lyže – začátečníci · Stone bar · DE · Max Mu.An., Mia Mu.An. +1"],
    );
  });

  it("names a place without a name by its sponsor, and leaves out what is not known", () => {
    const nameless = [{ name: null, sponsor: "Mu.An.", language: "de" }];
    assert.equal(lessonText(lesson(1, { participants: nameless }), "en"), "9:00 Ski – beginners · Stone Bar · DE · Mu.An.");
    assert.equal(lessonText(lesson(1, { participants: [] }), "en"), "9:00 Ski – beginners · Stone Bar");
  });

  it("is the same in what is to mend, in obstacles and in differences", () => {
    const told = two.map((one) => lessonText(one, "en"));
    const sentence = troubleText({ kind: "instructor_overlap", lessons: [...two], instructor: instructor("a", { name: "Jana" }) }, "en");
    assert.equal(sentence, `Jana has two lessons at once: ${told[0]} and ${told[1]}.`);
    assert.equal(obstacleText({ kind: "busy", lesson: two[1] }, "en"), `has another lesson: ${told[1]}`);
    const difference = { lessonId: "l2", base: undefined, mine: undefined, theirs: "a", isDisputed: false };
    assert.equal(
      differenceText(difference, two, {}, () => "Jana", "en"),
      `${told[1]}: Jana now (was open).`,
    );
  });

  it("ends a sentence with one dot", () => {
    assert.match(troubleText({ kind: "unassigned", lessons: [two[0]], instructor: null }, "cs"), /Lekci 9:00 .* Anna1 No\.Pe\. zatím/);
    assert.match(troubleText({ kind: "unassigned", lessons: [two[0]], instructor: null }, "en"), /No\.Pe\. yet\.$/);
    assert.match(troubleText({ kind: "absent", lessons: [two[0]], instructor: instructor("a") }, "en"), /[^.] No\.Pe\.$/);
  });

  it("never shows an id where the lesson is gone", () => {
    const difference = { lessonId: "0f3a", base: "a", mine: "a", theirs: undefined, isDisputed: false };
    const marks = { "0f3a": { start: "09:00", booking_ids: [], people: ["Anna No.Pe."] } };
    const texts = [marks, {}].map((known) => differenceText(difference, [], known, () => "Jana", "en"));
    assert.deepEqual(texts, [
      "A lesson at 9:00 (Anna No.Pe.) that is not there any more: open now (was Jana).",
      "A lesson that is not there any more: open now (was Jana).",
    ]);
  });
});

describe("hours", () => {
  it("are told in halves, in proposals as on the board", () => {
    assert.equal(hoursText(220 / 60, "cs"), "3,5");
    const proposal = { lesson: lesson(1), instructor: instructor("a"), known: 0, hours: 220 / 60, others: 0 };
    assert.match(proposalText(proposal, "cs"), /ten den 3,5 h/);
  });
});
