import { PROFILES_KEY, rosterKey } from "../../../common/uploads";
import { DATE, instructor, lesson } from "../../../planning/testing/days";
import { bare } from "../day/read";
import { Desk } from "../desk/desk";
import { saveProfiles } from "../desk/instructors";
import { publish } from "../desk/publishing";
import { Drafts } from "../drafts";
import type { KeptFile } from "../kept-files";
import { FakeAws } from "./aws";
import { FakeStorage } from "./storage";

export const KEY = rosterKey(DATE);
export const EMAIL = "jana@example.com";

const A_WHILE_MS = 2_000;

/** A roster's file that gives lessons to instructors. */
export const roster = (assigned: Record<string, string>) =>
  JSON.stringify({ date: DATE, assignments: Object.entries(assigned).map(([id, who]) => ({ instructor_id: who, lesson_ids: [id] })) });

/** A school on which three lessons and two instructors are in force, and a device that keeps what is not published: it outlives a desk. */
export class School {
  readonly aws = new FakeAws();
  readonly kept = new FakeStorage();
  readonly keptFiles = new Map<string, KeptFile>();

  constructor() {
    this.export([1, 2, 3]);
    for (const id of ["petr", "jana"]) this.employ(id);
  }

  /** Opens the page, with all that it shows read. */
  async desk(): Promise<Desk> {
    const files = {
      put: async (file: KeptFile) => void this.keptFiles.set(file.id, file),
      drop: async (id: string) => void this.keptFiles.delete(id),
      all: async () => [...this.keptFiles.values()],
    };
    const { table, bucket, surroundings } = this.aws;
    const { now, delay } = surroundings;
    const ground = { table, bucket, drafts: new Drafts(this.kept, EMAIL), files, email: EMAIL, now, delay };
    const desk = new Desk({ ...ground, timeZone: "Europe/Prague", maxUploadMib: 1 }, DATE, "en");
    await desk.reload();
    return desk;
  }

  /** Has one more instructor's profile in force. */
  employ(id: string): void {
    const names = [...((this.aws.items["SOURCE#profiles"]?.[0]?.names as string[]) ?? []), id];
    this.aws.items["SOURCE#profiles"] = [{ SK: "LATEST", names, etag: names.join() }];
    this.aws.items[`INSTRUCTOR#${id}`] = [{ SK: "PROFILE", ...instructor(id) }];
  }

  /** Puts the lessons of these numbers on the day, as an export does. */
  export(numbers: number[]): void {
    const lessons = numbers.map((number) => ({ ...lesson(number), SK: `LESSON#09:00#l${number}` }));
    const others = [{ SK: "META", revision: 1, state_hash: numbers.join() }, { SK: "EXPORT#x#000" }];
    this.aws.items[`SCHEDULE#${DATE}`] = [...lessons, ...others];
  }

  /** Has somebody else publish a roster, which the function has not read yet. */
  publishElsewhere(assigned: Record<string, string>): void {
    this.aws.files.set(KEY, roster(assigned));
  }

  /** Has the function say what became of the file under a key. */
  process(key: string, outcome = "accepted", more: object = {}): void {
    const { aws } = this;
    const uploaded_at = new Date(aws.now).toISOString();
    const etag = bare(aws.etagOf(key) ?? "");
    const record = { SK: `${uploaded_at}#${key}`, key, uploaded_at, etag, outcome, reason: "No.", rows: null, ...more };
    if (outcome === "rejected") aws.items.REJECTED = [...(aws.items.REJECTED ?? []), record];
    aws.items.UPLOADS = [...(aws.items.UPLOADS ?? []), record];
  }

  /** Has the function say what became of a file that another one has replaced since. */
  processEarlier(key: string, text: string, outcome?: string): void {
    const now = this.aws.files.get(key) ?? "";
    this.aws.files.set(key, text);
    this.process(key, outcome);
    this.aws.files.set(key, now);
  }

  /** Waits until a file is there, another one than before. */
  async isPut(key: string, before?: string): Promise<void> {
    await until(() => this.aws.files.has(key) && this.aws.files.get(key) !== before);
  }

  /** Waits until a desk that has sent something has looked a few times what became of it, which moves the clock on. */
  async aWhile(): Promise<void> {
    const end = this.aws.now + A_WHILE_MS;
    await until(() => this.aws.now >= end);
  }

  /** Begins to publish, and comes back once the file is there and nothing has become of it. */
  async beginToPublish(desk: Desk): Promise<{ end: Promise<void> }> {
    const before = this.aws.files.get(KEY);
    const end = publish(desk);
    await this.isPut(KEY, before);
    return { end };
  }

  async publish(desk: Desk, outcome?: string, more?: object): Promise<void> {
    const { end } = await this.beginToPublish(desk);
    this.process(KEY, outcome, more);
    await end;
  }

  /** Begins to save the instructors as they are edited, and comes back once the file is there and nothing has become of it. */
  async beginToSave(desk: Desk): Promise<{ end: Promise<void> }> {
    const before = this.aws.files.get(PROFILES_KEY);
    const end = saveProfiles(desk);
    await this.isPut(PROFILES_KEY, before);
    return { end };
  }

  async save(desk: Desk, outcome?: string): Promise<void> {
    const { end } = await this.beginToSave(desk);
    this.process(PROFILES_KEY, outcome);
    await end;
  }
}

/** Lets what is under way go on until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

/** What a desk shows of others' changes: the lessons, and whether both have changed them. */
export function differencesOn({ state: { dialog } }: Desk): [string, boolean][] {
  return dialog?.kind === "merge" ? dialog.differences.map(({ lessonId, isDisputed }) => [lessonId, isDisputed]) : [];
}
