import { useEffect } from "preact/hooks";
import { shortTime } from "../../../common/clock";
import type { Participant } from "../../../common/documents";
import { count, type Dictionary, longDate, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import { languagesText } from "../words/sentences";
import { nameOf, useDesk } from "./context";
import { KindIcon } from "./icons";
import { fitDay } from "./print-fit";

/** Prints the day on one page, or a strip for each instructor. */
export function printPage(what: "day" | "strips"): void {
  document.documentElement.dataset.print = what;
  print();
}

/** What is printed, which no screen shows. */
export function Print() {
  const { desk, state, words, terms } = useDesk();
  useEffect(() => {
    addEventListener("beforeprint", fitDay);
    return () => removeEventListener("beforeprint", fitDay);
  }, []);
  const { date, language } = state;
  const lessons = state.day?.lessons ?? [];
  const whoTeaches = ({ id }: Lesson) => {
    const who = desk.plan[id];
    return who === undefined ? undefined : nameOf(state, who);
  };
  const teaching = [...new Set(lessons.flatMap(({ id }) => desk.plan[id] ?? []))].sort((a, b) =>
    nameOf(state, a).localeCompare(nameOf(state, b), "cs"),
  );
  const starts = [...new Set(lessons.map(({ start }) => start))];
  return (
    <div class="print" aria-hidden="true">
      <section class="print-day">
        <h1>
          {longDate(date, language)} <small>{count(lessons.length, terms.lessons, language)}</small>
        </h1>
        <div class="print-columns">
          <table>
            {starts.map((start) => (
              <tbody key={start}>
                <tr class="print-start">
                  <th colSpan={7}>{shortTime(start)}</th>
                </tr>
                {lessons
                  .filter((lesson) => lesson.start === start)
                  .map((lesson) => (
                    <tr key={lesson.id}>
                      <th>{whoTeaches(lesson) ?? "……………"}</th>
                      <td>–{shortTime(lesson.end)}</td>
                      <LessonCells {...{ lesson, terms }} />
                    </tr>
                  ))}
              </tbody>
            ))}
          </table>
        </div>
      </section>
      <section class="print-strips">
        {teaching.map((id) => (
          <article key={id}>
            <h2>
              {nameOf(state, id)} <small>{longDate(date, language)}</small>
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
                      <LessonCells {...{ lesson, terms }} />
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
}

/** A lesson but for its time and who teaches it. */
function LessonCells({ lesson, terms }: { lesson: Lesson; terms: Dictionary }) {
  return (
    <>
      <td>
        {translate(lesson.level, terms.levels)}
        <span class="print-type">, {translate(lesson.type, terms.types)}</span>
      </td>
      <td>{translate(lesson.location, terms.places)}</td>
      <td>{languagesText(lesson)}</td>
      <td class="print-count">
        <KindIcon type={lesson.type} />
        {lesson.participants.length}
      </td>
      <td class="print-people">
        {lesson.participants.flatMap((person, index) => [index > 0 && ", ", <Person key={index} {...person} />])}
      </td>
    </>
  );
}

/** Somebody as displays show them; where there is no room, by name alone. */
function Person({ name, sponsor }: Participant) {
  if (name === null) return <>{sponsor}</>;
  return (
    <>
      {name}
      <span class="print-sponsor"> {sponsor}</span>
    </>
  );
}
