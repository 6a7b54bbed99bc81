/** Brings data, clock and rotation together on the screen. */

import { localParts, untilNextMinute } from "../../common/clock";
import { isSought, type Programme, programme, type Start } from "../../common/programme";
import { DICTIONARIES, type Language } from "../../common/texts";
import type { Address } from "./address";
import { Marks } from "./changes";
import type { Feed } from "./feed";
import { hearing } from "./hearing";
import { begin, MAIN_STAY, next, OTHER_STAY, type Position, previous, type Stop, settle } from "./rotation";
import type { Timekeeper } from "./timekeeper";
import { DebugBar } from "./view/debug";
import { Frame } from "./view/frame";
import { layOut } from "./view/layout";
import { type Layout, messagePage, overviewPage, type Setting, startPage } from "./view/pages";
import { moveAgainstBurnIn, showPage } from "./view/stage";

/** Until the school has said where it is. */
export const HOME_ZONE = "Europe/Prague";

/** How often the server is asked, in milliseconds. */
export const LOOK_EVERY = 15_000;

/** The page about the day comes after all starts. */
const ABOUT_THE_DAY: Stop = { at: Number.POSITIVE_INFINITY, pages: () => 1, isSought: false };

export interface DisplayOptions {
  feed: Feed;
  address: Address;
  timekeeper: Timekeeper;
  /** The moment on display, in milliseconds. */
  shownNow: () => number;
  picture: HTMLElement;
  debugBar: HTMLElement;
  /** Says that the date or the time is not the real one. */
  isTrial: boolean;
}

export class Display {
  private readonly frame = new Frame();
  private readonly marks = new Marks();
  private readonly layouts = new Map<string, Layout>();
  private readonly debug: DebugBar | undefined;
  private position: Position | undefined;
  private shownKind: Programme["kind"] | undefined;
  private shownPage = "";
  private hasLooked = false;
  private isPaused = false;
  private turnTimer: number | undefined;
  private markTimer: number | undefined;

  constructor(private readonly options: DisplayOptions) {
    const actions = { previous: () => this.turn(previous), next: () => this.turn(next), togglePause: () => this.togglePause() };
    if (options.address.debug) this.debug = new DebugBar(options.debugBar, actions);
  }

  /**
   * Shows what is known from before, then what the server says, and goes on for ever.
   *
   * @param fonts Nothing is drawn before them; the server is asked meanwhile.
   */
  async start(fonts: Promise<void>): Promise<void> {
    await this.options.feed.restore();
    const looked = this.look(fonts);
    await fonts;
    if (this.options.feed.index) this.render();
    this.tick();
    await looked;
  }

  /** The school's time zone. */
  get zone(): string {
    return this.options.feed.index?.time_zone ?? HOME_ZONE;
  }

  /** Draws everything anew as it is now; what stays the same is not touched. */
  render(): void {
    const now = this.options.shownNow();
    const { feed } = this.options;
    const shown = this.hasLooked || feed.index ? programme(feed.index, feed.days, now) : undefined;
    const stops = this.stopsOf(shown, now);
    const languages = this.options.address.languages.length;
    const goesOn = this.position && this.shownKind === shown?.kind;
    this.shownKind = shown?.kind;
    this.position = this.position && goesOn ? settle(stops, this.position, languages) : begin(stops, mainOf(shown)?.at, languages);
    this.updateFrame(shown, now);
    // The frame may have left more or less room than before.
    this.position = settle(stops, this.position, languages);
    this.showPosition(shown, now);
    this.armMarks(now);
  }

  private showPosition(shown: Programme | undefined, now: number): void {
    const position = this.position as Position;
    const key = `${shown?.kind} ${position.at} ${position.page} ${position.language}`;
    const turns = key !== this.shownPage;
    showPage(this.frame.main, this.pageAt(shown, position, now), turns);
    if (!turns) return;
    this.shownPage = key;
    this.armTurn(position.at === mainOf(shown)?.at ? MAIN_STAY : OTHER_STAY);
  }

  private pageAt(shown: Programme | undefined, position: Position, now: number): HTMLElement {
    const setting = this.setting(now);
    if (!shown) return messagePage("loading", undefined, setting);
    if (shown.kind === "no-data") return messagePage("no-data", undefined, setting);
    if (shown.kind !== "lessons") return messagePage(shown.kind, shown.next, setting);
    const start = shown.starts.find(({ at }) => at === position.at);
    if (!start) return overviewPage(shown.starts, shown.next, setting);
    return startPage(start, this.layout(start, position.language, now), position.page, setting);
  }

