import { isObject, objectOf, readFile, textOf, textsOf, WrongFile } from "./file-text";
import type { Mark, MarkedAssignment } from "./roster";

const TIME_SLOT = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Reads a roster's file, whoever wrote it, by the function's own rule: docs/formats.md.
 *
 * @returns Its entries with the marks that the office left in them; null for a file that the function rejects, whatever the instructors are.
 */
export function rosterIn(text: string, date: string): MarkedAssignment[] | null {
  return readFile(text, (file) => {
    if (file.date !== date || !Array.isArray(file.assignments)) throw new WrongFile();
    return file.assignments.map(entryOf);
  });
}

function entryOf(value: unknown): MarkedAssignment {
  const entry = objectOf(value);
  const slots = textsOf(entry.time_slots);
  if (!slots.every((slot) => TIME_SLOT.test(slot))) throw new WrongFile();
  const marks = isObject(entry.marks) ? Object.entries(entry.marks).filter((one): one is [string, Mark] => isMark(one[1])) : [];
  return {
    instructor_id: textOf(entry.instructor_id),
    lesson_ids: textsOf(entry.lesson_ids),
    booking_ids: textsOf(entry.booking_ids).map((id) => id.toLowerCase()),
    time_slots: slots,
    marks: Object.fromEntries(marks),
  };
}

function isMark(value: unknown): value is Mark {
  const areTexts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === "string");
  return isObject(value) && typeof value.start === "string" && areTexts(value.booking_ids) && areTexts(value.people);
}
