import { paginateQuery } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { localParts } from "../common/clock";
import type { Lesson, ScheduleIndex } from "../common/documents";
import type { RowCounts } from "../common/uploads";
import type { Conflict, Instructor } from "../planning/day";
import { plain } from "../planning/item";
import { planInForce, readDay } from "../planning/read-day";
import { FUNCTION_KINDS, troublesOf } from "../planning/trouble";
import { UserError } from "../stack/command";
import type { Stack } from "../stack/stack";

/** The export in force. */
export interface Orders {
  key: string;
  uploaded_at: string;
  rows: RowCounts;
}

/** An uploaded file that did not change the schedule. */
export interface RejectedFile {
  key: string;
  uploaded_at: string;
  /** A word for programs. */
  code: string;
  /** A sentence for people. */
  reason: string;
  /** The first line that fails; null where no line is to blame. */
  line: number | null;
  rows: RowCounts | null;
}

/** A day as the office needs it. */
export interface Report {
  date: string;
  time_zone: string;
  /** Null until an export was accepted. */
  orders: Orders | null;
  /** Null when nothing is published of the day. */
  lessons: Lesson[] | null;
  conflicts: Conflict[];
  /** The newest first. */
  rejected: RejectedFile[];
}

/**
 * Puts a day's report together: lessons and instructors as the displays show them, conflicts and rejected files from the table.
 *
 * @param date `YYYY-MM-DD`; today in the school's time zone when left out.
 * @throws UserError When nothing was published yet.
 */
export async function reportOf(stack: Stack, date: string | undefined, now: Date): Promise<Report> {
  const index = await document<ScheduleIndex>(stack, "data/schedule.json");
  if (index === undefined) {
    throw new UserError(`the stack "${stack.name}" has published nothing yet: upload an export first (npm run upload)`);
  }
  const day = date ?? localParts(now.getTime(), index.time_zone).date;
  const path = index.days.find((entry) => entry.date === day)?.path;
  const [shown, items, instructors, rejected, [orders]] = await Promise.all([
    path === undefined ? undefined : document<{ lessons: Lesson[] }>(stack, path),
    query<{ SK: string }>(stack, `SCHEDULE#${day}`, ""),
    profilesIn(stack),
    query<RejectedFile>(stack, "REJECTED", ""),
    query<Orders>(stack, "SOURCE#orders", "LATEST"),
  ]);
  return {
    date: day,
    time_zone: index.time_zone,
    orders: orders === undefined ? null : { key: orders.key, uploaded_at: orders.uploaded_at, rows: orders.rows },
    lessons: shown?.lessons ?? null,
    conflicts: conflictsOf(day, items, instructors, now),
    rejected: rejected.map(({ key, uploaded_at, code, reason, line, rows }) => ({ key, uploaded_at, code, reason, line, rows })).reverse(),
  };
}

/**
 * What to mend on a day: what the function has found, then what it does not look for.
 *
 * @param items The table's, of that day.
 * @param instructors The profiles in force.
 */
export function conflictsOf(date: string, items: readonly { SK: string }[], instructors: Instructor[], now: Date): Conflict[] {
  const day = readDay(date, items, instructors);
  const found = day.conflicts.map(({ kind, lesson_ids, instructor_id }) => ({ kind, lesson_ids, instructor_id }));
  const more = troublesOf(day, planInForce(day), now.getTime()).filter(({ kind }) => !FUNCTION_KINDS.has(kind));
  return [
    ...found,
    ...more.map(({ kind, lessons, instructor }) => ({
      kind,
      lesson_ids: lessons.map(({ id }) => id),
      instructor_id: instructor?.id ?? null,
    })),
  ];
}

/** The profiles in force. */
async function profilesIn(stack: Stack): Promise<Instructor[]> {
  const [source] = await query<{ names: string[] }>(stack, "SOURCE#profiles", "LATEST");
  const profiles = await Promise.all((source?.names ?? []).map((id) => query<Instructor>(stack, `INSTRUCTOR#${id}`, "PROFILE")));
  return profiles.flat();
}

/** A published document; undefined when there is none. */
async function document<T>({ clients, outputs }: Stack, key: string): Promise<T | undefined> {
  try {
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: outputs.websiteBucketName, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? "null") ?? undefined;
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchKey") {
      return undefined;
    }
    throw error;
  }
}

/** The items of a partition whose sort key begins with `prefix`, as the engine wrote them. */
async function query<T>({ clients, outputs }: Stack, partition: string, prefix: string): Promise<T[]> {
  const pages = paginateQuery(
    { client: clients.dynamodb },
    {
      TableName: outputs.dataTableName,
      KeyConditionExpression: prefix === "" ? "PK = :partition" : "PK = :partition AND begins_with(SK, :prefix)",
      ExpressionAttributeValues: { ":partition": { S: partition }, ...(prefix === "" ? {} : { ":prefix": { S: prefix } }) },
      ConsistentRead: true,
    },
  );
  const found: T[] = [];
  for await (const { Items = [] } of pages) {
    found.push(...Items.map((item) => plain({ M: item }) as T));
  }
  return found;
}
