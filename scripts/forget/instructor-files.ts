import { PROFILES_KEY, rosterDate } from "../../common/uploads";
import { assignmentsOf } from "./shown";
import { type Item, rejectedFiles } from "./table";
import type { Listed } from "./uploads";

/** Profiles, or a roster, in force, from which instructors have to go. */
export interface InstructorFile {
  key: string;
  /** Of what is in the bucket under that key; undefined where that has expired. */
  etag: string | undefined;
  /** Whether that is the file in force. A rejected file may have come over it. */
  isThere: boolean;
  /** What the table has of the file in force, in the file's own form. */
  stored: object;
}

/** The profiles and rosters in force that name one of these ids, rosters first: no profiles may go before the rosters that need them. */
export function instructorFiles(items: Item[], listed: Listed[], ids: string[]): InstructorFile[] {
  const names = (item: Item) => assignmentsOf(item).some(({ instructor_id }) => ids.includes(instructor_id));
  const rosters = items.filter((item) => item.SK === "ROSTER" && names(item));
  const profiles = items.filter(({ SK }) => SK === "PROFILE");
  const pointer = profiles.some(({ id }) => ids.includes(String(id))) ? items.filter(isProfilesInForce) : [];
  return [
    ...rosters.map((item) => fileOf(item, listed, storedRoster(item))),
    ...pointer.map((item) => fileOf(item, listed, storedProfiles(profiles))),
  ];
}

/**
 * A file without some instructors: all else that it says stays as it is, what the function does not read included.
 *
 * @param text The file in force; undefined where it is no longer in the bucket: then it is made of what the table has.
 */
export function withoutThem({ key, stored }: InstructorFile, text: string | undefined, ids: string[]): string {
  const document = text === undefined ? stored : JSON.parse(text.replace("\uFEFF", ""));
  const rest =
    key === PROFILES_KEY
      ? Object.fromEntries(Object.entries(document).filter(([id]) => !ids.includes(id)))
      : { ...document, assignments: assignmentsOf(document).filter(({ instructor_id }) => !ids.includes(instructor_id)) };
  return JSON.stringify(rest, undefined, 2);
}

/** Whether profiles or a roster were uploaded that no run has looked at yet: removing them would lose what they say of others. */
export function isWaiting({ key, etag }: Listed, items: Item[]): boolean {
  const date = rosterDate(key);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  if (key !== PROFILES_KEY && (date === undefined || date < yesterday)) {
    return false;
  }
  const inForce = items.find((item) =>
    date === undefined ? isProfilesInForce(item) : item.PK === `SCHEDULE#${date}` && item.SK === "ROSTER",
  );
  return inForce?.etag !== etag && !rejectedFiles(items).has(`${key} ${etag}`);
}

/** Whether profiles are in force of which not each is an item of its own yet: the table's are not all of them. */
export function isUnfinished(items: Item[]): boolean {
  return items.some(({ PK, SK }) => PK === "SOURCE#profiles" && SK.startsWith("WRITING#"));
}

function isProfilesInForce({ PK, SK }: Item): boolean {
  return PK === "SOURCE#profiles" && SK === "LATEST";
}

function fileOf(item: Item, listed: Listed[], stored: object): InstructorFile {
  const there = listed.find(({ key }) => key === item.key);
  return { key: String(item.key), etag: there?.etag, isThere: there !== undefined && there.etag === item.etag, stored };
}

function storedRoster(item: Item): object {
  return { date: item.PK.replace("SCHEDULE#", ""), assignments: item.assignments };
}

function storedProfiles(profiles: Item[]): object {
  return Object.fromEntries(profiles.map(({ PK, SK, id, ...said }) => [String(id), said]));
}
