import type { Day, Instructor, Lesson } from "../day";

/** The tests' day, in a zone without an offset: local times are those of UTC. */
export const DATE = "2026-12-27";

/** A lesson of one child; its id is `l` and the number. */
export function lesson(number: number, changes: Partial<Lesson> = {}): Lesson {
  const { start = "09:00", end = "10:50" } = changes;
  return {
    id: `l${number}`,
    start,
    end,
    starts_at: `${DATE}T${start}:00Z`,
    ends_at: `${DATE}T${end}:00Z`,
    type: "private",
    level: "lyže začátečník",
    location: "Stone bar",
    participants: [{ name: `Anna${number}`, sponsor: "No.Pe.", language: "cs" }],
    booking_ids: [],
    ...changes,
  };
}

/** An instructor who speaks, teaches and does everything. */
export function instructor(id: string, changes: Partial<Instructor> = {}): Instructor {
  return { id, name: id, photo: null, languages: [], ...changes };
}

/** A day on which nobody teaches yet. */
export function day(lessons: Lesson[], instructors: Instructor[], changes: Partial<Day> = {}): Day {
  return { date: DATE, lessons, instructors, roster: null, conflicts: [], ...changes };
}

/** Random numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const STARTS = ["08:40", "09:00", "11:00", "13:00", "14:30"];
const ENDS = ["09:50", "10:50", "12:00", "14:00", "16:00"];
const LEVELS = ["lyže začátečník", "lyže pokročilý", "snowboard začátečník"];
const LANGUAGES = ["cs", "de", "en", "pl"];

/** A day of random lessons and instructors. */
export function randomDay(seed: number, lessons: number, instructors: number): Day {
  const random = randomOf(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const some = <T>(of: readonly T[]): T[] => of.filter(() => random() < 0.6);
  const made = Array.from({ length: lessons }, (_, number) => {
    const start = pick(STARTS);
    const people = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
      name: `Osoba${Math.floor(random() * lessons)}`,
      sponsor: "No.Pe.",
      language: pick(LANGUAGES),
    }));
    const end = pick(ENDS.filter((one) => one > start));
    return lesson(number, { start, end, level: pick(LEVELS), location: pick(["Stone bar", "Rýžoviště"]), participants: people });
  });
  const staff = Array.from({ length: instructors }, (_, number) =>
    instructor(`i${number}`, {
      languages: some(LANGUAGES),
      levels: some(LEVELS),
      active: random() < 0.95,
      absences: random() < 0.1 ? [DATE] : [],
    }),
  );
  return day(
    made.sort((one, other) => (one.starts_at < other.starts_at ? -1 : Number(one.starts_at > other.starts_at))),
    staff,
  );
}
