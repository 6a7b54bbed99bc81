import { GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import type { Stack } from "../../stack/stack";
import type { ExportRow } from "./export-text";
import { isName, isShownAs, type Person, type Shown } from "./names";
import type { Item } from "./table";

/** Whom to look for in what is stored and shown, where names are short. */
export interface Wanted {
  /** The person's rows of the export in force. */
  rows: ExportRow[];
  /** The instructors of that name. */
  instructors: Instructor[];
}

export interface Instructor {
  id: string;
  name: string;
}

/** A place in the table or in a document that shows a person. */
export interface Entry {
  /** The item's keys, or the document's key and the lesson's start. */
  place: string;
  /** What it shows, for example "Anna, No.Pe.". */
  shows: string;
  /** Of a participant: when the lesson starts, and what is shown. */
  participant: { startsAt: number; shown: Shown } | undefined;
}

interface Lesson {
  start: string;
  starts_at: string;
  participants: Shown[];
  instructor?: Instructor | null;
}

/** The instructors of a name; none when a sponsor is told, as it is a guest who is meant. */
export function instructorsNamed(items: Item[], { name, sponsor }: Person): Instructor[] {
  const profiles = items.filter(({ SK }) => SK === "PROFILE").map(({ id, name: own }) => ({ id: String(id), name: String(own) }));
  return sponsor === undefined ? profiles.filter((profile) => isName(profile.name, name)) : [];
}

/** What the table shows of a person. */
export function searchItems(items: Item[], wanted: Wanted): Entry[] {
  const ids = wanted.instructors.map(({ id }) => id);
  return items.flatMap((item): Entry[] => {
    const place = `${item.PK} ${item.SK}`;
    if (item.SK.startsWith("LESSON#")) {
      return participantsOf(item as unknown as Lesson, place, wanted);
    }
    if (item.SK === "PROFILE" && ids.includes(String(item.id))) {
      return [{ place, shows: `${item.name}, instructor`, participant: undefined }];
    }
    const assigned = item.SK === "ROSTER" ? assignmentsOf(item).map(({ instructor_id }) => instructor_id) : [item.instructor_id];
    return ids.filter((id) => assigned.includes(id)).map((id) => ({ place, shows: `${id}, instructor`, participant: undefined }));
  });
}

/** What is on record of rejected files, and quotes an instructor's id as the function does. */
export function searchRecords(items: Item[], ids: string[]): { item: Item; entry: Entry }[] {
  const quoted = ids.flatMap((id) => [`'${id}'`, `"${id}"`]);
  return items
    .filter(({ PK, reason }) => ["REJECTED", "UPLOADS"].includes(PK) && quoted.some((id) => String(reason).includes(id)))
    .map((item) => ({ item, entry: { place: `${item.PK} ${item.SK}`, shows: String(item.reason), participant: undefined } }));
}

/** What the published documents show of a person. */
export async function searchDocuments({ clients, outputs }: Stack, wanted: Wanted): Promise<Entry[]> {
  const entries: Entry[] = [];
  const Bucket = outputs.websiteBucketName;
  for await (const { Contents = [] } of paginateListObjectsV2({ client: clients.s3 }, { Bucket, Prefix: "data/days/" })) {
    for (const { Key = "" } of Contents) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
      const { lessons }: { lessons: Lesson[] } = JSON.parse((await Body?.transformToString()) ?? "");
      for (const lesson of lessons) {
        const place = `${Key} ${lesson.start}`;
        entries.push(...participantsOf(lesson, place, wanted));
        if (wanted.instructors.some(({ id }) => id === lesson.instructor?.id)) {
          entries.push({ place, shows: `${lesson.instructor?.name}, instructor`, participant: undefined });
        }
      }
    }
  }
  return entries;
}

/** The assignments of a day's roster. */
export function assignmentsOf(item: Item): { instructor_id: string }[] {
  return item.assignments as { instructor_id: string }[];
}

/** Whether one of `rows` may be behind what an entry shows. */
export function isBehind(rows: ExportRow[], { participant }: Entry): boolean {
  return rows.some((row) => row.startsAt === participant?.startsAt && isShownAs(participant.shown, row.participant, row.sponsor));
}

function participantsOf({ starts_at, participants }: Lesson, place: string, { rows }: Wanted): Entry[] {
  return participants
    .map((shown): Entry => {
      const shows = [shown.name, shown.sponsor].filter((part) => part !== null).join(", ");
      return { place, shows, participant: { startsAt: Date.parse(starts_at), shown } };
    })
    .filter((entry) => isBehind(rows, entry));
}
