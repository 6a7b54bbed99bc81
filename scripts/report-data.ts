import { type AttributeValue, paginateQuery } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { RowCounts } from "../common/uploads";
import { UserError } from "../stack/command";
import type { Stack } from "../stack/stack";

/** A lesson as the displays show it. */
export interface ShownLesson {
  id: string;
  /** Local times, `HH:MM`. */
  start: string;
  end: string;
  type: string;
  level: string;
  location: string;
  participants: { name: string | null; sponsor: string; language: string }[];
  instructor: { id: string; name: string; photo: string | null } | null;
}

/** Something to mend on a day. */
export interface Conflict {
  kind: string;
  /** In the order of their start. */
  lesson_ids: string[];
  instructor_id: string | null;
}

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
  lessons: ShownLesson[] | null;
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
  const index = await document<{ time_zone: string; days: { date: string; path: string }[] }>(stack, "data/schedule.json");
  if (index === undefined) {
    throw new UserError(`the stack "${stack.name}" has published nothing yet: upload an export first (npm run upload)`);
  }
  const day = date ?? todayIn(index.time_zone, now);
  const path = index.days.find((entry) => entry.date === day)?.path;
  const [shown, conflicts, rejected, [orders]] = await Promise.all([
    path === undefined ? undefined : document<{ lessons: ShownLesson[] }>(stack, path),
    query<Conflict>(stack, `SCHEDULE#${day}`, "CONFLICT#"),
    query<RejectedFile>(stack, "REJECTED", ""),
    query<Orders>(stack, "SOURCE#orders", "LATEST"),
  ]);
  return {
    date: day,
    time_zone: index.time_zone,
    orders: orders === undefined ? null : { key: orders.key, uploaded_at: orders.uploaded_at, rows: orders.rows },
    lessons: shown?.lessons ?? null,
    conflicts: conflicts.map(({ kind, lesson_ids, instructor_id }) => ({ kind, lesson_ids, instructor_id })),
    rejected: rejected.map(({ key, uploaded_at, code, reason, line, rows }) => ({ key, uploaded_at, code, reason, line, rows })).reverse(),
  };
}

/** Today's date in a time zone, `YYYY-MM-DD`. */
export function todayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
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

/** A value from DynamoDB's form; items hold texts, numbers, nulls, truth values, lists and maps. */
export function plain(value: AttributeValue): unknown {
  if (value.L !== undefined) {
    return value.L.map(plain);
  }
  if (value.M !== undefined) {
    return Object.fromEntries(Object.entries(value.M).map(([name, inner]) => [name, plain(inner)]));
  }
  if (value.N !== undefined) {
    return Number(value.N);
  }
  return value.NULL === true ? null : (value.S ?? value.BOOL);
}
