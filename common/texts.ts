/** The display's words in every language, and how the school's own words are translated. */

import { MINUTE } from "./clock";
import { cs } from "./texts/cs";
import { de } from "./texts/de";
import type { Counted, Dictionary, Language } from "./texts/dictionary";
import { en } from "./texts/en";
import { pl } from "./texts/pl";

export { type Counted, type Dictionary, LANGUAGES, type Language } from "./texts/dictionary";

export const DICTIONARIES: Record<Language, Dictionary> = { cs, en, de, pl };

/** A text with its braces filled: `fill("as of {time}", { time: "7:40" })` is `"as of 7:40"`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (braces, key: string) => lookUp(values, key) ?? braces);
}

/** A number with its noun: `count(3, cs.lessons, "cs")` is `"3 lekce"`. */
export function count(number: number, forms: Counted, language: Language): string {
  const rule = new Intl.PluralRules(language).select(number);
  const form = forms[rule as keyof Counted] ?? forms.other;
  return form.replace("#", String(number));
}

/** The school's own word in the display's language; a word that the dictionary does not know stays as the school wrote it. */
export function translate(word: string, words: Record<string, string>): string {
  return shorten(lookUp(words, wordKey(word)) ?? word);
}

/** What makes two of the school's words the same one, however they are spaced, capitalised or composed. */
export function wordKey(word: string): string {
  return word.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** What `words` itself has under `key`, and nothing that every object has, such as `constructor`. */
export function lookUp(words: Record<string, string>, key: string): string | undefined {
  return new Map(Object.entries(words)).get(key);
}

/** Longer than any name or place in earnest, and still fitting on a page at full size. */
const LONGEST = 120;

/** Keeps a text that cannot be in earnest from filling a whole page. */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
}

/** `Sunday 27 December`, as the language writes it. */
export function longDate(date: string, language: Language): string {
  return dateIn(date, language, { weekday: "long", day: "numeric", month: "long" });
}

/** `27 Dec`, as the language writes it. */
export function shortDate(date: string, language: Language): string {
  return dateIn(date, language, { day: "numeric", month: "numeric" });
}

/** `in 10 minutes`, as the language says it. */
export function inMinutes(minutes: number, language: Language): string {
  return new Intl.RelativeTimeFormat(language, { style: "short" }).format(minutes, "minute");
}

/** `2 h 5 min` or `3 d`, as every language writes it, of milliseconds in either direction. */
export function duration(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} d`;
  return [hours > 0 && `${hours} h`, minutes % 60 > 0 && `${minutes % 60} min`].filter(Boolean).join(" ");
}

function dateIn(date: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  // British order for English: most of its readers here are European.
  const text = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...options, timeZone: "UTC" }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
