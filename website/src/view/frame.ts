/** What stands around the pages: the day and the clock, the starts, and how far the display can be trusted. */

import { localParts, shortTime } from "../../../common/clock";
import type { Start } from "../../../common/programme";
import { duration, fill, longDate, shortDate } from "../../../common/texts";
import type { Refusal } from "../address";
import type { Hearing } from "../hearing";
import { element, icon, update } from "./dom";
import type { Setting } from "./pages";

export interface FrameState extends Setting {
  zone: string;
  starts: readonly Start[];
  /** The start whose page is shown, if any. */
  shown: number | undefined;
  /** The moment that the data describes; undefined while there is none. */
  asOf: number | undefined;
  hearing: Hearing;
  heardAt: number;
  refused: readonly Refusal[];
  /** How far the device's clock is ahead, in milliseconds, or, negative, behind; undefined while that is not worth a word. */
  clockWrongBy: number | undefined;
  /** The date or the time is not the real one. */
  isTrial: boolean;
}

/** As many starts as fit into one line, beside the code. */
const MOST_CHIPS = 5;

export class Frame {
  /** Where the pages are shown. */
  readonly main = find("main");
  private readonly top = find(".top");
  private readonly notes = find(".notes");
  private readonly band = find(".band");
  private readonly status = find(".status");
  private readonly code = find("#code");

  /** Shows `state`; touches only what differs. */
  update(state: FrameState): void {
    document.documentElement.lang = state.language;
    update(this.top, ...topLine(state));
    update(this.notes, ...notesOf(state));
    update(this.band, ...bandOf(state));
    update(this.status, ...statusOf(state));
    this.code.setAttribute("aria-label", state.words.onTelephone);
  }
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`index.html has no ${selector}`);
  return found;
}

function topLine({ now, zone, language, words, starts, shown }: FrameState): HTMLElement[] {
  const { date, time } = localParts(now, zone);
  const line = [element("p", { class: "day" }, longDate(date, language)), element("p", { class: "clock" }, shortTime(time))];
  if (starts.length < 2) return line;
  return [
    ...line,
    element(
      "ul",
      { class: "starts", "aria-label": words.starts },
      ...chipsAround(starts, shown).map(({ at, time: start }) =>
        element("li", at === shown ? { class: "start start-shown", "aria-current": "true" } : { class: "start" }, shortTime(start)),
      ),
    ),
  ];
}

/** The starts nearest to the shown one, as many as there is room for. */
function chipsAround(starts: readonly Start[], shown: number | undefined): readonly Start[] {
  const index = Math.max(
    starts.findIndex(({ at }) => at === shown),
    0,
  );
  const from = Math.max(0, Math.min(index - Math.floor(MOST_CHIPS / 2), starts.length - MOST_CHIPS));
  return starts.slice(from, from + MOST_CHIPS);
}

function notesOf({ refused, isTrial, clockWrongBy, words, now, zone, language }: FrameState): HTMLElement[] {
  const { date, time } = localParts(now, zone);
  const notes = refused.map(({ parameter, value }) => fill(words.ignored, { parameter, value, allowed: words.allowed[parameter] }));
  if (clockWrongBy !== undefined) {
    notes.push(fill(clockWrongBy > 0 ? words.clockAhead : words.clockBehind, { difference: duration(clockWrongBy) }));
  }
  if (isTrial) notes.unshift(fill(words.trial, { date: shortDate(date, language), time: shortTime(time) }));
  return notes.map((note) => element("p", { class: "note" }, note));
}

function bandOf(state: FrameState): HTMLElement[] {
  if (state.hearing !== "band") return [];
  return [icon("offline"), element("p", {}, fill(state.words.unheardBand, { time: momentOf(state.heardAt, state) }))];
}

function statusOf(state: FrameState): HTMLElement[] {
  const { asOf, words, hearing, heardAt } = state;
  const parts: HTMLElement[] = [];
  if (hearing === "mark") {
    parts.push(element("p", { class: "unheard" }, icon("offline"), fill(words.unheardSince, { time: momentOf(heardAt, state) })));
  }
  if (asOf !== undefined) parts.push(element("p", { class: "as-of" }, fill(words.asOf, { time: momentOf(asOf, state) })));
  return parts;
}

/** A time of today, or a time with its date. */
function momentOf(instant: number, { zone, now, language }: FrameState): string {
  const { date, time } = localParts(instant, zone);
  return date === localParts(now, zone).date ? shortTime(time) : `${shortDate(date, language)} ${shortTime(time)}`;
}
