import type { Items } from "../common/items";
import type { Instructor } from "./day";

/** The profiles in force. */
export interface ProfilesInForce {
  instructors: Instructor[];
  /** Of the file that they came from; undefined where there never was one. */
  etag: string | undefined;
}

const ATTEMPTS = 3;

/**
 * Reads the profiles in force, whole: where others come into force meanwhile, those.
 *
 * @throws Error When one of them is not to be found.
 */
export async function profilesInForce(items: Items): Promise<ProfilesInForce> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const source = await items.get<{ names: string[]; etag: string }>("SOURCE#profiles", "LATEST");
    const found = await Promise.all((source?.names ?? []).map((id) => items.get<Instructor>(`INSTRUCTOR#${id}`, "PROFILE")));
    const instructors = found.filter((item) => item !== undefined);
    if (instructors.length === found.length) return { instructors, etag: source?.etag };
  }
  throw new Error("a profile that is in force is not in the table");
}
