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

/** Who teaches what by the roster in force; a lesson of somebody whom no profile knows is open. */
export function planInForce({ lessons, roster, instructors }: Day): Plan {
  const known = new Set(instructors.map(({ id }) => id));
  return Object.fromEntries(Object.entries(assign(lessons, roster?.assignments ?? [])).filter(([, id]) => known.has(id)));
}
