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

/** What is known of lessons, by their ids. */
export type Marks = Readonly<Record<string, Mark>>;

/** The marks of a day's lessons, and of those that its roster tells of. */
export function marksOf({
  lessons,
  roster,
}: {
  lessons: readonly Lesson[];
  roster: { assignments: readonly MarkedAssignment[] } | null;
}): Marks {
  const told = (roster?.assignments ?? []).flatMap(({ marks = {} }) => Object.entries(marks));
  return Object.fromEntries([...told, ...lessons.map((lesson) => [lesson.id, mark(lesson)] as const)]);
}

/**
 * The file that makes a plan the day's roster.
 *
 * What the plan says of lessons that are not on the day is in it, with their marks: they may come back. Of the roster in force it keeps what is said of
 * bookings of which no lesson is known yet, as that still holds when their lessons come. Nobody is in it whom the profiles do not know: the function
 * would reject the whole file.
 */
export function rosterFile(day: Day, plan: Plan, marks: Marks): RosterFile {
  const { date, lessons, instructors, roster } = day;
  const place = new Map(lessons.map(({ id }, index) => [id, index]));
  const placeOf = (id: string) => place.get(id) ?? lessons.length;
  const ids = Object.keys(plan).sort((one, other) => placeOf(one) - placeOf(other) || compare(one, other));
  const byInstructor = instructors.map(({ id }) => [id, ids.filter((lesson) => plan[lesson] === id)] as const);
  const entries = byInstructor.filter(([, theirs]) => theirs.length > 0).sort(([one], [other]) => compare(one, other));
  const assignments = entries.map(([instructor_id, theirs]) => ({
    instructor_id,
    lesson_ids: theirs,
    marks: Object.fromEntries(theirs.flatMap((id) => (marks[id] ? [[id, marks[id]]] : []))),
  }));
  return { date, assignments: [...assignments, ...yetToCome(lessons, ofThoseHere(day, roster?.assignments ?? []))] };
}

/** A lesson that somebody was given and that is there no longer. */
export interface Moved {
  /** Null where the roster names it by its booking and its start. */
  lessonId: string | null;
  instructorId: string;
  /** Null where no more of it is known than its id. */
  mark: Mark | null;
  /** What it has probably become: an open lesson of the same people, the nearest in time. Null where there is none. */
  became: Lesson | null;
}

/** The lessons that a plan, or a roster's entry by booking, gives to somebody and that are not on the day, each with what it has probably become. */
export function movedLessons(day: Day, plan: Plan, marks: Marks): Moved[] {
  const open = new Set(day.lessons.filter(({ id }) => plan[id] === undefined));
  const entries = ofThoseHere(day, day.roster?.assignments ?? []);
  const gone = [...goneById(plan, day, marks), ...entries.flatMap((entry) => goneByBooking(entry, day, open))];
  return gone.map((lost) => {
    const became = lost.mark === null ? null : mostAlike(lost.mark, open);
    if (became !== null) open.delete(became);
    return { ...lost, became };
  });
}

/** A plan made of another; lessons that have moved are forgotten once somebody is given what they became. */
export function settled(day: Day, before: Plan, after: Plan, marks: Marks): Plan {
  const isSettled = ({ became }: Moved) => became !== null && after[became.id] !== undefined;
  const done = new Set(
    movedLessons(day, before, marks)
      .filter(isSettled)
      .map(({ lessonId }) => lessonId),
  );
  return Object.fromEntries(Object.entries(after).filter(([id]) => !done.has(id)));
}

function mostAlike(of: Mark, lessons: Iterable<Lesson>): Lesson | null {
  const [best] = [...lessons]
    .map((lesson) => ({ lesson, likeness: likeness(of, lesson) }))
    .filter((one) => one.likeness > 0)
    .sort((one, other) => other.likeness - one.likeness || apart(of, one.lesson) - apart(of, other.lesson));
  return best?.lesson ?? null;
}

type Gone = Omit<Moved, "became">;

function goneById(plan: Plan, { lessons }: Day, marks: Marks): Gone[] {
  const there = new Set(lessons.map(({ id }) => id));
  const gone = Object.entries(plan).filter(([id]) => !there.has(id));
  return gone.map(([lessonId, instructorId]) => ({ lessonId, instructorId, mark: marks[lessonId] ?? null }));
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
