import type { Instructor, Plan } from "../../planning/day";
import { changesBetween } from "../../planning/merge";
import type { Marks } from "../../planning/roster";

/** A day's work that was not published. */
export interface Draft {
  /** The plan that it began with. */
  base: Plan;
  plan: Plan;
  /** The plan that was published and of which nothing was known yet. */
  sent?: Plan | undefined;
  /** What is known of the lessons that it gives to others, to find them again when they move. */
  marks: Marks;
}

/** Instructors who were edited and not saved. */
export interface Edits {
  /** Those that the editing began with. */
  base: Instructor[];
  edited: Instructor[];
}

/** What one user did on this device and has not published: days, by their date, and instructors. */
export class Drafts {
  /** What was last read or written here, by key. */
  private readonly own = new Map<string, string>();

  constructor(
    private readonly keep: Storage,
    private readonly email: string,
  ) {}

  /** The work on a day; undefined where there is none, or none that can be read. */
  load(date: string): Draft | undefined {
    const draft = this.read(this.keyOf(date)) as Partial<Draft> | undefined;
    if (!isPlan(draft?.plan) || !isPlan(draft.base)) return undefined;
    const { base, plan, sent, marks = {} } = draft;
    return { base, plan, marks, ...(isPlan(sent) && { sent }) };
  }

  /** Keeps the work on a day. */
  save(date: string, draft: Draft): void {
    this.write(this.keyOf(date), draft);
  }

  /** Forgets the work on a day, unless another tab has put other work there meanwhile. */
  drop(date: string): void {
    const key = this.keyOf(date);
    if (this.keep.getItem(key) === this.own.get(key)) this.keep.removeItem(key);
  }

  /** Forgets the work on a day that is not on the desk, if it is no more than what was published. */
  dropPublished(date: string, plan: Plan): void {
    const kept = this.load(date);
    if (kept && changesBetween(kept.plan, plan).length === 0) this.drop(date);
  }

  /** The days with work that is not published, in their order. */
  dates(): string[] {
    return this.all()
      .filter(({ email }) => email === this.email)
      .map(({ date }) => date)
      .sort();
  }

  /** The instructors that were edited and not saved; undefined where there are none. */
  loadEdits(): Edits | undefined {
    const edits = this.read(this.editsKey) as Partial<Edits> | undefined;
    return Array.isArray(edits?.base) && Array.isArray(edits.edited) ? { base: edits.base, edited: edits.edited } : undefined;
  }

  /** Keeps edited instructors; undefined for none. */
  saveEdits(edits: Edits | undefined): void {
    if (edits === undefined) this.keep.removeItem(this.editsKey);
    else this.write(this.editsKey, edits);
  }

  /** Forgets the work on days before a date, whosever it is. */
  forgetBefore(date: string): void {
    for (const each of this.all()) if (each.date < date) this.keep.removeItem(each.key);
  }

  /** Under what the work on a day is kept. */
  keyOf(date: string): string {
    return `office ${this.email} ${date}`;
  }

  private get editsKey(): string {
    return `office ${this.email} instructors`;
  }

  private all(): { key: string; email: string; date: string }[] {
    const keys = Array.from({ length: this.keep.length }, (_, index) => this.keep.key(index) ?? "");
    return keys.flatMap((key) => {
      const [, email, date] = /^office (\S+) (\d{4}-\d\d-\d\d)$/.exec(key) ?? [];
      return email && date ? [{ key, email, date }] : [];
    });
  }

  private read(key: string): unknown {
    const text = this.keep.getItem(key);
    if (text === null) return undefined;
    this.own.set(key, text);
    try {
      return JSON.parse(text) ?? undefined;
    } catch {
      return undefined;
    }
  }

  private write(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    this.own.set(key, text);
    this.keep.setItem(key, text);
  }
}

function isPlan(value: unknown): value is Plan {
  return typeof value === "object" && value !== null && Object.values(value).every((id) => typeof id === "string");
}
