/** What planning found, in the page's words. */

import { shortTime } from "../../../common/clock";
import { count, DICTIONARIES, fill, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import type { Obstacle } from "../../../planning/free";
import type { Difference } from "../../../planning/merge";
import type { Proposal, Unfillable } from "../../../planning/propose";
import type { Mark } from "../../../planning/roster";
import type { Trouble } from "../../../planning/trouble";
import { type OfficeLanguage, WORDS } from ".";

/** A lesson in a few words: `9:00 Lyže – začátečníci`. */
export function lessonText({ start, level }: Lesson, language: OfficeLanguage): string {
  return `${shortTime(start)} ${translate(level, DICTIONARIES[language].levels)}`;
}

/** Why somebody should not take a lesson. */
export function obstacleText(obstacle: Obstacle, language: OfficeLanguage): string {
  const lesson = "lesson" in obstacle ? lessonText(obstacle.lesson, language) : "";
  return fill(WORDS[language].obstacles[obstacle.kind], { lesson });
}

/** Something to mend, as a sentence. */
export function troubleText({ kind, lessons, instructor }: Trouble, language: OfficeLanguage): string {
  const told = new Intl.ListFormat(language).format(lessons.map((lesson) => lessonText(lesson, language)));
  return fill(WORDS[language].troublesOf[kind], { name: instructor?.name ?? "", lessons: told });
}

/** Why somebody is proposed. */
export function proposalText({ lesson, known, hours, others }: Proposal, language: OfficeLanguage): string {
  const { why } = WORDS[language];
  const people = lesson.participants.length;
  return [
    why.able,
    ...(known > 0 ? [fill(why.known, { known: `${known}`, people: `${people}` })] : []),
    fill(why.hours, { hours: hours.toLocaleString(language, { maximumFractionDigits: 1 }) }),
    ...(others > 0 ? [count(others, why.others, language)] : []),
  ].join(" · ");
}

/** Why nobody is proposed. */
export function unfillableText(reasons: Unfillable["reasons"], language: OfficeLanguage): string {
  const { unfillable, unfillableReasons } = WORDS[language];
  const told = Object.entries(reasons).map(([kind, times]) => fill(unfillableReasons[kind as Obstacle["kind"]], { count: `${times}` }));
  return fill(unfillable, { reasons: told.join(", ") });
}

/** What somebody else has changed. */
export function differenceText(
  { lessonId, base, mine, theirs, isDisputed }: Difference,
  lessons: readonly Lesson[],
  nameOf: (id: string) => string,
  language: OfficeLanguage,
): string {
  const words = WORDS[language];
  const lesson = lessons.find(({ id }) => id === lessonId);
  const who = (id: string | undefined) => (id === undefined ? words.theirsOpen : nameOf(id));
  const values = { lesson: lesson ? lessonText(lesson, language) : lessonId, base: who(base), mine: who(mine), theirs: who(theirs) };
  return fill(isDisputed ? words.disputed : words.theirs, values);
}

/** Which lesson somebody had that is not there any more, as far as the roster told. */
export function movedText(mark: Mark | null, name: string, language: OfficeLanguage): string {
  const words = WORDS[language];
  if (mark === null) return fill(words.goneUntold, { name });
  const people = mark.people.length > 0 ? ` (${mark.people.join(", ")})` : "";
  return fill(words.gone, { name, start: shortTime(mark.start), people });
}
