/** Instructors' profiles while they are edited: pure. */

import type { Instructor } from "../../../planning/day";
import { profilesText } from "../../../planning/profiles-text";

/** Two clerks' profiles in one. */
export interface MergedProfiles {
  /** What is to be saved; undefined where nothing is left to save. */
  mine: Instructor[] | undefined;
  /** Whom somebody else has changed or added, as they have them. */
  theirs: Instructor[];
}

/** How the ids of instructors begin who were not saved yet. */
const NEW = "new ";

/**
 * Puts what somebody else has saved meanwhile together with what was changed here, field by field: a date, a language or a level that either has
 * added is there, and one that either has removed is not. A name that both have changed is as here.
 *
 * @param base What both began with.
 */
export function mergeProfiles(base: readonly Instructor[], mine: readonly Instructor[], theirs: readonly Instructor[]): MergedProfiles {
  const isOneOf = (profiles: readonly Instructor[], id: string) => profiles.some((profile) => profile.id === id);
  const kept = theirs.map((their) => mergeProfile(find(base, their.id), find(mine, their.id) ?? their, their));
  // Whoever is gone from theirs stays where this clerk added or changed them.
  const own = mine.filter(({ id }) => !isOneOf(theirs, id) && !isSame(find(mine, id), find(base, id)));
  const merged = [...kept, ...own];
  const isChanged = merged.length !== theirs.length || merged.some((profile) => !isSame(profile, find(theirs, profile.id)));
  const isNews = (their: Instructor) => !isSame(their, find(base, their.id)) && !isSame(their, find(mine, their.id));
  return { mine: isChanged ? merged : undefined, theirs: theirs.filter(isNews) };
}

function mergeProfile(base: Instructor | undefined, mine: Instructor, theirs: Instructor): Instructor {
  if (!base) return theirs;
  const one = <K extends "name" | "photo" | "active">(field: K) => (mine[field] === base[field] ? theirs[field] : mine[field]);
  const list = (field: "languages" | "levels" | "absences") => mergeLists(base[field] ?? [], mine[field] ?? [], theirs[field] ?? []);
  return {
    ...theirs,
    ...{ name: one("name"), photo: one("photo"), active: one("active") },
    ...{ languages: list("languages"), levels: list("levels"), absences: list("absences").sort() },
  };
}

function mergeLists(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = theirs.filter((each) => mine.includes(each) || !base.includes(each));
  return [...kept, ...mine.filter((each) => !base.includes(each) && !kept.includes(each))];
}

/** Whether two profiles say the same. */
function isSame(one: Instructor | undefined, other: Instructor | undefined): boolean {
  return one?.id === other?.id && one !== undefined && other !== undefined && profilesText([one]) === profilesText([other]);
}

function find(profiles: readonly Instructor[], id: string): Instructor | undefined {
  return profiles.find((profile) => profile.id === id);
}

/** A new instructor, to be filled in. */
export function newInstructor(): Instructor {
  return { id: `${NEW}${crypto.randomUUID()}`, name: "", photo: null, languages: ["cs"] };
}

/** The profiles with an id for each who is new, made from the name: it is for good. */
export function withIds(edited: readonly Instructor[]): Instructor[] {
  const taken = new Set(edited.map(({ id }) => id));
  return edited.map((profile) => {
    if (!profile.id.startsWith(NEW)) return profile;
    const id = newId(profile.name, taken);
    taken.add(id);
    return { ...profile, id };
  });
}

/** An id for a new instructor's name that no other has: letters and digits, without accents. */
export function newId(name: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "instructor";
  if (!taken.has(plain)) return plain;
  let number = 2;
  while (taken.has(`${plain}-${number}`)) number++;
  return `${plain}-${number}`;
}
