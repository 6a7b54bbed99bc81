import type { Mark, MarkedAssignment } from "./roster";

const MAX_TEXT_LENGTH = 256;
const TIME_SLOT = /^([01]\d|2[0-3]):[0-5]\d$/;
const OUTER_BLANKS = /^[\p{Z}\p{Cc}\p{Cf}]+|[\p{Z}\p{Cc}\p{Cf}]+$/gu;

/**
 * Reads a roster's file, whoever wrote it, by the function's own rule: docs/formats.md.
 *
 * @returns Its entries with the marks that the office left in them; null for a file that the function rejects, whatever the instructors are.
 */
export function rosterIn(text: string, date: string): MarkedAssignment[] | null {
  try {
    const file: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (!isObject(file) || file.date !== date || !Array.isArray(file.assignments)) return null;
    return file.assignments.map(entryOf);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof WrongEntry) return null;
    throw error;
  }
}

class WrongEntry extends Error {}

function entryOf(entry: unknown): MarkedAssignment {
  if (!isObject(entry)) throw new WrongEntry();
  const slots = textsOf(entry.time_slots);
  if (!slots.every((slot) => TIME_SLOT.test(slot))) throw new WrongEntry();
  const marks = isObject(entry.marks) ? Object.entries(entry.marks).filter((one): one is [string, Mark] => isMark(one[1])) : [];
  return {
    instructor_id: textOf(entry.instructor_id),
    lesson_ids: textsOf(entry.lesson_ids),
    booking_ids: textsOf(entry.booking_ids).map((id) => id.toLowerCase()),
    time_slots: slots,
    marks: Object.fromEntries(marks),
  };
}

function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new WrongEntry();
  return value.map((element) => trimmed(textOf(element)));
}

function textOf(value: unknown): string {
  const isText =
    typeof value === "string" && trimmed(value) !== "" && [...value].length <= MAX_TEXT_LENGTH && !/\p{Surrogate}/u.test(value);
  if (!isText) throw new WrongEntry();
  return value;
}

function trimmed(text: string): string {
  return text.replace(OUTER_BLANKS, "");
}

function isMark(value: unknown): value is Mark {
  const areTexts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === "string");
  return isObject(value) && typeof value.start === "string" && areTexts(value.booking_ids) && areTexts(value.people);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
