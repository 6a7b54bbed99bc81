import type { Plan } from "../../planning/day";

/** What is kept on this device of work that was not published: as much as a browser keeps for a page. */
export interface Keep {
  getItem: (key: string) => string | null;
  setItem: (key: string, text: string) => void;
  removeItem: (key: string) => void;
}

/** A day's work that was not published. */
export interface Draft {
  /** The plan that it began with. */
  base: Plan;
  plan: Plan;
}

/** The drafts of one user on this device, by date. */
export class Drafts {
  constructor(
    private readonly keep: Keep,
    private readonly email: string,
  ) {}

  /** The work on a day; undefined where there is none, or none that can be read. */
  load(date: string): Draft | undefined {
    try {
      const draft = JSON.parse(this.keep.getItem(this.key(date)) ?? "null") as Draft | null;
      return draft && typeof draft.plan === "object" && typeof draft.base === "object" ? draft : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps the work on a day; a browser that keeps nothing must not disturb it. */
  save(date: string, draft: Draft): void {
    try {
      this.keep.setItem(this.key(date), JSON.stringify(draft));
    } catch {
      // The work is still on the screen, and leaving the page asks.
    }
  }

  drop(date: string): void {
    this.keep.removeItem(this.key(date));
  }

  private key(date: string): string {
    return `office ${this.email} ${date}`;
  }
}
