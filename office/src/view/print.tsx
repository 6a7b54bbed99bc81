import { shortTime } from "../../../common/clock";
import { longDate, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import { languagesOf, nameOf, useDesk } from "./context";

/** Prints the day on one page, or a strip for each instructor. */
export function printPage(what: "day" | "strips"): void {
  document.documentElement.dataset.print = what;
  print();
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
      <section class="print-day">
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
                    <td>–{shortTime(lesson.end)}</td>
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
        <td>
          {translate(lesson.level, terms.levels)}, {translate(lesson.type, terms.types)}
        </td>
        <td>{translate(lesson.location, terms.places)}</td>
        <td>{languagesOf(lesson).join(" ").toUpperCase()}</td>
        <td>{lesson.participants.map(({ name, sponsor }) => (name === null ? sponsor : `${name} ${sponsor}`)).join(", ")}</td>
      </>
    );
  }
}
