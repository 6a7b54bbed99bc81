import { assign } from "./assignments";
import { type Conflict, compare, type Day, type Instructor, type Lesson, type Plan, type Roster } from "./day";

/**
 * Reads a day from the table's items.
 *
 * @param items Those of the partition `SCHEDULE#<date>`, as {@link plain} gives them.
 * @param instructors Those of the profiles in force.
 */
export function readDay(date: string, items: readonly { SK: string }[], instructors: Instructor[]): Day {
  const of = <T>(prefix: string) => items.filter(({ SK }) => SK.startsWith(prefix)) as unknown as T[];
  const lessons = of<Lesson>("LESSON#").sort((one, other) => compare(one.starts_at, other.starts_at) || compare(one.id, other.id));
  return { date, lessons, instructors, roster: of<Roster>("ROSTER")[0] ?? null, conflicts: of<Conflict>("CONFLICT#") };
}

/**
 * Who teaches what by the roster in force; a lesson of somebody whom no profile knows is open.
 *
 * Lessons that the roster names and that are not on the day are in it, too: an export may lack them for a while, and they are still somebody's when
 * they come back.
 */
export function planInForce({ lessons, roster, instructors }: Day): Plan {
  const assignments = roster?.assignments ?? [];
  const there = new Set(lessons.map(({ id }) => id));
  const absent = assignments.toReversed().flatMap(({ instructor_id, lesson_ids = [] }) => {
    return lesson_ids.filter((id) => !there.has(id)).map((id) => [id, instructor_id] as const);
  });
  return ofThoseKnown({ ...Object.fromEntries(absent), ...assign(lessons, assignments) }, instructors);
}

/** What a plan says of those whom the profiles know: the function rejects a roster that names anybody else. */
export function ofThoseKnown(plan: Plan, instructors: readonly Instructor[]): Plan {
  const known = new Set(instructors.map(({ id }) => id));
  return Object.fromEntries(Object.entries(plan).filter(([, id]) => known.has(id)));
}
