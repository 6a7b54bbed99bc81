import { addDays, localParts } from "../../../common/clock";
import { fill } from "../../../common/texts";
import type { Instructor, Plan } from "../../../planning/day";
import { change, type History, redo, undo } from "../../../planning/history";
import { changesBetween, type Difference, merge } from "../../../planning/merge";
import { propose } from "../../../planning/propose";
import { ofThoseKnown } from "../../../planning/read-day";
import { settled } from "../../../planning/roster";
import { troubleOf } from "../aws/trouble";
import { acquaintance, storedDay, storedProfiles } from "../day/read";
import type { Draft } from "../drafts";
import { lastUploads } from "../uploads";
import { type OfficeLanguage, WORDS, type Words } from "../words";
import { lessonText, movedText } from "../words/sentences";
import type { Ground } from "./ground";
import { mergeProfiles } from "./profiles";
import { marksFor, readAgain } from "./reading";
import { atFirst, type DeskState, given, NO_DAY, type View } from "./state";

/** How many of the last uploads are shown. */
export const UPLOADS_SHOWN = 12;

/** The clerk's desk: a day, the work on it, and all that is done with it. Views show its state and call its methods. */
export class Desk {
  state: DeskState;
  /** Counts how often a day was opened: what began on another one is not told on this. */
  visit = 0;
  /** What another tab, or this page before it was left, had kept of the day when that was last heard. */
  heard: Draft | undefined;
  /** Counts readings; of two of the same, the one that was begun later counts. */
  private readings = 0;
  private readonly lastRead = { day: 0, profiles: 0 };
  private known?: { of: Plan; instructors: Instructor[] | undefined; plan: Plan };
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly ground: Ground,
    date: string,
    language: OfficeLanguage,
    view: View = "day",
  ) {
    this.state = { ...atFirst(date, language), view, unpublished: ground.drafts.dates() };
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

  /** The day's plan, of those whom the profiles know; what the work says of others is there again once they are. */
  get plan(): Plan {
    const { history, instructors } = this.state;
    if (this.known?.of !== history.now || this.known.instructors !== instructors) {
      this.known = { of: history.now, instructors, plan: this.ofThoseKnown(history.now) };
    }
    return this.known.plan;
  }

  private ofThoseKnown(plan: Plan): Plan {
    const { instructors } = this.state;
    return instructors === undefined ? plan : ofThoseKnown(plan, instructors);
  }

  /** The school's date. */
  get today(): string {
    return localParts(this.ground.now(), this.ground.timeZone).date;
  }

  /** Lessons that are not as they were published. */
  get changes(): string[] {
    return changesBetween(this.ofThoseKnown(this.state.sent ?? this.state.base), this.plan);
  }

  /** Whether there is anything that was neither published nor saved nor sent, on whatever day. */
  get hasWork(): boolean {
    const { edited, unpublished, sendings } = this.state;
    const isUnsent = sendings.some(({ state }) => ["waiting", "sending", "failed", "kept"].includes(state.kind));
    return this.changes.length > 0 || edited !== undefined || unpublished.length > 0 || isUnsent;
  }

  /** Reads all that the page shows, with the work on it kept. */
  async reload(): Promise<void> {
    this.change({ trouble: undefined });
    await Promise.all([this.loadDay(), this.loadUploads()]);
  }

  /** Goes to a day. Work on the former one stays on this device. */
  async openDay(date: string): Promise<void> {
    if (date === this.state.date) return this.reload();
    this.visit++;
    this.change({ ...NO_DAY, date, trouble: undefined });
    await this.loadDay();
  }

  /** Reads the day again, with the work on it kept; shows what went wrong. */
  async loadDay(): Promise<void> {
    await this.trying(() => this.readAnew());
  }

  /**
   * Reads the profiles and the day again: a roster may name somebody whom only the newest profiles know.
   *
   * @returns As {@link readDay}.
   * @throws Trouble
   */
  async readAnew(): Promise<boolean> {
    await this.readProfiles();
    return this.readDay();
  }

  /**
   * Reads the day again, and shows what others have changed while there was work on it.
   *
   * @returns Whether there is something that the clerk should see before publishing.
   * @throws Trouble
   */
  async readDay(): Promise<boolean> {
    const { table, bucket, drafts } = this.ground;
    const { date, instructors } = this.state;
    if (instructors === undefined) return false;
    const reading = ++this.readings;
    const stored = await storedDay(table, bucket, date, instructors);
    if (date !== this.state.date || reading < this.lastRead.day) return false;
    this.lastRead.day = reading;
    const draft = this.state.day ? undefined : drafts.load(date);
    if (!this.state.day) this.heard = draft;
    const { state, differences, gone } = readAgain(this.state, stored, draft);
    this.change({ ...state, day: state.day && { ...state.day, instructors: this.state.instructors ?? instructors } });
    this.keep();
    if (draft && this.changes.length > 0) this.change({ notice: this.words.kept });
    if (gone.length > 0) this.change({ notice: gone.map((id) => this.goneText(id)).join(" ") });
    if (differences.length > 0) this.showDifferences(differences);
    else if (this.state.dialog?.kind === "propose") await this.propose();
    return differences.length > 0 || gone.length > 0;
  }

  /** Has readings count no more that were begun before now: what they tell is older than what this page has just done. */
  outdateReadings(): void {
    this.lastRead.day = this.lastRead.profiles = ++this.readings;
  }

  private goneText(lessonId: string): string {
    const { marks, instructors, language } = this.state;
    const id = this.plan[lessonId] ?? "";
    return movedText(marks[lessonId] ?? null, instructors?.find((one) => one.id === id)?.name ?? id, language);
  }

  private showDifferences(differences: Difference[]): void {
    const { dialog } = this.state;
    const earlier = dialog?.kind === "merge" ? dialog.differences : [];
    const news = new Set(differences.map(({ lessonId }) => lessonId));
    const shown = [...earlier.filter(({ lessonId }) => !news.has(lessonId)), ...differences];
    this.change({ dialog: { kind: "merge", differences: shown } });
  }

  /**
   * Reads the profiles again, with what was edited kept.
   *
   * @throws Trouble
   */
  async readProfiles(): Promise<void> {
    const { table, bucket, drafts } = this.ground;
    const reading = ++this.readings;
    const { instructors, etag, standing, version } = await storedProfiles(table, bucket);
    if (reading < this.lastRead.profiles) return;
    this.lastRead.profiles = reading;
    const { edited, instructors: base } = this.state;
    const work = base ? edited && { base, edited } : drafts.loadEdits();
    this.setInstructors(instructors, etag);
    this.change({ profilesVersion: version });
    if (!work) return;
    const merged = mergeProfiles(work.base, work.edited, instructors);
    // What was saved may still be rejected: until then the device keeps it.
    if (merged.mine || standing !== "pending") this.edit(merged.mine);
    else this.change({ edited: undefined });
    const names = merged.theirs.map(({ name }) => name).join(", ");
    if (merged.theirs.length > 0) this.change({ notice: `${this.words.profilesMerged} (${names})` });
    else if (!base && merged.mine) this.change({ notice: this.words.kept });
  }

  /** Knows these instructors from now on. */
  setInstructors(instructors: Instructor[], profilesEtag: string | null): void {
    const { day } = this.state;
    this.change({ instructors, profilesEtag, day: day && { ...day, instructors } });
  }

  /** Edits the instructors, and keeps that on this device until it is saved; undefined for no edits. */
  edit(edited: Instructor[] | undefined): void {
    const { instructors: base } = this.state;
    this.change({ edited });
    this.ground.drafts.saveEdits(base && edited && { base, edited });
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
    const { day, history, marks } = this.state;
    if (!day || changesBetween(this.plan, plan).length === 0) return;
    // What the work says of those who are not known stays as it is.
    this.step(merge(this.plan, settled(day, this.plan, plan, marks), history.now).plan);
  }

  /** As {@link work}, of a plan that has those, too, who are not known. */
  step(plan: Plan): void {
    const { day, history } = this.state;
    if (day && changesBetween(history.now, plan).length > 0) this.setHistory(change(history, plan));
  }

  undo(): void {
    this.setHistory(undo(this.state.history));
  }

  redo(): void {
    this.setHistory(redo(this.state.history));
  }

  /** Throws the work on this day away; undo brings it back. */
  discard(): void {
    this.step(this.state.sent ?? this.state.base);
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
      if (this.state.day === day) this.change({ dialog: { kind: "propose", proposed: propose(day, this.plan, known) } });
    });
  }

  closeDialog(): void {
    this.change({ dialog: undefined });
  }

  /** Keeps the work on this device, as far as it is not known to be in force. */
  keep(): void {
    const { drafts } = this.ground;
    const { day, date, base, sent, marks, history } = this.state;
    // What is not read yet says nothing of the work that is kept.
    if (!day) return;
    const plan = history.now;
    const changed = changesBetween(base, plan);
    if (changed.length > 0) drafts.save(date, { base, plan, sent, marks: marksFor(changed, marks) });
    else drafts.drop(date);
    this.change({ unpublished: drafts.dates() });
  }

  /** Does something that may fail, and shows how it failed. */
  async trying(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.change({ trouble: troubleOf(error) });
    }
  }

  private setHistory(history: History<Plan>): void {
    if (history === this.state.history) return;
    const { publishing } = this.state;
    this.change({ history, notice: undefined, publishing: publishing === "sending" || publishing === "processing" ? publishing : "no" });
    this.keep();
  }
}
