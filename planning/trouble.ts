import { assign } from "./assignments";
import { compare, type Day, formerInstructors, type Instructor, type Lesson, openLessons, overlap, type Plan } from "./day";
import { isTooShortAWay, lessonsOf, speaks, teaches } from "./free";

/** Hours before its start from which a lesson should have an instructor: as the function says it. */
const UNASSIGNED_HOURS = 24;

/** What the function finds, too; it alone knows who is in two lessons at once, as it alone knows full names. */
type FunctionKind = "participant_overlap" | "instructor_overlap" | "language" | "unassigned";

/** The kinds of trouble that the function stores as conflicts of a day. */
export const FUNCTION_KINDS: ReadonlySet<string> = new Set<FunctionKind>([
  "participant_overlap",
  "instructor_overlap",
  "language",
  "unassigned",
]);

/** What to mend in a plan. */
export interface Trouble {
  kind: FunctionKind | "level" | "way" | "absent" | "inactive";
  /** In the order of their start. */
  lessons: Lesson[];
  instructor: Instructor | null;
}

/**
 * Finds what to mend in a plan.
 *
 * @param now In milliseconds since 1970.
 */
export function troublesOf(day: Day, plan: Plan, now: number): Trouble[] {
  const lessons = new Map(day.lessons.map((lesson) => [lesson.id, lesson]));
  const ofPeople = day.conflicts
    .filter(({ kind }) => kind === "participant_overlap")
    .map(({ lesson_ids: ids }) => ids.flatMap((id) => lessons.get(id) ?? []))
    .map((both): Trouble => ({ kind: "participant_overlap", lessons: both, instructor: null }));
  const open = day.lessons
    .filter(({ id, starts_at: start }) => plan[id] === undefined && Date.parse(start) - now <= UNASSIGNED_HOURS * 3_600_000)
    .map((lesson): Trouble => ({ kind: "unassigned", lessons: [lesson], instructor: null }));
  const everybody = [...day.instructors, ...formerInstructors(day, plan)];
  return [
    ...ofPeople,
    ...open,
    ...troublesWithThoseWhoLeft(day, plan),
    ...everybody.flatMap((instructor) => troublesWith(instructor, day, plan)),
  ];
}

/** Open lessons that the roster gives to somebody whom no profile knows any more. */
function troublesWithThoseWhoLeft(day: Day, plan: Plan): Trouble[] {
  const given = assign(openLessons(day, plan), day.roster?.assignments ?? []);
  return formerInstructors(day, given).flatMap((instructor) =>
    lessonsOf(instructor.id, day, given).map((lesson): Trouble => ({ kind: "inactive", lessons: [lesson], instructor })),
  );
}

function troublesWith(instructor: Instructor, day: Day, plan: Plan): Trouble[] {
  const theirs = lessonsOf(instructor.id, day, plan);
  const found: Trouble[] = [];
  const say = (kind: Trouble["kind"], ...lessons: Lesson[]) => found.push({ kind, lessons, instructor });
  for (const [place, lesson] of theirs.entries()) {
    if (instructor.active === false) say("inactive", lesson);
    else if (instructor.absences?.includes(day.date)) say("absent", lesson);
    if (!speaks(instructor, lesson)) say("language", lesson);
    if (!teaches(instructor, lesson)) say("level", lesson);
    for (const later of theirs.slice(place + 1)) if (isTooShortAWay(lesson, later)) say("way", lesson, later);
  }
  for (const [running, lesson] of overlapsOf(theirs)) say("instructor_overlap", running, lesson);
  return found;
}

/** Each lesson with the one that still runs when it starts, if any, as the function pairs them: every lesson in trouble is in a pair, and pairs stay few. */
function overlapsOf(lessons: readonly Lesson[]): [Lesson, Lesson][] {
  const pairs: [Lesson, Lesson][] = [];
  let running: Lesson | undefined;
  for (const lesson of lessons.toSorted(inOrder)) {
    if (running !== undefined && overlap(running, lesson)) pairs.push([running, lesson]);
    if (running === undefined || lesson.ends_at > running.ends_at) running = lesson;
  }
  return pairs;
}

function inOrder(one: Lesson, other: Lesson): number {
  return compare(one.starts_at, other.starts_at) || compare(one.ends_at, other.ends_at) || compare(one.id, other.id);
}
