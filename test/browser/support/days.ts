/** Published documents to put before the display: a day as a school has it, and days at the limits. */

import type { Day, Lesson, Participant } from "../../../common/documents";
import { lesson as bareLesson, day, TODAY } from "../../../website/src/testing/documents";

const NAMES = [
  "Anna",
  "Kamil",
  "Žofie",
  "Jiří",
  "Łucja",
  "Maximilian",
  "Ole",
  "Štěpán",
  "Grażyna",
  "Jürgen",
  "Zoë",
  "Eliška",
  "Bartłomiej",
];
const SPONSORS = ["No.Pe.", "Ko.Wo.", "Dv.Ja.", "Mü.An.", "Św.Be.", "Šv.Ti.", "Kr.Lu."];
const LANGUAGES = ["cs", "pl", "de", "en"];
const INSTRUCTORS = ["Jana", "Petr", "Zuzana", "Tomáš", "Magdaléna"];

/** Somebody, the same for the same number. */
export function participant(number: number, change: Partial<Participant> = {}): Participant {
  return {
    name: NAMES[number % NAMES.length] as string,
    sponsor: SPONSORS[number % SPONSORS.length] as string,
    language: LANGUAGES[number % LANGUAGES.length] as string,
    ...change,
  };
}

export function participants(count: number, from = 0): Participant[] {
  return Array.from({ length: count }, (_, index) => participant(from + index));
}

/** A lesson as a school has it; its id is made of `number`. */
export function lesson(number: number, change: Partial<Lesson> = {}, date = TODAY): Lesson {
  const { start = "09:00", end = "10:50" } = change;
  const name = INSTRUCTORS[number % (INSTRUCTORS.length + 1)];
  const instructor = name ? { id: name.toLowerCase(), name, photo: null } : null;
  return bareLesson(number, start, end, { participants: participants(1, number), instructor, ...change }, date);
}

/** A full start: 13 lessons with 28 participants at nine. */
export function fullStart(): Lesson[] {
  const privates = Array.from({ length: 9 }, (_, index) =>
    lesson(index + 1, {
      participants: participants(index % 3 === 0 ? 2 : 1, index),
      level: ["lyže začátečník", "dětská školka", "snowboard začátečník"][index % 3] as string,
      location: index % 4 === 3 ? "Stone bar" : "Rýžoviště",
    }),
  );
  const groups = [
    lesson(10, { type: "small-group", participants: participants(3, 1), location: "Rýžoviště" }),
    lesson(11, { type: "small-group", level: "snowboard pokročilý", participants: participants(2, 4) }),
    lesson(12, { type: "large-group", level: "dětská školka", participants: participants(6, 2), location: "Rýžoviště" }),
    lesson(13, { type: "large-group", level: "lyže začátečník", participants: participants(5, 7), location: "Rýžoviště" }),
  ];
  return [...privates, ...groups];
}

/** A usual day: a full start at nine, an odd one, and three others, with lessons of different lengths. */
export function usualDay(): Day {
  return day([
    lesson(20, { start: "08:40", end: "09:30", level: "lyže pokročilý" }),
    ...fullStart(),
    lesson(30, { start: "11:00", end: "11:50" }),
    lesson(31, { start: "11:00", end: "12:50", participants: participants(2, 3), type: "small-group", level: "snowboard začátečník" }),
    lesson(32, { start: "11:00", end: "12:50", participants: participants(4, 5), type: "large-group", level: "dětská školka" }),
    lesson(40, { start: "13:00", end: "14:50", level: "běžky začátečník", location: "Stadion" }),
    lesson(41, { start: "14:30", end: "16:20", participants: [participant(3, { name: null })] }),
  ]);
}
