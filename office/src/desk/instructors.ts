import { PROFILES_KEY } from "../../../common/uploads";
import type { Instructor } from "../../../planning/day";
import { Trouble } from "../aws/trouble";
import { outcomeOf, putText } from "../uploads";
import { type Desk, troubleOf } from "./desk";

/**
 * Saves the instructors as they were edited, if nobody saved others since they were read; otherwise what they saved is merged into the edits, to be
 * looked at and saved again.
 */
export async function saveProfiles(desk: Desk): Promise<void> {
  const { edited, instructors = [], profilesEtag } = desk.state;
  if (edited === undefined) return;
  const { bucket, table, now, delay } = desk.ground;
  const profiles = withIds(edited, instructors);
  desk.change({ trouble: undefined, notice: desk.words.publishing });
  try {
    const since = now();
    const etag = await putText(bucket, PROFILES_KEY, profilesText(profiles), profilesEtag);
    desk.setInstructors(profiles, etag);
    desk.change({ edited: undefined });
    const record = await outcomeOf({ table, now, delay }, PROFILES_KEY, etag, since);
    desk.change({ notice: record?.outcome === "rejected" ? (record.reason ?? desk.words.outcomes.rejected) : desk.words.profilesSaved });
    await desk.loadUploads();
  } catch (error) {
    desk.change({ trouble: troubleOf(error), notice: undefined });
    if (!(error instanceof Trouble && error.kind === "changed")) return;
    await desk.loadProfiles();
    desk.change({
      edited: mergeProfiles(instructors, edited, desk.state.instructors ?? []),
      trouble: undefined,
      notice: desk.words.profilesMerged,
    });
  }
}

/** Theirs, with what was changed here: an instructor whom both have changed is as here. */
export function mergeProfiles(base: readonly Instructor[], mine: readonly Instructor[], theirs: readonly Instructor[]): Instructor[] {
  const said = (profile: Instructor | undefined) => (profile ? profilesText([profile]) : "");
  const find = (profiles: readonly Instructor[], id: string) => profiles.find((profile) => profile.id === id);
  const changed = mine.filter((profile) => said(profile) !== said(find(base, profile.id)));
  const kept = theirs.map((profile) => find(changed, profile.id) ?? profile);
  return [...kept, ...changed.filter(({ id }) => find(theirs, id) === undefined)];
}

/** An instructor's id is for good: that of a new one is made from the name once it is known. */
function withIds(edited: readonly Instructor[], before: readonly Instructor[]): Instructor[] {
  const known = new Set(before.map(({ id }) => id));
  const taken = new Set(known);
  return edited.map((profile) => {
    if (known.has(profile.id)) return profile;
    const id = newId(profile.name, taken);
    taken.add(id);
    return { ...profile, id };
  });
}

/** The file `profiles.json`, with what is not said left out. */
export function profilesText(profiles: readonly Instructor[]): string {
  const entries = profiles.map(({ id, name, photo, languages, levels = [], active = true, absences = [] }) => [
    id,
    {
      name,
      ...(photo === null ? {} : { photo }),
      languages,
      ...(levels.length === 0 ? {} : { levels }),
      ...(active ? {} : { active }),
      ...(absences.length === 0 ? {} : { absences }),
    },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
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
