import type { DragDropManager } from "@dnd-kit/dom";
import { useRef } from "preact/hooks";
import { shortTime } from "../../../common/clock";
import type { Lesson } from "../../../planning/day";
import { useDesk } from "./context";
import { useDroppable } from "./dnd";
import { Icon } from "./icons";
import { LessonBar } from "./lesson-bar";

/** The place of a drop that takes a lesson away from whoever has it. */
export const NOBODY = "\0nobody";

/** Lessons that nobody teaches yet, under their starts. */
export function OpenList({
  manager,
  lessons,
  troubles,
  entry,
}: {
  manager: DragDropManager;
  lessons: Lesson[];
  troubles: ReadonlyMap<string, string[]>;
  entry: string | undefined;
}) {
  const { desk, words } = useDesk();
  const element = useRef<HTMLElement>(null);
  useDroppable(manager, NOBODY, element);
  const starts = [...new Set(lessons.map(({ start }) => start))];
  return (
    <section ref={element} class="open" aria-labelledby="open-title">
      <h2 id="open-title">
        {words.openLessons} <span class="count">{lessons.length}</span>
      </h2>
      {lessons.length > 0 && (
        <button type="button" class="button button-wide" onClick={() => void desk.propose()}>
          <Icon name="magic" />
          {words.propose}
        </button>
      )}
      {lessons.length === 0 && (
        <p class="good">
          <Icon name="tick" />
          {words.nothingOpen}
        </p>
      )}
      {starts.map((start) => (
        <div key={start} class="open-start">
          <h3>{shortTime(start)}</h3>
          <div class="open-cards">
            {lessons
              .filter((lesson) => lesson.start === start)
              .map((lesson) => (
                <LessonBar
                  key={lesson.id}
                  troubles={troubles.get(lesson.id) ?? []}
                  isEntry={entry === lesson.id}
                  {...{ lesson, manager }}
                />
              ))}
          </div>
        </div>
      ))}
    </section>
  );
}
