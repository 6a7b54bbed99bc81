/** Who is to be forgotten. */
export interface Person {
  /** The full name as the bookings have it, of a participant, a sponsor or an instructor. */
  name: string;
  /** The full name of who pays, to tell participants of one name apart: then only this sponsor's participant is meant. */
  sponsor?: string;
}

/**
 * Whether a text is a name: the same words, in any order and case, with or without their accents.
 *
 * @example
 * isName("Novák Petr", "petr novak"); // true
 */
export function isName(text: string, name: string): boolean {
  return wordsOf(text).sort().join(" ") === wordsOf(name).sort().join(" ");
}

/** Whether a text speaks of someone by their full name, as a note may; a single word is too common to tell. */
export function mentions(text: string, name: string): boolean {
  const words = wordsOf(name);
  const spoken = ` ${wordsOf(text).join(" ")} `;
  return words.length > 1 && [words, [...words].reverse()].some((order) => spoken.includes(` ${order.join(" ")} `));
}

/** A participant as the display shows them. */
export interface Shown {
  name: string | null;
  sponsor: string;
}

/** Whether a booking's full names may be behind what the display shows; how it shortens them is lambda/processor/scheduler/privacy.py's. */
export function isShownAs({ name, sponsor }: Shown, participant: string, fullSponsor: string): boolean {
  const words = plainWords(fullSponsor);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const short = ends.map((word = "") => `${[...word].slice(0, 2).join("")}.`).join("");
  return sponsor === short && isFirstOf(name, participant);
}

/** A name that is more than letters and blanks may be shown by any of its words, or by none: titles, ages and commas are read over. */
function isFirstOf(name: string | null, participant: string): boolean {
  const typed = participant.normalize("NFC").replace(INVISIBLE, " ");
  const words = plainWords(typed);
  const isPlain =
    typed === participant.normalize("NFC") && words.every((word) => PLAIN.test(word) && !(words.length > 1 && TITLE.test(word)));
  const mayShow = isPlain ? words.slice(0, 1) : (typed.match(RUN) ?? []).flatMap(wordsOfRun);
  return name === null ? !isPlain || words.length === 0 : mayShow.includes(name.normalize("NFC").replace(/ .*/su, ""));
}

/** Letters and marks that nobody sees; the processor takes them for blanks. */
const INVISIBLE = /\u034f|[\u115f\u1160\u17b4\u17b5\u3164\uffa0]|[\u180b-\u180d]|\u180f|[\ufe00-\ufe0f]/gu;
const PLAIN = /^[\p{L}\p{M}]*$/u;
const TITLE = /^(mgr|mga|bca|mudr|mddr|mvdr|judr|phdr|rndr|paeddr|pharmdr|thdr|drsc|inż|dipl)$/iu;
const RUN = /\p{L}[\p{L}\p{M}\p{Nd}'’ʼ‐‑-]*/gu;

/** A word ends behind its digits, and before them where they are a telephone number. */
function wordsOfRun(run: string): string[] {
  const words = [run.replace(/(?<=\p{Nd})\p{L}.*$/su, ""), run.replace(/\p{Nd}.*$/su, "")];
  return words.map((word) => word.replace(/['’ʼ‐‑-]+$/u, ""));
}

function plainWords(text: string): string[] {
  return text.normalize("NFC").split(/\s+/).filter(Boolean);
}

function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{Mark}/gu, "");
  return plain.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? [];
}
