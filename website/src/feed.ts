/** Keeps the last good documents, asks the server for newer ones, and knows when the server was last heard. */

import { addDays, localParts } from "../../common/clock";
import { type Day, DocumentError, INDEX_PATH, readDay, readIndex, type ScheduleIndex, type Validators } from "../../common/documents";

/** A document as the server sent it. */
export interface Stored {
  text: string;
  etag: string | null;
}

/** Where good documents outlive a reload. Every method may fail: the display then lives without. */
export interface Store {
  get(path: string): Promise<Stored | undefined>;
  put(path: string, document: Stored): Promise<void>;
  /** Deletes every document whose path `isKept` refuses. */
  keep(isKept: (path: string) => boolean): Promise<void>;
  /** When the server was last heard, in milliseconds. */
  heardAt(): number | undefined;
  setHeardAt(instant: number): void;
  /** How far the device's clock was ahead of the server's when last compared, in milliseconds. */
  clockAhead(): number | undefined;
  setClockAhead(milliseconds: number): void;
}

export interface FeedOptions {
  /** Must ask the network itself: an answer counts as heard. */
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  store: Store;
  validators: Validators;
  now: () => number;
  /** Told of the server's own clock: the headers of each usable answer, and how long it took to come, in milliseconds. */
  hearTime?: (headers: Headers, took: number) => void;
  /** The moment on display, which a trial view moves. */
  shownNow?: () => number;
  /** After which a request is given up, in milliseconds. @default 8000 */
  timeout?: number;
}

/** How many days ahead are kept for when the server cannot be heard: a long weekend. */
const DAYS_AHEAD = 4;

/** Thrown for an answer that is of no use; the message says why. */
class Unusable extends Error {}

export class Feed {
  index: ScheduleIndex | undefined;
  readonly days = new Map<string, Day>();
  /** Why the last look brought nothing new to hold on to; undefined when all went well. */
  trouble: string | undefined;
  heardAt: number;
  private readonly etags = new Map<string, string>();

  constructor(private readonly options: FeedOptions) {
    this.heardAt = Math.min(options.store.heardAt() ?? options.now(), options.now());
  }

  /** Takes up what was good before the page was loaded. What cannot be read any more is asked for again. */
  async restore(): Promise<void> {
    const { validators } = this.options;
    this.index = await this.recall(INDEX_PATH, (text) => readIndex(text, validators));
    for (const { date, path } of this.index ? this.wanted(this.index) : []) {
      const day = await this.recall(path, (text) => readDay(text, date, validators));
      if (day) this.days.set(date, day);
    }
  }

  /**
   * Asks for the index, and for the days of it that are new.
   *
   * Never throws: what goes wrong is in `trouble`, and the last good documents stay.
   */
  async look(): Promise<void> {
    this.trouble = undefined;
    try {
      const answer = await this.ask(INDEX_PATH);
      const index = answer ? readIndex(answer.text, this.options.validators) : this.index;
      if (!index) throw new Unusable(`${INDEX_PATH}: not modified, and yet unknown`);
      this.index = index;
      this.hear();
      if (answer) await this.save(INDEX_PATH, answer);
    } catch (error) {
      this.trouble = `${INDEX_PATH}: ${messageOf(error)}`;
    }
    if (!this.trouble && this.index) await this.lookAtDays(this.index);
    if (this.index) await this.forgetOthers(this.index);
  }

  /** As of when the shown day is, as an instant: the index's time, or the day's own where the day could not follow the index. */
  asOf(date: string): number | undefined {
    if (!this.index) return undefined;
    const entry = this.index.days.find((candidate) => candidate.date === date);
    const day = this.days.get(date);
    return Date.parse(entry && day && entry.revision !== day.revision ? day.generated_at : this.index.generated_at);
  }

  private async lookAtDays(index: ScheduleIndex): Promise<void> {
    for (const { date, path, revision } of this.wanted(index)) {
      if (this.days.get(date)?.revision === revision) continue;
      try {
        const answer = await this.ask(path);
        if (!answer) continue;
        this.days.set(date, readDay(answer.text, date, this.options.validators));
        await this.save(path, answer);
      } catch (error) {
        this.trouble = `${path}: ${messageOf(error)}`;
      }
    }
  }

  private async recall<T>(path: string, read: (text: string) => T): Promise<T | undefined> {
    try {
      const stored = await this.options.store.get(path);
      if (!stored) return undefined;
      const document = read(stored.text);
      this.remember(path, stored);
      return document;
    } catch {
      return undefined;
    }
  }

  private wanted(index: ScheduleIndex): ScheduleIndex["days"] {
    const { date } = localParts((this.options.shownNow ?? this.options.now)(), index.time_zone);
    return index.days.filter((entry) => entry.date >= date && entry.date <= addDays(date, DAYS_AHEAD));
  }

  /** People's names stay no longer than they are of use. */
  private async forgetOthers(index: ScheduleIndex): Promise<void> {
    const wanted = this.wanted(index);
    const paths = new Set([INDEX_PATH, ...wanted.map(({ path }) => path)]);
    for (const date of this.days.keys()) if (!wanted.some((entry) => entry.date === date)) this.days.delete(date);
    for (const path of this.etags.keys()) if (!paths.has(path)) this.etags.delete(path);
    await this.options.store.keep((path) => paths.has(path)).catch(() => undefined);
  }

  /** A new document, or undefined when the one in hand is still the newest. */
  private async ask(path: string): Promise<Stored | undefined> {
    const etag = this.etags.get(path);
    const patience = new AbortController();
    const asked = Date.now();
    const timer = setTimeout(() => patience.abort(), this.options.timeout ?? 8000);
    try {
      const answer = await this.options.fetch(`/${path}`, {
        // With the browser's own cache out of the way, every answer is the server's.
        cache: "no-store",
        headers: etag ? { "If-None-Match": etag } : {},
        signal: patience.signal,
      });
      // Read to its end even when it is of no use: otherwise the browser breaks the connection off.
      const text = await answer.text();
      const isKnown = answer.status === 304 && etag;
      if (!isKnown && answer.status !== 200) throw new Unusable(`the server answered ${answer.status}`);
      this.options.hearTime?.(answer.headers, Date.now() - asked);
      if (isKnown) return undefined;
      return { text, etag: answer.headers.get("ETag") };
    } catch (error) {
      throw patience.signal.aborted ? new Unusable("no answer in time") : error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async save(path: string, document: Stored): Promise<void> {
    this.remember(path, document);
    // A full or forbidden store costs the memory across reloads, not the display.
    await this.options.store.put(path, document).catch(() => undefined);
  }

  private remember(path: string, { etag }: Stored): void {
    if (etag) this.etags.set(path, etag);
    else this.etags.delete(path);
  }

  private hear(): void {
    this.heardAt = this.options.now();
    this.options.store.setHeardAt(this.heardAt);
  }
}

function messageOf(error: unknown): string {
  if (error instanceof DocumentError || error instanceof Unusable) return error.message;
  return "no connection";
}
