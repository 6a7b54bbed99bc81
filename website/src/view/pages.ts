/** Whole pages: a start with its lessons, and what is said about the day instead. */

import { HOUR, MINUTE, shortTime } from "../../../common/clock";
import type { DayEntry } from "../../../common/documents";
import type { Start } from "../../../common/programme";
import { count, type Dictionary, fill, inMinutes, type Language, longDate } from "../../../common/texts";
import type { Change } from "../changes";
import type { Column, Page } from "../paging";
import { element, icon } from "./dom";
import { lessonCard } from "./lesson";

/** What every page needs to know. */
export interface Setting {
  words: Dictionary;
  language: Language;
  /** The moment on display, in milliseconds. */
  now: number;
  /** The mark of a lesson, if it has one. */
  changeOf: (lessonId: string) => Change | undefined;
}

/** A start as it is laid out. */
export interface Layout {
  pages: Page[];
  /** How many columns a page has. */
  columns: number;
  /** How much larger than necessary everything of a lesson is drawn. */
  size: number;
  /** The heading leaves more room to the lessons, since there are many. */
  isDense: boolean;
}

/** Page `number` (from 0) of a start. */
export function startPage(start: Start, { pages, columns, size, isDense }: Layout, number: number, setting: Setting): HTMLElement {
  const lists = (pages[number] ?? []).map((column) => lessonList(start, column, setting));
  const page = element(
    "section",
    { class: `page page-start${isDense ? " page-dense" : ""}` },
    startHeading(start, pages.length, number, setting),
    element("div", { class: "columns" }, ...lists),
  );
  page.style.setProperty("--columns", `${columns}`);
  page.style.setProperty("--size", `${size}`);
  return page;
}

/** Lessons below each other, under the headings that they need. */
export function lessonList(start: Start, column: Column, setting: Setting): HTMLElement {
  const list = element("div", { class: "lessons" });
  const sections = sectionsOf(start);
  let above: string | undefined;
  for (const piece of column) {
    const lesson = start.lessons[piece.lesson];
    if (!lesson) continue;
    const section = sections.has(lesson.end) ? lesson.end : "";
    if (section && section !== above) list.append(sectionHeading(start.time, section));
    above = section;
    list.append(lessonCard(lesson, piece, setting.changeOf(lesson.id), setting.words));
  }
  return list;
}

/** Ends that need a heading of their own: none when all lessons of the start end together, since the page's heading then says it. */
export function sectionsOf(start: Start): Set<string> {
  const ends = new Set(start.lessons.map(({ end }) => end));
  return ends.size > 1 ? ends : new Set();
}

function startHeading(start: Start, pages: number, number: number, { words, language, now }: Setting): HTMLElement {
  const end = sectionsOf(start).size > 0 ? undefined : start.lessons[0]?.end;
  const minutes = Math.ceil((start.at - now) / MINUTE);
  const soon = minutes > 0 && minutes * MINUTE <= HOUR;
  return element(
    "header",
    { class: "heading" },
    element("h1", { class: "time" }, shortTime(start.time), end !== undefined && element("span", { class: "until" }, `–${shortTime(end)}`)),
    element(
      "div",
      { class: "heading-side" },
      minutes <= 0 && element("p", { class: "when" }, words.now),
      soon && element("p", { class: "when" }, inMinutes(minutes, language)),
      pages > 1 &&
        element(
          "p",
          { class: "number", "aria-label": fill(words.page, { page: `${number + 1}`, pages: `${pages}` }) },
          `${number + 1}/${pages}`,
        ),
    ),
  );
}

function sectionHeading(start: string, end: string): HTMLElement {
  return element("h2", { class: "section" }, `${shortTime(start)}–${shortTime(end)}`);
}

/** What the day holds, for as long as its first lesson is ahead. */
export function overviewPage(starts: readonly Start[], next: DayEntry | undefined, setting: Setting): HTMLElement {
  const { words, language } = setting;
  const first = starts[0];
  return element(
    "section",
    { class: "page page-message page-early" },
    element("h1", {}, words.early),
    first && element("p", { class: "message" }, fill(words.firstAt, { time: shortTime(first.time) })),
    element(
      "ul",
      { class: starts.length > ONE_COLUMN ? "overview overview-two" : "overview" },
      ...starts
        .slice(0, MOST_STARTS)
        .map(({ time, lessons }) =>
          element(
            "li",
            {},
            element("span", { class: "overview-time" }, shortTime(time)),
            element("span", {}, count(lessons.length, words.lessons, language)),
          ),
        ),
    ),
    nextDay(next, setting),
  );
}

/** More starts than this stand in two columns. */
const ONE_COLUMN = 5;

/** As many starts as the overview has room for. */
const MOST_STARTS = 12;

/** A page that says why there are no lessons to show, and when the next are. */
export function messagePage(
  kind: "no-lessons" | "over" | "no-data" | "loading",
  next: DayEntry | undefined,
  setting: Setting,
): HTMLElement {
  const { words } = setting;
  const titles = { "no-lessons": words.noLessons, over: words.over, "no-data": words.noData, loading: words.loading };
  return element(
    "section",
    { class: `page page-message page-${kind}` },
    icon(kind === "no-data" ? "offline" : "mountain"),
    element("h1", {}, titles[kind]),
    kind === "no-data" && element("p", { class: "message" }, words.noDataHelp),
    kind === "no-lessons" || kind === "over" ? nextDay(next, setting) : undefined,
  );
}

function nextDay(next: DayEntry | undefined, { words, language }: Setting): HTMLElement {
  if (!next) return element("p", { class: "message" }, words.noNext);
  return element(
    "div",
    { class: "next" },
    element("p", { class: "next-label" }, words.nextLessons),
    element("p", { class: "next-date" }, longDate(next.date, language)),
    element(
      "p",
      { class: "next-count" },
      `${count(next.lessons, words.lessons, language)} · ${count(next.participants, words.people, language)}`,
    ),
  );
}
