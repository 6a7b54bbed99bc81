/** What planning found, in the page's words. */

import { shortTime } from "../../../common/clock";
import type { Participant } from "../../../common/documents";
import { count, DICTIONARIES, fill, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import type { Obstacle } from "../../../planning/free";
import type { Difference } from "../../../planning/merge";
import type { Proposal, Unfillable } from "../../../planning/propose";
import type { Mark, Marks } from "../../../planning/roster";
import type { Trouble } from "../../../planning/trouble";
import { type OfficeLanguage, WORDS } from ".";

/** People of a lesson who are named where it is told from others. */
const PEOPLE_TOLD = 2;

/** A lesson's start and level: `9:00 Lyže – začátečníci`. */
export function lessonName({ start, level }: Lesson, language: OfficeLanguage): string {
  return `${shortTime(start)} ${translate(level, DICTIONARIES[language].levels)}`;
}

/** What tells lessons of the same start and level apart: `Stone bar · CS DE · Anna No.Pe., Max Mu. +3`. */
export function lessonFacts(lesson: Lesson, language: OfficeLanguage): string {
  const { location, participants } = lesson;
  const more = participants.length - PEOPLE_TOLD;
  const people = participants.slice(0, PEOPLE_TOLD).map(shownPerson).join(", ");
  const facts = [translate(location, DICTIONARIES[language].places), languagesText(lesson), more > 0 ? `${people} +${more}` : people];
  return facts.filter((fact) => fact !== "").join(" · ");
}

/** A lesson in words that fit no other of the day. */
export function lessonText(lesson: Lesson, language: OfficeLanguage): string {
  return [lessonName(lesson, language), lessonFacts(lesson, language)].join(" · ");
}

/** Somebody on a lesson as displays show them: name and sponsor, or the sponsor alone. */
export function shownPerson({ name, sponsor }: Participant): string {
  return name === null ? sponsor : `${name} ${sponsor}`;
}

/** The languages of a lesson's people, each once: `CS DE`. */
export function languagesText({ participants }: Lesson): string {
  return [...new Set(participants.map(({ language }) => language))].sort().join(" ").toUpperCase();
}

/** How long somebody teaches, to the half of an hour: `3,5`. */
export function hoursText(hours: number, language: OfficeLanguage): string {
  return (Math.round(hours * 2) / 2).toLocaleString(language);
}

/** Why somebody should not take a lesson. */
export function obstacleText(obstacle: Obstacle, language: OfficeLanguage): string {
  const lesson = "lesson" in obstacle ? lessonText(obstacle.lesson, language) : "";
  return fill(WORDS[language].obstacles[obstacle.kind], { lesson });
}

/** Something to mend, as a sentence. */
export function troubleText({ kind, lessons, instructor }: Trouble, language: OfficeLanguage): string {
  const told = new Intl.ListFormat(language).format(lessons.map((lesson) => lessonText(lesson, language)));
  const sentence = fill(WORDS[language].troublesOf[kind], { name: instructor?.name ?? "", lessons: told });
  // A sponsor's abbreviation ends with a dot of its own.
  return sentence.replace(/\.\.$/, ".");
}

/** Why somebody is proposed. */
export function proposalText({ lesson, known, hours, others }: Proposal, language: OfficeLanguage): string {
  const { why } = WORDS[language];
  const people = lesson.participants.length;
  return [
    why.able,
    ...(known > 0 ? [fill(why.known, { known: `${known}`, people: `${people}` })] : []),
    fill(why.hours, { hours: hoursText(hours, language) }),
    ...(others > 0 ? [count(others, why.others, language)] : []),
  ].join(" · ");
}

/** Why nobody is proposed. */
export function unfillableText(reasons: Unfillable["reasons"], language: OfficeLanguage): string {
  const { unfillable, unfillableReasons } = WORDS[language];
  const told = Object.entries(reasons).map(([kind, times]) => fill(unfillableReasons[kind as Obstacle["kind"]], { count: `${times}` }));
  return fill(unfillable, { reasons: told.join(", ") });
}

/**
 * What somebody else has changed.
 *
 * @param marks Of lessons that are not on the day any more, as far as a roster tells.
 */
export function differenceText(
  { lessonId, base, mine, theirs, isDisputed }: Difference,
  lessons: readonly Lesson[],
  marks: Marks,
  nameOf: (id: string) => string,
  language: OfficeLanguage,
): string {
  const words = WORDS[language];
  const lesson = lessons.find(({ id }) => id === lessonId);
  const who = (id: string | undefined) => (id === undefined ? words.theirsOpen : nameOf(id));
  const told = lesson ? lessonText(lesson, language) : goneLessonText(marks[lessonId], language);
  const values = { lesson: told, base: who(base), mine: who(mine), theirs: who(theirs) };
  return fill(isDisputed ? words.disputed : words.theirs, values);
}

/** Which lesson somebody had that is not there any more, as far as the roster told. */
export function movedText(mark: Mark | null, name: string, language: OfficeLanguage): string {
  const words = WORDS[language];
  return mark === null
    ? fill(words.goneUntold, { name })
    : fill(words.gone, { name, start: shortTime(mark.start), people: peopleOf(mark) });
}

function goneLessonText(mark: Mark | undefined, language: OfficeLanguage): string {
  const words = WORDS[language];
  return mark ? fill(words.goneLesson, { start: shortTime(mark.start), people: peopleOf(mark) }) : words.goneLessonUntold;
}

function peopleOf({ people }: Mark): string {
  return people.length > 0 ? ` (${people.join(", ")})` : "";
}
