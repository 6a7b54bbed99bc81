import { GetObjectCommand } from "@aws-sdk/client-s3";
import { localParts } from "../common/clock";
import type { Lesson, ScheduleIndex } from "../common/documents";
import type { RejectedFile } from "../common/outcomes";
import type { RowCounts } from "../common/uploads";
import type { Conflict, Instructor } from "../planning/day";
import { planInForce, readDay } from "../planning/read-day";
import { profilesInForce } from "../planning/read-profiles";
import { FUNCTION_KINDS, troublesOf } from "../planning/trouble";
import { UserError } from "../stack/command";
import { itemsOf } from "../stack/items";
import type { Stack } from "../stack/stack";

/** The export in force. */
export interface Orders {
  key: string;
  uploaded_at: string;
  rows: RowCounts;
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
  rejected: Omit<RejectedFile, "etag">[];
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
  const table = itemsOf(stack);
  const [shown, items, { instructors }, rejected, orders] = await Promise.all([
    path === undefined ? undefined : document<{ lessons: Lesson[] }>(stack, path),
    table.query<{ SK: string }>(`SCHEDULE#${day}`, ""),
    profilesInForce(table),
    table.query<RejectedFile>("REJECTED", ""),
    table.get<Orders>("SOURCE#orders", "LATEST"),
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
