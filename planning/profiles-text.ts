import type { Instructor } from "./day";
import { objectOf, readFile, textOf, textsOf, trimmed, WrongFile } from "./file-text";

const PHOTO = /^(?!.*\.\.)[\p{L}\p{N}_-][\p{L}\p{N}_\-./ ]*$/u;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What a profile has beside what others have written into it. */
const KEYS = new Set(["name", "photo", "languages", "levels", "active", "absences"]);

/**
 * Reads the profiles' file, whoever wrote it, by the function's own rule: docs/formats.md.
 *
 * @returns The instructors as the table keeps them, with what else the file says of each; null for a file that the function rejects.
 */
export function profilesIn(text: string): Instructor[] | null {
  return readFile(text, (file) => Object.entries(file).map(([id, profile]) => instructorOf(textOf(id), objectOf(profile))));
}

function instructorOf(id: string, profile: Record<string, unknown>): Instructor {
  const { photo = null, active = true } = profile;
  if (photo !== null && !PHOTO.test(textOf(photo))) throw new WrongFile();
  if (typeof active !== "boolean") throw new WrongFile();
  const name = trimmed(textOf(profile.name));
  const [languages, levels, absences] = [textsOf(profile.languages), textsOf(profile.levels), textsOf(profile.absences)];
  if (!absences.every(isDate)) throw new WrongFile();
  const more = Object.entries(profile).filter(([key]) => !KEYS.has(key));
  return {
    id,
    name,
    photo: photo as string | null,
    languages: languages.map(isoLanguage),
    ...(levels.length > 0 && { levels }),
    ...(!active && { active }),
    ...(absences.length > 0 && { absences: [...new Set(absences)].sort() }),
    ...(more.length > 0 && { more: Object.fromEntries(more) }),
  };
}

/** The ISO 639-1 code of a language as the school writes it. */
function isoLanguage(text: string): string {
  const code = text.normalize("NFC").toLowerCase();
  return code === "cz" ? "cs" : code;
}

function isDate(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return DATE.test(text) && text > "0001" && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** The file `profiles.json`, with what is not said left out. */
export function profilesText(profiles: readonly Instructor[]): string {
  const entries = profiles.map(({ id, name, photo, languages, levels = [], active = true, absences = [], more }) => [
    id,
    {
      name,
      ...(photo === null ? {} : { photo }),
      languages,
      ...(levels.length === 0 ? {} : { levels }),
      ...(active ? {} : { active }),
      ...(absences.length === 0 ? {} : { absences }),
      ...more,
    },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}
