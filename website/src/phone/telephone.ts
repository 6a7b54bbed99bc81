/** The day on a telephone: a list of all starts, in which one searches for a name. */

import { localParts, MINUTE, shortTime } from "../../../common/clock";
import { programme, type Start } from "../../../common/programme";
import { DICTIONARIES, fill, LANGUAGES, type Language, longDate } from "../../../common/texts";
import type { Address } from "../address";
import { HOME_ZONE, LOOK_EVERY } from "../display";
import type { Feed } from "../feed";
import { hearing } from "../hearing";
import { element, icon, update } from "../view/dom";
import { lessonList, messagePage, type Setting, sectionsOf } from "../view/pages";
import { isMeant, lessonsFor, plain } from "./search";

export interface TelephoneOptions {
  feed: Feed;
  address: Address;
  /** The moment on display, in milliseconds. */
  shownNow: () => number;
  /** The real moment, in milliseconds. */
  now: () => number;
  /** Languages that the reader wants, the dearest first: `navigator.languages`. */
  wanted: readonly string[];
}

export class Telephone {
  private language: Language;
  private hasLooked = false;
  private readonly day = element("p", { class: "phone-day" });
  private readonly languages = element("nav", { class: "phone-languages" });
  private readonly search = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  private readonly state = element("p", { class: "phone-state", role: "status" });
  private readonly list = element("main", { class: "phone-list" });

  constructor(private readonly options: TelephoneOptions) {
    this.language = firstLanguage(options);
    this.search.addEventListener("input", () => this.render());
    for (const language of LANGUAGES) {
      const button = element("button", { type: "button", lang: language }, DICTIONARIES[language].language);
      button.addEventListener("click", () => {
        this.language = language;
        this.render();
      });
      this.languages.append(button);
    }
  }

  /** Takes the place of the picture, shows what is known from before, then asks the server, and goes on for ever. */
  async start(): Promise<void> {
    document.documentElement.classList.add("telephone");
    const top = element("header", { class: "phone-top" }, this.day, this.languages, this.search, this.state);
    document.getElementById("stage")?.remove();
    document.body.append(element("div", { class: "phone" }, top, this.list));
    await this.options.feed.restore();
    this.render();
    await this.look();
  }

  private async look(): Promise<void> {
    await this.options.feed.look();
    this.hasLooked = true;
    this.render();
    window.setTimeout(() => this.look(), LOOK_EVERY);
  }

  /** Draws everything anew as it is now; what stays the same is not touched. */
  private render(): void {
    const { feed, shownNow } = this.options;
    const now = shownNow();
    const words = DICTIONARIES[this.language];
    const setting: Setting = { words, language: this.language, now, changeOf: () => undefined };
    const zone = feed.index?.time_zone ?? HOME_ZONE;
    const { date, time } = localParts(now, zone);
    document.documentElement.lang = this.language;
    update(this.day, icon("mountain"), element("span", {}, `${longDate(date, this.language)} ${shortTime(time)}`));
    for (const button of this.languages.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.lang === this.language));
    }
    this.search.placeholder = words.searchName;
    this.search.setAttribute("aria-label", words.searchName);

    const shown = this.hasLooked || feed.index ? programme(feed.index, feed.days, now) : undefined;
    const starts = shown?.kind === "lessons" ? shown.starts : [];
    const sections = starts.map((start) => this.startSection(start, setting)).filter((section) => section !== undefined);
    this.search.hidden = starts.length === 0;
    update(this.state, new Text(this.stateText(setting, zone, starts.length > 0 && sections.length === 0)));
    if (starts.length > 0) update(this.list, ...sections);
    else if (shown?.kind === "over" || shown?.kind === "no-lessons") update(this.list, messagePage(shown.kind, shown.next, setting));
    else update(this.list, messagePage(shown ? "no-data" : "loading", undefined, setting));
  }

  private startSection(start: Start, setting: Setting): HTMLElement | undefined {
    const query = this.search.value;
    const lessons = lessonsFor(start.lessons, query);
    if (lessons.length === 0) return undefined;
    const column = lessons.map((lesson) => {
      const people = lesson.participants.length;
      return { lesson: start.lessons.indexOf(lesson), from: 0, to: people, part: 1, parts: 1 };
    });
    const end = sectionsOf(start).size > 0 ? "" : `–${shortTime(start.lessons[0]?.end ?? "")}`;
    const list = lessonList(start, column, setting);
    if (plain(query) !== "") markMeant(list, lessons, query);
    return element("section", { class: "phone-start" }, element("h1", {}, `${shortTime(start.time)}${end}`), list);
  }

  private stateText({ words, now }: Setting, zone: string, isNobody: boolean): string {
    const { feed } = this.options;
    if (isNobody) return words.nobodyFound;
    if (this.hasLooked && hearing(feed.heardAt, this.options.now()) !== "heard") {
      return fill(words.unheardBand, { time: shortTime(localParts(feed.heardAt, zone).time) });
    }
    const asOf = feed.asOf(localParts(now, zone).date);
    return asOf === undefined ? "" : fill(words.asOf, { time: shortTime(localParts(asOf - (asOf % MINUTE), zone).time) });
  }
}

/** The language of the address, or the first of the reader's that there is. */
function firstLanguage({ address, wanted }: TelephoneOptions): Language {
  const spoken = wanted.map((tag) => LANGUAGES.find((language) => tag.toLowerCase().startsWith(language)));
  return (address.isDefaultLanguage ? spoken.find((language) => language !== undefined) : undefined) ?? (address.languages[0] as Language);
}

/** Marks the people who are meant; the list is in the order of `lessons`. */
function markMeant(list: HTMLElement, lessons: ReturnType<typeof lessonsFor>, query: string): void {
  list.querySelectorAll(".lesson").forEach((card, index) => {
    const people = lessons[index]?.participants ?? [];
    card.querySelectorAll("li").forEach((item, number) => {
      const person = people[number];
      if (person && isMeant(person, query)) item.classList.add("meant");
    });
  });
}
