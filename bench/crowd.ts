/** A day on which many people begin at nine, every one of them with a name of its own. */

import type { Day, Lesson } from "../common/documents";
import { lesson, participant, usualDay } from "../test/browser/support/days";
import { day } from "../website/src/testing/documents";

const FIRST = ["An", "Bo", "Da", "Eli", "Fi", "Ja", "Ka", "Lu", "Mi", "So"];
const LAST = ["na", "rek", "lie", "mil", "ška", "tin"];

/** How many people the lessons of a full start have, in turn: two thirds of the lessons are private. */
const SIZES = [2, 1, 1, 2, 1, 1, 2, 1, 1, 3, 2, 6, 5];
const TYPES = [...Array(9).fill("private"), "small-group", "small-group", "large-group", "large-group"];
const LEVELS = ["lyže začátečník", "dětská školka", "snowboard začátečník"];

/** A day with `people` (at most 60) at nine, and a few at eleven, one and half past two. */
export function crowdedDay(people: number): Day {
  const lessons: Lesson[] = [];
  for (let seated = 0; seated < people; ) {
    const number = lessons.length;
    const size = Math.min(SIZES[number % SIZES.length] as number, people - seated);
    lessons.push(
      lesson(100 + number, {
        type: TYPES[number % TYPES.length] as string,
        level: LEVELS[number % LEVELS.length] as string,
        location: number % 4 === 3 ? "Stone bar" : "Rýžoviště",
        participants: Array.from({ length: size }, (_, index) => participant(seated + index, { name: nameOf(seated + index) })),
      }),
    );
    seated += size;
  }
  // As the processor publishes them: by type, with the private ones first.
  lessons.sort((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type));
  return day([...lessons, ...usualDay().lessons.filter(({ start }) => start > "09:00")]);
}

/** `nameOf(0)` is `"Anna"`. */
export function nameOf(number: number): string {
  return `${FIRST[number % FIRST.length]}${LAST[Math.floor(number / FIRST.length) % LAST.length]}`;
}
