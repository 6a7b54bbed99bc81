import { addDays } from "../../../common/clock";
import { fill } from "../../../common/texts";
import type { Plan } from "../../../planning/day";
import { begin, change, type History, redo, undo } from "../../../planning/history";
import { merge } from "../../../planning/merge";
import { propose } from "../../../planning/propose";
import { planInForce } from "../../../planning/read-day";
import type { Bucket } from "../aws/bucket";
import type { Table } from "../aws/table";
import { Trouble, type TroubleKind } from "../aws/trouble";
import { acquaintance, storedDay, storedProfiles } from "../day/read";
import type { Drafts } from "../drafts";
import { lastUploads } from "../uploads";
import { type OfficeLanguage, WORDS, type Words } from "../words";
import { lessonText } from "../words/sentences";
import { atFirst, changesBetween, type DeskState, given, NO_DAY, type View, within } from "./state";

/** What a desk stands on. */
export interface Ground {
  table: Table;
  bucket: Bucket;
  drafts: Drafts;
  /** Milliseconds since 1970. */
  now: () => number;
  delay: (milliseconds: number) => Promise<void>;
  /** IANA name of the school's. */
  timeZone: string;
  /** The largest file that is read. */
  maxUploadMib: number;
}

const UPLOADS_SHOWN = 12;

/** The clerk's desk: a day, the work on it, and all that is done with it. Views show its state and call its methods. */
export class Desk {
  state: DeskState;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly ground: Ground,
    date: string,
    language: OfficeLanguage,
  ) {
    this.state = atFirst(date, language);
  }

  /** Calls back after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(part: Partial<DeskState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }

  get words(): Words {
    return WORDS[this.state.language];
  }

  get plan(): Plan {
    return this.state.history.now;
  }

  /** Lessons that are not as they were published. */
  get changes(): string[] {
    return changesBetween(this.state.base, this.plan);
  }

  /** Whether there is work that was neither published nor saved. */
  get hasWork(): boolean {
    return this.changes.length > 0 || this.state.edited !== undefined;
  }

  /** Reads all that the page shows, with the work on it kept. */
  async reload(): Promise<void> {
    await Promise.all([this.loadProfiles().then(() => this.loadDay()), this.loadUploads()]);
  }

  /** Goes to a day. Work on the former one stays on this device. */
  async openDay(date: string): Promise<void> {
    this.change({ ...NO_DAY, date });
    await this.loadDay();
  }

  /** Reads the day again, with the work on it kept. */
  async loadDay(): Promise<void> {
    const { table, bucket, drafts } = this.ground;
    const { date, instructors } = this.state;
    if (instructors === undefined) return this.loadProfiles().then(() => (this.state.instructors ? this.loadDay() : undefined));
    this.change({ trouble: undefined });
    await this.trying(async () => {
      const stored = await storedDay(table, bucket, date, instructors);
      if (date !== this.state.date) return;
      const inForce = planInForce(stored.day);
      const before = this.state.day && this.plan;
      const work = before ? { base: this.state.base, plan: before } : drafts.load(date);
      const wanted = work ? within(stored.day, merge(work.base, work.plan, inForce).plan) : inForce;
      // The steps that were taken here stay, as long as nothing else has changed.
      const isNews = before === undefined || changesBetween(this.state.base, inForce).length > 0;
      this.change({ ...stored, base: inForce });
      if (isNews) this.setHistory(begin(inForce));
      this.work(wanted);
      if (work && !before && this.changes.length > 0) this.change({ notice: this.words.kept });
    });
  }

  async loadProfiles(): Promise<void> {
    const { table, bucket } = this.ground;
    await this.trying(async () => {
      const { instructors, etag } = await storedProfiles(table, bucket);
      this.setInstructors(instructors, etag);
    });
  }

  /** Knows these instructors from now on. */
  setInstructors(instructors: NonNullable<DeskState["instructors"]>, profilesEtag: string | null): void {
    const { day } = this.state;
    this.change({ instructors, profilesEtag, day: day && { ...day, instructors } });
  }

  async loadUploads(): Promise<void> {
    await this.trying(async () => this.change({ uploads: await lastUploads(this.ground.table, UPLOADS_SHOWN) }));
  }

  /** Gives a lesson to somebody, or to nobody. */
  assign(lessonId: string, instructorId: string | undefined): void {
    this.work(given(this.plan, lessonId, instructorId));
    const { day, instructors = [], language } = this.state;
    const lesson = day?.lessons.find(({ id }) => id === lessonId);
    const name = instructors.find(({ id }) => id === instructorId)?.name ?? this.words.nobody;
    if (lesson) this.change({ said: fill(this.words.given, { lesson: lessonText(lesson, language), name }) });
  }

  /** Makes a plan the day's, as one step to undo; nothing when it is the same. */
  work(plan: Plan): void {
    if (changesBetween(this.plan, plan).length > 0) this.setHistory(change(this.state.history, plan));
  }

  undo(): void {
    this.setHistory(undo(this.state.history));
  }

  redo(): void {
    this.setHistory(redo(this.state.history));
  }

  /** Throws the work on this day away; undo brings it back. */
  discard(): void {
    this.work(this.state.base);
  }

  select(lessonId: string | undefined): void {
    if (lessonId !== this.state.selected) this.change({ selected: lessonId });
  }

  show(view: View): void {
    this.change({ view });
  }

  speak(language: OfficeLanguage): void {
    this.change({ language });
  }

  /** Looks for instructors for the open lessons, and asks whether to take them. */
  async propose(): Promise<void> {
    const { day } = this.state;
    if (!day) return;
    await this.trying(async () => {
      const known = await acquaintance(this.ground.table, day, addDays);
      if (this.state.date === day.date) this.change({ dialog: { kind: "propose", proposed: propose(day, this.plan, known) } });
    });
  }

  closeDialog(): void {
    this.change({ dialog: undefined });
  }

  /** Puts the work on the desk, and keeps it on this device as long as it is not published. */
  setHistory(history: History<Plan>): void {
    const { publishing } = this.state;
    this.change({ history, notice: undefined, publishing: publishing === "sending" || publishing === "processing" ? publishing : "no" });
    this.keep();
  }

  /** Keeps the work on this device, as far as it is not published. */
  keep(): void {
    const { date, base } = this.state;
    if (this.changes.length > 0) this.ground.drafts.save(date, { base, plan: this.plan });
    else this.ground.drafts.drop(date);
  }

  /** Does something that may fail, and shows how it failed. */
  async trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.change({ trouble: troubleOf(error) });
    }
  }
}

/** What went wrong, as the page tells it; an error of the program is none of these. */
export function troubleOf(error: unknown): TroubleKind {
  if (error instanceof Trouble) return error.kind;
  throw error;
}
