import type { DragDropManager } from "@dnd-kit/dom";
import { useRef } from "preact/hooks";
import { shortTime } from "../../../common/clock";
import { translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import { languagesText } from "../words/sentences";
import { peopleOf, useDesk } from "./context";
import { useDraggable } from "./dnd";
import { Icon, KindIcon } from "./icons";

/** What a lesson's bar needs beside the desk. */
export interface LessonBarProps {
  lesson: Lesson;
  manager: DragDropManager;
  /** What is wrong with it, a sentence each. */
  troubles: string[];
  /** Where it stands on the board; a card in the list of open lessons has no place. */
  style?: Record<string, string>;
  /** The one that the Tab key leads to. */
  isEntry: boolean;
}

/** The kinds of lessons that have a look of their own. */
export const KINDS = ["private", "small-group", "large-group"];

/** A lesson that can be selected and dragged: a bar on the board, or a card in the list of open lessons. */
export function LessonBar({ lesson, manager, troubles, style, isEntry }: LessonBarProps) {
  const setting = useDesk();
  const { desk, state, terms } = setting;
  const element = useRef<HTMLButtonElement>(null);
  useDraggable(manager, lesson.id, element);
  const kind = KINDS.includes(lesson.type) ? lesson.type : "other";
  const classes = ["bar", `bar-${kind}`];
  if (state.selected === lesson.id) classes.push("bar-selected");
  if (state.dragged === lesson.id) classes.push("bar-dragged");
  const level = translate(lesson.level, terms.levels);
  const place = translate(lesson.location, terms.places);
  const people = peopleOf(lesson, setting);
  const languages = languagesText(lesson);
  const kindAndTime = `${shortTime(lesson.start)}–${shortTime(lesson.end)}, ${translate(lesson.type, terms.types)}`;
  const title = [kindAndTime, level, place, people, languages, ...troubles].join("\n");
  return (
    <button
      type="button"
      ref={element}
      class={classes.join(" ")}
      style={style}
      data-lesson={lesson.id}
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={state.selected === lesson.id}
      title={title}
      onFocus={() => desk.state.selected !== undefined && desk.select(lesson.id)}
      onClick={() => desk.select(lesson.id)}
    >
      <span class="bar-time" aria-hidden="true">
        {shortTime(lesson.start)}–{shortTime(lesson.end)}
      </span>
      <span class="hidden">{[kindAndTime, ...troubles, ""].join(", ")}</span>
      {troubles.length > 0 && (
        <span class="bar-warning">
          <Icon name="warning" />
        </span>
      )}
      <span class="bar-line">
        <strong class="bar-level">{level}</strong>
      </span>
      <span class="bar-line bar-facts">
        <span class="bar-languages">{languages}</span>
        <span class="bar-place">{place}</span>
        <span class="bar-people">
          <KindIcon type={lesson.type} />
          {lesson.participants.length}
        </span>
      </span>
    </button>
  );
}
