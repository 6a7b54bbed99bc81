import { type Assignment, compare, type Day, type Lesson, type Plan } from "./day";

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
 * the marks of lessons that have moved, until somebody teaches what they became. What it says of those who left goes: for it the function would
 * reject the whole file.
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
  const entries = [...byInstructor].sort(([one], [other]) => compare(one, other));
  const assignments = entries.map(([instructor_id, theirs]) => ({
    instructor_id,
    lesson_ids: theirs.map(({ id }) => id),
    marks: Object.fromEntries(theirs.map((lesson) => [lesson.id, mark(lesson)])),
  }));
  const unsettled = movedLessons(day, plan, earlier).flatMap(({ became, instructorId, lessonId, mark: of }) =>
    became === null || lessonId === null || of === null
      ? []
      : [{ instructor_id: instructorId, lesson_ids: [lessonId], marks: { [lessonId]: of } }],
  );
  return { date, assignments: [...assignments, ...unsettled, ...yetToCome(lessons, ofThoseHere(day, earlier))] };
}

/** A lesson that a roster names and that is there no longer. */
export interface Moved {
  /** Null where the roster names it by its booking and its start. */
  lessonId: string | null;
  instructorId: string;
  /** Null where the roster tells no more than its id. */
  mark: Mark | null;
  /** What it has probably become: an open lesson of the same people, the nearest in time. Null where there is none. */
  became: Lesson | null;
}

/**
 * The lessons that a roster gives to somebody and that are not on the day any more, each with what it has probably become.
 *
 * @param roster As its file has it: the table keeps no marks.
 */
export function movedLessons(day: Day, plan: Plan, roster: readonly MarkedAssignment[]): Moved[] {
  const open = new Set(day.lessons.filter(({ id }) => plan[id] === undefined));
  const here = ofThoseHere(day, roster);
  const gone = [...here.flatMap((entry) => goneById(entry, day)), ...here.flatMap((entry) => goneByBooking(entry, day, open))];
  return gone.map((lost) => {
    const became = lost.mark === null ? null : mostAlike(lost.mark, open);
    if (became !== null) open.delete(became);
    return { ...lost, became };
  });
}

function mostAlike(of: Mark, lessons: Iterable<Lesson>): Lesson | null {
  const [best] = [...lessons]
    .map((lesson) => ({ lesson, likeness: likeness(of, lesson) }))
    .filter((one) => one.likeness > 0)
    .sort((one, other) => other.likeness - one.likeness || apart(of, one.lesson) - apart(of, other.lesson));
  return best?.lesson ?? null;
}

type Gone = Omit<Moved, "became">;

function goneById({ instructor_id: instructorId, lesson_ids: ids = [], marks = {} }: MarkedAssignment, { lessons }: Day): Gone[] {
  const there = new Set(lessons.map(({ id }) => id));
  return ids.filter((id) => !there.has(id)).map((lessonId) => ({ lessonId, instructorId, mark: marks[lessonId] ?? null }));
}

/** Bookings that an entry names for some start, and that have lessons at others only, one of them open. */
function goneByBooking(entry: MarkedAssignment, { lessons }: Day, open: ReadonlySet<Lesson>): Gone[] {
  const [start] = entry.time_slots ?? [];
  if (start === undefined) return [];
  return (entry.booking_ids ?? []).flatMap((id) => {
    const isOpen = [...open].some(({ booking_ids }) => booking_ids.includes(id));
    if (!isOpen || isMet(id, entry, lessons)) return [];
    return [{ lessonId: null, instructorId: entry.instructor_id, mark: { start, booking_ids: [id], people: [] } }];
  });
}

function ofThoseHere<E extends Assignment>({ instructors }: Day, entries: readonly E[]): E[] {
  const here = new Set(instructors.map(({ id }) => id));
  return entries.filter(({ instructor_id: id }) => here.has(id));
}

/** Who somebody on a lesson is, as far as that is known; null for a place without a name. */
export function personOf({ name, sponsor }: { name: string | null; sponsor: string }): string | null {
  return name === null ? null : `${name} ${sponsor}`;
}

/** The marks of all lessons that entries of rosters tell of. */
export function marksOf(entries: readonly MarkedAssignment[]): Readonly<Record<string, Mark>> {
  return Object.assign({}, ...entries.map(({ marks = {} }) => marks)) as Record<string, Mark>;
}

function mark({ start, booking_ids, participants }: Lesson): Mark {
  return { start, booking_ids, people: participants.flatMap((one) => personOf(one) ?? []) };
}

/** What entries say of bookings that no lesson of the day has, at the times that they name. */
function yetToCome(lessons: readonly Lesson[], earlier: readonly Assignment[]): Assignment[] {
  return earlier.flatMap((entry) => {
    const { instructor_id, booking_ids = [], time_slots = [] } = entry;
    const unknown = booking_ids.filter((id) => !isMet(id, entry, lessons));
    return unknown.length === 0 ? [] : [{ instructor_id, booking_ids: unknown, ...(time_slots.length > 0 && { time_slots }) }];
  });
}

/** Whether an entry that names a booking means a lesson of the day. */
function isMet(booking: string, { time_slots: slots = [] }: Assignment, lessons: readonly Lesson[]): boolean {
  return lessons.some(({ booking_ids, start }) => booking_ids.includes(booking) && (slots.length === 0 || slots.includes(start)));
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
