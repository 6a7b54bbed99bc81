import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { formerInstructors, type Instructor, type Lesson, openLessons, type Plan } from "../../../planning/day";
import { candidatesFor } from "../../../planning/free";
import { movedLessons } from "../../../planning/roster";
import { troublesOf } from "../../../planning/trouble";
import { lessonName, movedText, troubleText } from "../words/sentences";
import { Board } from "./board";
import { nameOf, useDesk } from "./context";
import { createDragging } from "./dnd";
import { dayKey } from "./keys";
import { NOBODY, OpenList } from "./open-list";
import { Panel, type ToldTrouble } from "./panel";

/** What small screens show one at a time. */
const PARTS = ["open", "board", "panel"] as const;

/** The day's page: open lessons, the board, and what is known of the selected lesson. */
export function DayView() {
  const { desk, state, words } = useDesk();
  const ghost = useRef<HTMLDivElement>(null);
  const [part, setPart] = useState<(typeof PARTS)[number]>("board");
  const manager = useMemo(
    () =>
      createDragging({
        onStart: (lessonId) => {
          desk.select(lessonId);
          desk.change({ dragged: lessonId });
        },
        onMove: ({ x, y }) => ghost.current?.style.setProperty("transform", `translate(${x + 12}px, ${y + 12}px)`),
        onOver: (place) => desk.change({ over: place }),
        onEnd: (drop) => {
          desk.change({ dragged: undefined, over: undefined });
          if (drop) desk.assign(drop.lessonId, drop.place === NOBODY ? undefined : drop.place);
        },
      }),
    [desk],
  );
  useEffect(() => () => manager.destroy(), [manager]);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (desk.state.dialog || (event.target as Element | null)?.closest("input, select, textarea, dialog")) return;
      if (dayKey(event, desk)) event.preventDefault();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, [desk]);

  const { day, language, instructors = [] } = state;
  if (!day) return <p class="empty empty-day">{state.trouble === undefined ? words.loading : ""}</p>;
  const { lessons } = day;
  const moved = movedLessons(day, desk.plan, state.marks);
  if (lessons.length === 0) {
    return (
      <div class="day day-empty">
        <p class="empty empty-day">{words.noLessons}</p>
        <Panel lesson={undefined} candidates={[]} troubles={[]} warnings={[]} moved={moved} />
      </div>
    );
  }
  // Open lessons have a list of their own.
  const found = troublesOf(day, desk.plan, desk.ground.now()).filter(({ kind }) => kind !== "unassigned");
  const told = found.map((trouble): ToldTrouble => {
    const lessonIds = trouble.lessons.map(({ id }) => id);
    const key = [trouble.kind, trouble.instructor?.id, ...lessonIds].join(" ");
    return { key, lessonIds, sentence: troubleText(trouble, language) };
  });
  const troubles = [...new Map(told.map((trouble) => [trouble.key, trouble])).values()];
  // The panel has a list of its own for lessons that have moved; on the board they are marked where they have gone to.
  const toldMoved = moved.flatMap(({ became, mark, instructorId }) =>
    became ? [{ lessonIds: [became.id], sentence: movedText(mark, nameOf(state, instructorId), language) }] : [],
  );
  const warningsOf = (id: string) =>
    [...troubles, ...toldMoved].filter(({ lessonIds }) => lessonIds.includes(id)).map(({ sentence }) => sentence);
  const byLesson = new Map(lessons.map(({ id }) => [id, warningsOf(id)]));
  const selected = lessons.find(({ id }) => id === state.selected);
  const lifted = lessons.find(({ id }) => id === state.dragged);
  const candidates = selected ? candidatesFor(selected, day, desk.plan) : [];
  const open = openLessons(day, desk.plan);
  const entry = (selected ?? open[0] ?? lessons[0])?.id;
  const classes = ["day"];
  if (selected) classes.push("day-selected");
  if (lifted) classes.push("day-dragging");
  return (
    <div class={classes.join(" ")} data-part={part}>
      <nav class="parts" aria-label={words.views.day}>
        {PARTS.map((each) => (
          <button key={each} type="button" aria-pressed={part === each} onClick={() => setPart(each)}>
            {words.parts[each]}
            {each === "open" && open.length > 0 && <span class="count">{open.length}</span>}
            {each === "panel" && troubles.length > 0 && <span class="count count-warning">{troubles.length}</span>}
          </button>
        ))}
      </nav>
      <OpenList lessons={open} troubles={byLesson} {...{ manager, entry }} />
      <Board instructors={rowsOf(instructors, lessons, desk.plan)} troubles={byLesson} {...{ manager, lessons, candidates, entry }} />
      <Panel lesson={selected} warnings={byLesson.get(selected?.id ?? "") ?? []} {...{ candidates, troubles, moved }} />
      <div ref={ghost} class={lifted ? "ghost" : "ghost hidden"} aria-hidden="true">
        {lifted && lessonName(lifted, language)}
      </div>
    </div>
  );
}

/** Those who teach, and those who do not and have a lesson all the same, even where no profile knows them any more. */
function rowsOf(instructors: Instructor[], lessons: Lesson[], plan: Plan): Instructor[] {
  // The plan also has lessons that are gone, which are on no row.
  const taught = Object.fromEntries(lessons.flatMap(({ id }) => (plan[id] === undefined ? [] : [[id, plan[id]]])));
  const teaching = new Set(Object.values(taught));
  return [...instructors.filter(({ id, active }) => active !== false || teaching.has(id)), ...formerInstructors({ instructors }, taught)];
}