  private stopsOf(shown: Programme | undefined, now: number): Stop[] {
    if (shown?.kind !== "lessons") return [ABOUT_THE_DAY];
    const stops = shown.starts.map((start) => ({
      at: start.at,
      pages: (language: number) => this.layout(start, language, now).pages.length,
      isSought: start === shown.main || isSought(start, now),
    }));
    return shown.early ? [...stops, ABOUT_THE_DAY] : stops;
  }

  /** The pages of a start; measured again only when something that takes room has changed. */
  private layout(start: Start, language: number, now: number): Layout {
    const setting = this.setting(now, language);
    const marks = start.lessons.map(({ id }) => setting.changeOf(id)?.[0] ?? "-").join("");
    const key = JSON.stringify([this.frame.main.clientWidth, this.frame.main.clientHeight, setting.language, marks, start.lessons]);
    const known = this.layouts.get(key);
    if (known) return known;
    const layout = layOut(start, this.frame.main, setting);
    if (this.layouts.size > 40) this.layouts.clear();
    this.layouts.set(key, layout);
    return layout;
  }

  private setting(now: number, language = this.position?.language ?? 0): Setting {
    const { languages } = this.options.address;
    const code = languages[language] as Language;
    return { words: DICTIONARIES[code], language: code, now, changeOf: (id) => this.marks.of(id, Date.now()) };
  }

  private updateFrame(shown: Programme | undefined, now: number): void {
    const { feed, address, picture, timekeeper, isTrial } = this.options;
    const { date } = localParts(now, this.zone);
    const setting = this.setting(now);
    const starts = shown?.kind === "lessons" ? shown.starts : [];
    this.frame.update({
      ...setting,
      zone: this.zone,
      starts,
      shown: this.position?.at,
      asOf: feed.asOf(date),
      // Before the first look nobody can say whether the server is there.
      hearing: this.hasLooked ? hearing(feed.heardAt, timekeeper.now()) : "heard",
      heardAt: feed.heardAt,
      refused: address.refused,
      clockWrongBy: timekeeper.wrongBy(),
      isTrial,
    });
    this.debug?.update(setting.words, this.isPaused, `${date} ${this.zone} ${feed.days.get(date)?.revision ?? "–"} ${feed.trouble ?? ""}`);
    moveAgainstBurnIn(picture, Date.now());
  }

  private turn(to: typeof next): void {
    const now = this.options.shownNow();
    const { feed, address } = this.options;
    const stops = this.stopsOf(programme(feed.index, feed.days, now), now);
    if (this.position) this.position = to(stops, this.position, address.languages.length);
    this.shownPage = "";
    this.render();
  }

  private togglePause(): void {
    this.isPaused = !this.isPaused;
    if (this.isPaused) window.clearTimeout(this.turnTimer);
    else this.armTurn(OTHER_STAY);
    this.render();
  }

  private armTurn(stay: number): void {
    window.clearTimeout(this.turnTimer);
    if (!this.isPaused) this.turnTimer = window.setTimeout(() => this.turn(next), stay);
  }

  private armMarks(now: number): void {
    window.clearTimeout(this.markTimer);
    const end = this.marks.nextEnd(now);
    if (end !== undefined) this.markTimer = window.setTimeout(() => this.render(), end - Date.now());
  }

  private tick(): void {
    window.setTimeout(() => {
      this.render();
      this.tick();
    }, untilNextMinute(this.options.shownNow()));
  }

  private async look(fonts?: Promise<void>): Promise<void> {
    const began = Date.now();
    const { feed } = this.options;
    const before = new Map(feed.days);
    await feed.look();
    await fonts;
    for (const [date, day] of feed.days) if (before.get(date) !== day) this.marks.note(before.get(date), day, Date.now());
    this.hasLooked = true;
    this.render();
    window.setTimeout(() => this.look(), Math.min(LOOK_EVERY, Math.max(0, began + LOOK_EVERY - Date.now())));
  }
}

function mainOf(shown: Programme | undefined): Start | undefined {
  return shown?.kind === "lessons" ? shown.main : undefined;
}
