import type { DragDropManager } from "@dnd-kit/dom";
import { useRef } from "preact/hooks";
import { fill, translate } from "../../../common/texts";
import { type Instructor, type Lesson, minutes } from "../../../planning/day";
import type { Candidate } from "../../../planning/free";
import { hoursText, obstacleText } from "../words/sentences";
import { COLUMN_MINUTES, columnsOf, type Hours, hoursOf, lanesOf } from "./board-layout";
import { useDesk } from "./context";
import { useDroppable } from "./dnd";
import { Icon, KindIcon } from "./icons";
import { KINDS, LessonBar } from "./lesson-bar";

/** What the board shows. */
export interface BoardProps {
  manager: DragDropManager;
  lessons: Lesson[];
  /** Those who teach on this day, and those who have a lesson though they do not. */
  instructors: Instructor[];
  /** Sentences by lesson id. */
  troubles: ReadonlyMap<string, string[]>;
  /** Who could take the lesson that is selected or dragged. */
  candidates: readonly Candidate[];
  entry: string | undefined;
}

/** The day: instructors as rows, time as columns, lessons as bars. */
export function Board({ manager, lessons, instructors, troubles, candidates, entry }: BoardProps) {
  const { desk, words, terms, state } = useDesk();
  const hours = hoursOf(lessons);
  const reasons = new Map(
    candidates.map(({ instructor, obstacle }) => [instructor.id, obstacle && obstacleText(obstacle, state.language)]),
  );
  const marks = Array.from({ length: (hours.to - hours.from) / 60 }, (_, index) => hours.from / 60 + index);
  const kinds = KINDS.filter((kind) => lessons.some(({ type }) => type === kind));
  return (
    <section class="board" aria-label={words.views.day} style={{ "--columns": `${(hours.to - hours.from) / COLUMN_MINUTES}` }}>
      <div class="board-head" aria-hidden="true">
        <div class="board-corner">{words.instructor}</div>
        <div class="board-hours" style={{ "--hours": `${marks.length}` }}>
          {marks.map((hour) => (
            <span key={hour}>{hour}:00</span>
          ))}
        </div>
      </div>
      {instructors.map((instructor) => (
        <Row
          key={instructor.id}
          instructor={instructor}
          lessons={lessons.filter(({ id }) => desk.plan[id] === instructor.id)}
          hours={hours}
          isCandidate={reasons.has(instructor.id)}
          reason={reasons.get(instructor.id) ?? undefined}
          {...{ manager, troubles, entry }}
        />
      ))}
      {instructors.length === 0 && <p class="empty">{words.noInstructors}</p>}
      <ul class="legend">
        {kinds.map((kind) => (
          <li key={kind}>
            <span class={`swatch bar-${kind}`}>
              <KindIcon type={kind} />
            </span>
            {translate(kind, terms.types)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RowProps extends Pick<BoardProps, "manager" | "troubles" | "entry"> {
  instructor: Instructor;
  lessons: Lesson[];
  hours: Hours;
  isCandidate: boolean;
  reason: string | undefined;
}

function Row({ instructor, lessons, hours, manager, troubles, entry, isCandidate, reason }: RowProps) {
  const { state, words } = useDesk();
  const element = useRef<HTMLDivElement>(null);
  useDroppable(manager, instructor.id, element);
  const lanes = lanesOf(lessons);
  const hoursTaught = lessons.reduce((sum, lesson) => sum + minutes(lesson) / 60, 0);
  const classes = ["row"];
  if (isCandidate) classes.push(reason === undefined ? "row-free" : "row-busy");
  const isOver = state.dragged !== undefined && state.over === instructor.id;
  if (isOver) classes.push("row-over");
  const absent = instructor.active === false ? words.inactive : instructor.absences?.includes(state.date) ? words.absent : undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a calendar is no set of fields
    <div ref={element} class={classes.join(" ")} role="group" aria-label={instructor.name} data-instructor={instructor.id}>
      <div class="row-head">
        <strong>{instructor.name}</strong>
        <span class="row-facts">
          <span>{instructor.languages.join(" ").toUpperCase()}</span>
          {absent === undefined ? <span>{fill(words.hours, { hours: hoursText(hoursTaught, state.language) })}</span> : <em>{absent}</em>}
        </span>

        {isCandidate && reason === undefined && (
          <span class="row-mark">
            <Icon name="tick" />
          </span>
        )}
      </div>
      {isOver && reason !== undefined && <span class="row-reason">{reason}</span>}
      <div class="row-time">
        {lessons.map((lesson, index) => {
          const { first, after } = columnsOf(lesson, hours);
          const style = { "--span": `${first} / ${after}`, "--lane": `${(lanes[index] ?? 0) + 1}` };
          return (
            <LessonBar
              key={lesson.id}
              troubles={troubles.get(lesson.id) ?? []}
              isEntry={entry === lesson.id}
              {...{ lesson, manager, style }}
            />
          );
        })}
      </div>
    </div>
  );
}
