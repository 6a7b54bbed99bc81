import { PROFILES_KEY } from "../../../common/uploads";
import type { Instructor } from "../../../planning/day";
import { Trouble } from "../aws/trouble";
import { outcomeOf, putText } from "../uploads";
import { type Desk, troubleOf } from "./desk";

/**
 * Saves the instructors' profiles, if nobody saved others since they were read.
 *
 * @returns Whether they are saved.
 */
export async function saveProfiles(desk: Desk, profiles: Instructor[]): Promise<boolean> {
  const { bucket, table, now, delay } = desk.ground;
  desk.change({ trouble: undefined, notice: desk.words.publishing });
  try {
    const since = now();
    const etag = await putText(bucket, PROFILES_KEY, profilesText(profiles), desk.state.profilesEtag);
    desk.setInstructors(profiles, etag);
    const record = await outcomeOf({ table, now, delay }, PROFILES_KEY, etag, since);
    desk.change({ notice: record?.outcome === "rejected" ? (record.reason ?? desk.words.outcomes.rejected) : desk.words.profilesSaved });
    await desk.loadUploads();
    return record?.outcome !== "rejected";
  } catch (error) {
    desk.change({ trouble: troubleOf(error), notice: undefined });
    if (error instanceof Trouble && error.kind === "changed") await desk.loadProfiles();
    return false;
  }
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
