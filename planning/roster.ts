import type { Assignment, Day, Lesson, Plan } from "./day";

/** What a roster says of a lesson beside who teaches it, so that it can be found again when it has moved. The function leaves it unread. */
export interface Mark {
  /** Local time, `HH:MM`. */
  start: string;
  booking_ids: string[];
  /** Those on it, as displays show them: name and sponsor. */
  people: string[];
}

/** An entry as the office writes it. */
export interface MarkedAssignment extends Assignment {
  /** By the lesson's id. */
  marks?: Record<string, Mark>;
}

/** `instructors/roster-YYYY-MM-DD.json`. */
export interface RosterFile {
  date: string;
  assignments: MarkedAssignment[];
}

/**
 * The file that makes a plan the day's roster.
 *
 * Two things of an earlier roster stay: bookings of which no lesson is known yet, as what was said of them still holds when their lessons come; and
 * the marks of lessons that have moved, until somebody teaches what they became.
 *
 * @param earlier The entries of the roster in force.
 */
export function rosterFile(day: Day, plan: Plan, earlier: readonly MarkedAssignment[] = []): RosterFile {
  const { date, lessons } = day;
  const byInstructor = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const id = plan[lesson.id];
    if (id !== undefined) byInstructor.set(id, [...(byInstructor.get(id) ?? []), lesson]);
  }
  const entries = [...byInstructor].sort(([one], [other]) => (one < other ? -1 : 1));
  const assignments = entries.map(([instructor_id, theirs]) => ({
    instructor_id,
    lesson_ids: theirs.map(({ id }) => id),
    marks: Object.fromEntries(theirs.map((lesson) => [lesson.id, mark(lesson)])),
  }));
  const unsettled = movedLessons(day, plan, earlier)
    .filter(({ became }) => became !== null)
    .map(({ instructorId, lessonId, mark: of }) => ({ instructor_id: instructorId, lesson_ids: [lessonId], marks: { [lessonId]: of } }));
  return { date, assignments: [...assignments, ...unsettled, ...yetToCome(lessons, earlier)] };
}

/** A lesson that a roster names and that is there no longer. */
export interface Moved {
  lessonId: string;
  instructorId: string;
  mark: Mark;
  /** What it has probably become: an open lesson of the same people, the nearest in time. Null where there is none. */
  became: Lesson | null;
}

/** The lessons that a roster gives to somebody and that are not on the day any more, each with what it has probably become. */
export function movedLessons({ lessons }: Day, plan: Plan, roster: readonly MarkedAssignment[]): Moved[] {
  const there = new Set(lessons.map(({ id }) => id));
  const taken = new Set<string>();
  const gone = roster.flatMap(({ instructor_id: instructorId, marks = {} }) =>
    Object.entries(marks).flatMap(([lessonId, of]) => (there.has(lessonId) ? [] : [{ lessonId, instructorId, mark: of }])),
  );
  return gone.map((lost) => {
    const alike = lessons
      .filter(({ id }) => plan[id] === undefined && !taken.has(id))
      .map((lesson) => ({ lesson, likeness: likeness(lost.mark, lesson) }))
      .filter((one) => one.likeness > 0)
      .sort((one, other) => other.likeness - one.likeness || apart(lost.mark, one.lesson) - apart(lost.mark, other.lesson));
    const became = alike[0]?.lesson ?? null;
    if (became !== null) taken.add(became.id);
    return { ...lost, became };
  });
}

/** Who somebody on a lesson is, as far as that is known; null for a place without a name. */
export function personOf({ name, sponsor }: { name: string | null; sponsor: string }): string | null {
  return name === null ? null : `${name} ${sponsor}`;
}

function mark({ start, booking_ids, participants }: Lesson): Mark {
  return { start, booking_ids, people: participants.flatMap((one) => personOf(one) ?? []) };
}

/** What entries say of bookings that no lesson of the day has. */
function yetToCome(lessons: readonly Lesson[], earlier: readonly Assignment[]): Assignment[] {
  const known = new Set(lessons.flatMap(({ booking_ids }) => booking_ids));
  return earlier.flatMap(({ instructor_id, booking_ids = [], time_slots = [] }) => {
    const unknown = booking_ids.filter((id) => !known.has(id));
    return unknown.length === 0 ? [] : [{ instructor_id, booking_ids: unknown, ...(time_slots.length > 0 && { time_slots }) }];
  });
}

/** How much speaks for a lesson being the one that a mark tells of: bookings that both have, and people; 0 when less than half of them are. */
function likeness({ booking_ids, people }: Mark, lesson: Lesson): number {
  const bookings = booking_ids.filter((id) => lesson.booking_ids.includes(id)).length;
  const known = new Set(lesson.participants.map(personOf));
  const same = people.filter((person) => known.has(person)).length;
  return bookings > 0 || same * 2 > people.length ? bookings + same : 0;
}

function apart({ start }: Mark, lesson: Lesson): number {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return Math.abs(minute(start) - minute(lesson.start));
}
