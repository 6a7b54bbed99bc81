/** Finds people by what somebody types on a telephone: in a hurry, without accents, and only the beginning. */

import type { Lesson, Participant } from "../../../common/documents";

/** Letters that Unicode does not take apart, and how they are typed without their own keyboard. */
const TYPED: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe" };

/** A text as it is compared: `plain("Łucja Š.")` is `"lucja s"`. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[łøđßæœ]/g, (letter) => TYPED[letter] as string)
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether each word of `query` begins a word of the participant's name or of the sponsor's abbreviation. */
export function isMeant({ name, sponsor }: Participant, query: string): boolean {
  const words = `${plain(name ?? "")} ${plain(sponsor)}`.split(" ");
  return plain(query)
    .split(" ")
    .every((typed) => words.some((word) => word.startsWith(typed)));
}

/** The lessons on which somebody is meant; all of them while nothing is typed. */
export function lessonsFor(lessons: readonly Lesson[], query: string): Lesson[] {
  if (plain(query) === "") return [...lessons];
  return lessons.filter(({ participants }) => participants.some((one) => isMeant(one, query)));
}
