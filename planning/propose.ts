import { munkres } from "munkres";
import { type Day, type Instructor, type Lesson, minutes, openLessons, overlap, type Plan } from "./day";
import { candidatesFor, lessonsByInstructor, type Obstacle, obstacleTo } from "./free";
import { type Acquaintance, compareMeasures, familiar, measureOf, tracesOf } from "./measure";

/** An instructor for an open lesson. */
export interface Proposal {
  lesson: Lesson;
  instructor: Instructor;
  /** People on it who know them, from other days or from earlier that day. */
  known: number;
  /** Hours that they would have that day, this lesson among them. */
  hours: number;
  /** How many others could take it as well. */
  others: number;
}

/** A lesson that nobody can take, and what stands in the way of how many. */
export interface Unfillable {
  lesson: Lesson;
  reasons: Partial<Record<Obstacle["kind"], number>>;
}

/** What could be made of a day's open lessons. */
export interface Proposed {
  /** The plan with all proposals taken. */
  plan: Plan;
  proposals: Proposal[];
  unfillable: Unfillable[];
}

/** What an open lesson costs more than any people's wish, and what that costs more than any unfairness: {@link compareMeasures} in one number. */
const OPEN_COST = 1e12;
const STRANGER_COST = 1e6;

/**
 * Proposes instructors for the open lessons of a day. What is assigned already stays.
 *
 * Only those are proposed against whom nothing speaks: they speak a language of the lesson and teach its level, are there, and teach nobody else at
 * that time. Among the ways to do that, the one with the fewest open lessons counts, then the one in which most people keep the instructor whom they
 * know, then the one with the fairest hours: {@link compareMeasures}.
 *
 * Lessons of the same time are given out together, each time at the least cost (the Hungarian method, by `munkres`). Early times may take what later
 * ones need, so it is done from either end of the day, and by the plain way too; the best of the three counts.
 */
export function propose(day: Day, plan: Plan, acquaintance: Acquaintance): Proposed {
  const waves = wavesOf(openLessons(day, plan));
  const ways = [
    greedy(day, plan, acquaintance),
    inWaves(day, plan, acquaintance, waves),
    inWaves(day, plan, acquaintance, waves.toReversed()),
  ];
  const measured = ways.map((way) => ({ way, measure: measureOf(day, way, acquaintance) }));
  const [best] = measured.sort((one, other) => compareMeasures(one.measure, other.measure));
  return explain(day, plan, best?.way ?? plan, acquaintance);
}

/** The plain way: each lesson in the order of its start goes to whom it suits best at that moment. */
export function greedy(day: Day, plan: Plan, acquaintance: Acquaintance): Plan {
  let found = plan;
  for (const lesson of openLessons(day, plan)) {
    const [best] = ableTo(lesson, day, found, acquaintance).sort((one, other) => one.cost - other.cost);
    if (best !== undefined) found = { ...found, [lesson.id]: best.instructor.id };
  }
  return found;
}

function inWaves(day: Day, plan: Plan, acquaintance: Acquaintance, waves: Lesson[][]): Plan {
  let found = plan;
  for (const wave of waves) {
    const { instructors } = day;
    const costs = wave.map((lesson) => {
      const able = new Map(ableTo(lesson, day, found, acquaintance).map(({ instructor, cost }) => [instructor, cost]));
      const of = instructors.map((one) => able.get(one) ?? OPEN_COST);
      // Nobody at all, for each lesson, so that a lesson may stay open and every row finds a column.
      return [...of, ...wave.map(() => OPEN_COST)];
    });
    for (const [row, column] of munkres(costs)) {
      const [lesson, instructor, cost] = [wave[row], instructors[column], costs[row]?.[column]];
      if (lesson !== undefined && instructor !== undefined && cost !== OPEN_COST) found = { ...found, [lesson.id]: instructor.id };
    }
  }
  return found;
}

/** Lessons in groups in which each runs at the same time as every other, in the order of their start: nobody can teach two of a group. */
function wavesOf(lessons: readonly Lesson[]): Lesson[][] {
  const waves: Lesson[][] = [];
  for (const lesson of lessons) {
    const wave = waves.find((group) => group.every((other) => overlap(lesson, other)));
    if (wave === undefined) waves.push([lesson]);
    else wave.push(lesson);
  }
  return waves;
}

/** Against whom nothing speaks, and what it costs to give them the lesson. */
function ableTo(lesson: Lesson, day: Day, plan: Plan, acquaintance: Acquaintance): { instructor: Instructor; cost: number }[] {
  const taught = lessonsByInstructor(day, plan);
  return day.instructors.flatMap((instructor) => {
    const theirs = taught.get(instructor.id) ?? [];
    const isAble = obstacleTo(lesson, instructor, day.date, theirs) === null;
    return isAble ? [{ instructor, cost: costOf(lesson, instructor, theirs, acquaintance) }] : [];
  });
}

/** What it costs to give a lesson to somebody: strangers, then hours beyond what they have. */
function costOf(lesson: Lesson, { id }: Instructor, theirs: readonly Lesson[], acquaintance: Acquaintance): number {
  const hours = theirs.reduce((sum, one) => sum + minutes(one) / 60, 0);
  const more = minutes(lesson) / 60;
  const strangers = lesson.participants.length - knownTo(lesson, id, theirs, acquaintance);
  return strangers * STRANGER_COST + (hours + more) ** 2 - hours ** 2;
}

function knownTo(lesson: Lesson, instructorId: string, theirs: readonly Lesson[], acquaintance: Acquaintance): number {
  const earlier = theirs.filter(({ starts_at: start }) => start < lesson.starts_at).flatMap(tracesOf);
  return familiar(lesson, new Set([...(acquaintance.get(instructorId) ?? []), ...earlier]));
}

function explain(day: Day, before: Plan, after: Plan, acquaintance: Acquaintance): Proposed {
  const instructors = new Map(day.instructors.map((one) => [one.id, one]));
  const proposals: Proposal[] = [];
  const unfillable: Unfillable[] = [];
  const taught = lessonsByInstructor(day, after);
  for (const lesson of openLessons(day, before)) {
    const candidates = candidatesFor(lesson, day, after);
    const instructor = instructors.get(after[lesson.id] ?? "");
    if (instructor === undefined) {
      const reasons: Unfillable["reasons"] = {};
      for (const { obstacle } of candidates) if (obstacle !== null) reasons[obstacle.kind] = (reasons[obstacle.kind] ?? 0) + 1;
      unfillable.push({ lesson, reasons });
    } else {
      const theirs = taught.get(instructor.id) ?? [];
      proposals.push({
        lesson,
        instructor,
        known: knownTo(lesson, instructor.id, theirs, acquaintance),
        hours: theirs.reduce((sum, one) => sum + minutes(one) / 60, 0),
        others: candidates.filter(({ obstacle, instructor: { id } }) => obstacle === null && id !== instructor.id).length,
      });
    }
  }
  return { plan: after, proposals, unfillable };
}
