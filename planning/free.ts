import { wordKey } from "../common/texts";
import { type Day, type Instructor, type Lesson, overlap, type Plan } from "./day";

/** Minutes that an instructor needs between two lessons at different places. */
export const WAY_MINUTES = 10;

/** Why an instructor should not take a lesson; the weightiest of several reasons. */
export type Obstacle =
  | { kind: "inactive" | "absent" | "language" | "level" }
  /** They teach another lesson then, or one so shortly before or after at another place that they could not be there. */
  | { kind: "busy" | "way"; lesson: Lesson };

/** Somebody who could be asked to take a lesson. */
export interface Candidate {
  instructor: Instructor;
  /** Null for one who is free for it. */
  obstacle: Obstacle | null;
  /** How many lessons they have that day. */
  lessons: number;
}

/** Why an instructor should not take a lesson of a day, by the plan; null when nothing speaks against it. */
export function obstacleTo(lesson: Lesson, instructor: Instructor, date: string, others: readonly Lesson[]): Obstacle | null {
  if (instructor.active === false) return { kind: "inactive" };
  if (instructor.absences?.includes(date)) return { kind: "absent" };
  const busy = others.find((other) => overlap(lesson, other));
  if (busy !== undefined) return { kind: "busy", lesson: busy };
  if (!speaks(instructor, lesson)) return { kind: "language" };
  if (!teaches(instructor, lesson)) return { kind: "level" };
  const near = others.find((other) => isTooShortAWay(lesson, other));
  return near === undefined ? null : { kind: "way", lesson: near };
}

/** All instructors for a lesson: who is free first, those with the fewest lessons before the others, then why the rest is not. */
export function candidatesFor(lesson: Lesson, day: Day, plan: Plan): Candidate[] {
  const taught = lessonsByInstructor(day, plan);
  const candidates = day.instructors.map((instructor) => {
    const others = (taught.get(instructor.id) ?? []).filter(({ id }) => id !== lesson.id);
    return { instructor, obstacle: obstacleTo(lesson, instructor, day.date, others), lessons: others.length };
  });
  return candidates.sort(
    (one, other) =>
      Number(one.obstacle !== null) - Number(other.obstacle !== null) ||
      one.lessons - other.lessons ||
      one.instructor.name.localeCompare(other.instructor.name),
  );
}

/** What an instructor teaches on a day, in the order of the lessons' start. */
export function lessonsOf(instructorId: string, { lessons }: Day, plan: Plan): Lesson[] {
  return lessons.filter(({ id }) => plan[id] === instructorId);
}

/** What everybody teaches on a day, each in the order of the lessons' start; who teaches nothing is not in it. */
export function lessonsByInstructor({ lessons }: Day, plan: Plan): ReadonlyMap<string, Lesson[]> {
  const taught = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const id = plan[lesson.id];
    if (id === undefined) continue;
    const theirs = taught.get(id);
    if (theirs === undefined) taught.set(id, [lesson]);
    else theirs.push(lesson);
  }
  return taught;
}

/** Whether an instructor speaks a language of somebody on the lesson, or does not say which they speak. */
export function speaks({ languages }: Instructor, { participants }: Lesson): boolean {
  return languages.length === 0 || participants.some(({ language }) => languages.includes(language));
}

/** Whether an instructor teaches the lesson's level, whichever way either is written. */
export function teaches({ levels = [] }: Instructor, { level }: Lesson): boolean {
  return levels.length === 0 || levels.some((one) => wordKey(one) === wordKey(level));
}

/** Whether one lesson begins so soon after the other, and elsewhere, that nobody can teach both. */
export function isTooShortAWay(one: Lesson, other: Lesson): boolean {
  const [first, second] = one.starts_at <= other.starts_at ? [one, other] : [other, one];
  const between = (Date.parse(second.starts_at) - Date.parse(first.ends_at)) / 60_000;
  return one.location !== other.location && between >= 0 && between < WAY_MINUTES;
}
