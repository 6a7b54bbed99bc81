import { type Day, type Lesson, minutes, type Plan } from "./day";
import { lessonsByInstructor } from "./free";
import { personOf } from "./roster";

/** Whom instructors know from other days: people and bookings, by the instructor's id. */
export type Acquaintance = ReadonlyMap<string, ReadonlySet<string>>;

/** How good a plan is; compared in this order. */
export interface Measure {
  /** Lessons that nobody teaches: the fewer the better. */
  open: number;
  /** People who have an instructor whom they know, from other days or from earlier that day: the more the better. */
  kept: number;
  /** How far hours are from fair, as the sum of the squares of each instructor's hours: the less the better. */
  unfairness: number;
}

/** Tells whom each instructor has taught on other days, and by which booking. */
export function acquaintanceOf(days: readonly { day: Day; plan: Plan }[]): Acquaintance {
  const known = new Map<string, Set<string>>();
  for (const { day, plan } of days) {
    for (const lesson of day.lessons) {
      const id = plan[lesson.id];
      if (id !== undefined) known.set(id, new Set([...(known.get(id) ?? []), ...tracesOf(lesson)]));
    }
  }
  return known;
}

/**
 * How many people of a lesson somebody knows. Who has a name is known by it; a booking tells of places without one: of all of them where it is a
 * private lesson's, and of one where it is a group's, which has bookings of many families.
 */
export function familiar({ type, participants, booking_ids }: Lesson, known: ReadonlySet<string>): number {
  const people = participants.map(personOf);
  const named = people.filter((one) => one !== null && known.has(one)).length;
  const nameless = people.filter((one) => one === null).length;
  const bookings = booking_ids.filter((id) => known.has(id)).length;
  return named + (type === "private" && bookings > 0 ? nameless : Math.min(nameless, bookings));
}

/** By what people of a lesson are known again. */
export function tracesOf({ participants, booking_ids }: Lesson): string[] {
  return [...booking_ids, ...participants.flatMap((one) => personOf(one) ?? [])];
}

/** Measures a plan. */
export function measureOf(day: Day, plan: Plan, acquaintance: Acquaintance): Measure {
  const measure: Measure = { open: day.lessons.filter(({ id }) => plan[id] === undefined).length, kept: 0, unfairness: 0 };
  const taught = lessonsByInstructor(day, plan);
  for (const { id } of day.instructors) {
    const known = new Set(acquaintance.get(id));
    let hours = 0;
    for (const lesson of taught.get(id) ?? []) {
      measure.kept += familiar(lesson, known);
      hours += minutes(lesson) / 60;
      for (const trace of tracesOf(lesson)) known.add(trace);
    }
    measure.unfairness += hours * hours;
  }
  return measure;
}

/** Negative where the first is the better one, 0 where they are alike. */
export function compareMeasures(one: Measure, other: Measure): number {
  return one.open - other.open || other.kept - one.kept || one.unfairness - other.unfairness;
}
