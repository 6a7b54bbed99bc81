import { useState } from "preact/hooks";
import { instantOf, shortTime } from "../../../common/clock";
import { programme } from "../../../common/programme";
import { longDate, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import { nameOf, useDesk } from "./context";

/** The screen as it will be at a time of one's choice, with the work that is not published yet. */
export function Preview() {
  const { desk, state, words } = useDesk();
  const [time, setTime] = useState("08:45");
  return (
    <section class="preview" aria-labelledby="preview-title">
      <div class="preview-side">
        <h2 id="preview-title">{words.views.preview}</h2>
        <p class="hint">{words.previewHelp}</p>
        <label class="field">
          {words.previewTime}
          <input type="time" value={time} step={300} onInput={({ currentTarget: { value } }) => value && setTime(value)} />
        </label>
        <p>
          <a class="button" href={`/?date=${state.date}&time=${time}`} target="_blank" rel="noreferrer">
            {words.openScreen}
          </a>
        </p>
      </div>
      <Screen time={time} timeZone={desk.ground.timeZone} />
    </section>
  );
}

function Screen({ time, timeZone }: { time: string; timeZone: string }) {
  const { desk, state, terms } = useDesk();
  const { language, date } = state;
  const shown = state.day && programmeAt(state.day.lessons, date, instantOf(date, time, timeZone), timeZone);
  const start = shown?.kind === "lessons" ? (shown.main ?? shown.starts[0]) : undefined;
  const instead = shown?.kind === "over" ? terms.over : terms.noLessons;
  return (
    <div class="screen">
      <p class="screen-top">
        <span>{longDate(date, language)}</span>
        <span>{shortTime(time)}</span>
      </p>
      <p class="screen-time">{start ? shortTime(start.time) : instead}</p>
      {start?.lessons.map((lesson) => {
        const who = desk.plan[lesson.id];
        return (
          <article key={lesson.id} class={`screen-lesson screen-${lesson.type}`}>
            <p class="screen-line">
              <strong>{translate(lesson.type, terms.types)}</strong>
              <strong class={who === undefined ? "screen-open" : ""}>{who === undefined ? terms.toBeAnnounced : nameOf(state, who)}</strong>
            </p>
            <p class="screen-line">
              <span>{translate(lesson.level, terms.levels)}</span>
              <span>{translate(lesson.location, terms.places)}</span>
            </p>
            <p>{lesson.participants.map(({ name, sponsor }) => (name === null ? sponsor : `${name} ${sponsor}`)).join(" · ")}</p>
          </article>
        );
      })}
    </div>
  );
}

/** What the display would make of these lessons at a moment (milliseconds), by its own rules. */
function programmeAt(lessons: readonly Lesson[], date: string, at: number, timeZone: string) {
  const entry = { date, path: "", revision: 1, lessons: lessons.length, participants: 0 };
  const index = { schema_version: 1, generated_at: new Date(at).toISOString(), time_zone: timeZone, orders: null, days: [entry] } as const;
  const shown = lessons.map((lesson) => ({ ...lesson, instructor: null }));
  const day = { schema_version: 1, date, time_zone: timeZone, revision: 1, generated_at: index.generated_at, lessons: shown } as const;
  return programme({ ...index, days: [...index.days] }, new Map([[date, { ...day, lessons: shown }]]), at);
}
