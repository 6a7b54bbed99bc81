import { shortTime } from "../../../common/clock";
import { longDate, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import { languagesText, shownPerson } from "../words/sentences";
import { nameOf, useDesk } from "./context";

/** Prints the day on one page, or a strip for each instructor. */
export function printPage(what: "day" | "strips"): void {
  document.documentElement.dataset.print = what;
  print();
}

/** People beside a lesson that fit into one line. */
const PEOPLE_IN_LINE = 3;
/** Lines of the day's page at the usual size of its letters, in CSS pixels, and the least that can be read. */
const LINES = 46;
const USUAL = 12;
const LEAST = 7;

/** The size of letters, in CSS pixels, with which a day fits on one page, as long as it can be read at all. */
function sizeFor(lessons: readonly Lesson[]): number {
  const starts = new Set(lessons.map(({ start }) => start)).size;
  const lines = lessons.reduce((sum, { participants }) => sum + Math.max(1, Math.ceil(participants.length / PEOPLE_IN_LINE)), starts * 2);
  return Math.max(LEAST, Math.min(USUAL, (USUAL * LINES) / lines));
}

/** What is printed, which no screen shows. */
export function Print() {
  const { desk, state, words, terms } = useDesk();
  const lessons = state.day?.lessons ?? [];
  const whoTeaches = ({ id }: Lesson) => {
    const who = desk.plan[id];
    return who === undefined ? undefined : nameOf(state, who);
  };
  const teaching = [...new Set(Object.values(desk.plan))].sort((a, b) => nameOf(state, a).localeCompare(nameOf(state, b), "cs"));
  const starts = [...new Set(lessons.map(({ start }) => start))];
  return (
    <div class="print" aria-hidden="true">
      <section class="print-day" style={{ "--size": `${sizeFor(lessons)}px` }}>
        <h1>{longDate(state.date, state.language)}</h1>
        {starts.map((start) => (
          <table key={start}>
            <caption>{shortTime(start)}</caption>
            <tbody>
              {lessons
                .filter((lesson) => lesson.start === start)
                .map((lesson) => (
                  <tr key={lesson.id}>
                    <th>{whoTeaches(lesson) ?? "………………"}</th>
                    <td class="print-end">–{shortTime(lesson.end)}</td>
                    <LessonCells lesson={lesson} />
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      </section>
      <section class="print-strips">
        {teaching.map((id) => (
          <article key={id}>
            <h2>
              {nameOf(state, id)} <small>{longDate(state.date, state.language)}</small>
            </h2>
            <table>
              <tbody>
                {lessons
                  .filter((lesson) => desk.plan[lesson.id] === id)
                  .map((lesson) => (
                    <tr key={lesson.id}>
                      <th>
                        {shortTime(lesson.start)}–{shortTime(lesson.end)}
                      </th>
                      <LessonCells lesson={lesson} />
                    </tr>
                  ))}
              </tbody>
            </table>
          </article>
        ))}
        {teaching.length === 0 && <p>{words.nobody}</p>}
      </section>
    </div>
  );

  function LessonCells({ lesson }: { lesson: Lesson }) {
    return (
      <>
        <td class="print-level">
          {translate(lesson.level, terms.levels)}, {translate(lesson.type, terms.types)}
        </td>
        <td class="print-place">{translate(lesson.location, terms.places)}</td>
        <td class="print-languages">{languagesText(lesson)}</td>
        <td>{lesson.participants.map(shownPerson).join(", ")}</td>
      </>
    );
  }
}
