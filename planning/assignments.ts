import type { Assignment, Lesson } from "./day";

/**
 * Gives a day's lessons to instructors, as the function does: a lesson goes to the first entry that names its id, or else to the first that names
 * one of its booking ids; an entry with time slots counts for lessons that start at one of them only.
 *
 * @returns Instructors' ids by lessons' ids.
 */
export function assign(lessons: readonly Lesson[], assignments: readonly Assignment[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const lesson of lessons) {
    const counts = ({ time_slots = [] }: Assignment) => time_slots.length === 0 || time_slots.includes(lesson.start);
    const booked = new Set(lesson.booking_ids);
    const entry =
      assignments.find((one) => one.lesson_ids?.includes(lesson.id) && counts(one)) ??
      assignments.find((one) => one.booking_ids?.some((id) => booked.has(id)) && counts(one));
    if (entry !== undefined) found[lesson.id] = entry.instructor_id;
  }
  return found;
}
