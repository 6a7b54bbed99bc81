/** One lesson as a card. */

import type { Instructor, Lesson, Participant } from "../../../common/documents";
import { type Dictionary, fill, LANGUAGES, lookUp, shorten, translate } from "../../../common/texts";
import type { Change } from "../changes";
import type { Piece } from "../paging";
import { element, icon } from "./dom";

const TYPE_ICONS: Record<string, string> = { private: "one", "small-group": "few", "large-group": "many" };

/** The card of a lesson, or of the part of it that `piece` says. */
export function lessonCard(lesson: Lesson, piece: Piece, change: Change | undefined, words: Dictionary): HTMLElement {
  const sign = lookUp(TYPE_ICONS, lesson.type);
  const people = lesson.participants.slice(piece.from, piece.to);
  const place = placeLine(lesson, piece, change, words);
  return element(
    "article",
    { class: `lesson lesson-${sign ? lesson.type : "other"}${change ? " lesson-marked" : ""}` },
    element(
      "div",
      { class: "lesson-head" },
      element(
        "div",
        { class: "kind" },
        element("h2", { class: "type" }, icon(sign ?? "other"), element("span", {}, translate(lesson.type, words.types))),
        element("p", { class: "level" }, translate(lesson.level, words.levels)),
      ),
      element("div", { class: "meeting" }, instructorLine(lesson.instructor, words), people.length > BESIDE_PLACE && place),
    ),
    element("div", { class: "lesson-body" }, peopleList(people, words), people.length <= BESIDE_PLACE && place),
  );
}

/** As many people leave room for the place in their line; otherwise it stands below the instructor. */
const BESIDE_PLACE = 1;

function placeLine(lesson: Lesson, piece: Piece, change: Change | undefined, words: Dictionary): HTMLElement {
  return element(
    "p",
    { class: "facts" },
    change &&
      element("strong", { class: "badge" }, icon("star"), element("span", {}, change === "new" ? words.newLesson : words.changedLesson)),
    piece.parts > 1 && element("span", { class: "part" }, fill(words.continued, { part: `${piece.part}`, parts: `${piece.parts}` })),
    element("span", { class: "place" }, icon("pin"), element("span", {}, translate(lesson.location, words.places))),
  );
}

function peopleList(people: readonly Participant[], words: Dictionary): HTMLElement | undefined {
  if (people.length === 0) return undefined;
  const classes = people.length <= BESIDE_PLACE ? "participants participants-few" : "participants";
  return element("ul", { class: classes, "aria-label": words.participants }, ...people.map(participantItem));
}

function instructorLine(instructor: Instructor | null, words: Dictionary): HTMLElement {
  if (!instructor) return element("p", { class: "instructor instructor-open" }, icon("instructor", words.instructor), words.toBeAnnounced);
  const name = element("span", {}, shorten(instructor.name));
  const source = photoAddress(instructor.photo);
  if (!source) return element("p", { class: "instructor" }, icon("instructor", words.instructor), name);
  const photo = element("img", { class: "photo", src: source, alt: words.instructor, width: "72", height: "72" });
  photo.addEventListener("error", () => photo.replaceWith(icon("instructor", words.instructor)), { once: true });
  return element("p", { class: "instructor" }, photo, name);
}

/** A picture's address, if it lies within the website. */
function photoAddress(photo: string | null): string | undefined {
  if (!photo) return undefined;
  try {
    const { origin, pathname } = new URL(photo, location.origin);
    return origin === location.origin ? pathname : undefined;
  } catch {
    return undefined;
  }
}

function participantItem({ name, sponsor, language }: Participant): HTMLElement {
  const flag = LANGUAGES.find((known) => known === language);
  return element(
    "li",
    {},
    element("span", { class: `flag flag-${flag ?? "none"}`, "aria-hidden": "true" }),
    element("span", { class: "language" }, shorten(language).toUpperCase()),
    element("span", { class: "name" }, shorten(name ?? sponsor)),
    name !== null && element("span", { class: "sponsor" }, shorten(sponsor)),
  );
}
