import { shortTime } from "../../../common/clock";
import { fill, translate } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import type { Candidate } from "../../../planning/free";
import type { Moved } from "../../../planning/roster";
import { lessonText, movedText, obstacleText } from "../words/sentences";
import { nameOf, peopleOf, useDesk } from "./context";
import { Files } from "./files";
import { focusLesson, focusNextOpen, leaveLesson, takeAway } from "./focus";
import { Icon } from "./icons";
import { moveAmong } from "./keys";

/** Something to mend, in words. */
export interface ToldTrouble {
  /** Distinguishes it from all others of the day. */
  key: string;
  lessonIds: string[];
  sentence: string;
}

interface PanelProps {
  lesson: Lesson | undefined;
  candidates: readonly Candidate[];
  troubles: readonly ToldTrouble[];
  /** Lessons that were given to somebody and are not there any more. */
  moved: readonly Moved[];
  /** What is wrong with the selected lesson, a sentence each. */
  warnings: readonly string[];
}

/** Beside the board: the selected lesson and who is free for it, or else what is to mend, and the files. */
export function Panel({ lesson, candidates, troubles, moved, warnings }: PanelProps) {
  const { words } = useDesk();
  if (lesson) {
    return (
      <aside class="panel panel-lesson" aria-label={words.lesson}>
        <SelectedLesson {...{ lesson, candidates, warnings }} />
      </aside>
    );
  }
  return (
    <aside class="panel" aria-label={words.conflicts}>
      <Troubles {...{ troubles, moved }} />
      <Files />
      <p class="hint">{words.lessonHelp}</p>
      <p class="hint keys">{words.keys}</p>
    </aside>
  );
}

function SelectedLesson({ lesson, candidates, warnings }: Pick<PanelProps, "candidates" | "warnings"> & { lesson: Lesson }) {
  const setting = useDesk();
  const { desk, state, words, terms } = setting;
  const who = desk.plan[lesson.id];
  return (
    <>
      <header class="panel-head">
        <h2>
          {shortTime(lesson.start)}–{shortTime(lesson.end)}
        </h2>
        <button type="button" class="plain" aria-label={words.close} title={words.close} onClick={() => leaveLesson(desk)}>
          <Icon name="close" />
        </button>
      </header>
      <p class="panel-level">
        {translate(lesson.level, terms.levels)}, {translate(lesson.type, terms.types)}
      </p>
      <p class="panel-place">
        <Icon name="pin" />
        {translate(lesson.location, terms.places)}, {peopleOf(lesson, setting)}
      </p>
      <ul class="people">
        {lesson.participants.map(({ name, sponsor, language }, index) => (
          <li key={index}>
            <span class="tag">{language.toUpperCase()}</span> {name ?? sponsor} {name !== null && <small>{sponsor}</small>}
          </li>
        ))}
      </ul>
      {warnings.map((sentence) => (
        <p key={sentence} class="warning">
          <Icon name="warning" />
          <span>{sentence}</span>
        </p>
      ))}
      {who !== undefined && (
        <p class="taught">
          {fill(words.assignedTo, { name: nameOf(state, who) })}
          <button type="button" class="button button-small" onClick={() => takeAway(desk, lesson.id)}>
            {words.takeAway}
          </button>
        </p>
      )}
      <Candidates {...{ lesson, candidates }} />
    </>
  );
}

/** Who can take a lesson, and for everybody else the one reason why not: nobody is hidden, and the clerk decides. */
function Candidates({ lesson, candidates }: { lesson: Lesson; candidates: readonly Candidate[] }) {
  const { desk, state, words } = useDesk();
  const others = candidates.filter(({ instructor }) => instructor.id !== desk.plan[lesson.id]);
  const free = others.filter(({ obstacle }) => obstacle === null);
  const busy = others.filter(({ obstacle }) => obstacle !== null);
  const give = (id: string) => {
    const wasOpen = desk.plan[lesson.id] === undefined;
    desk.assign(lesson.id, id);
    if (wasOpen) focusNextOpen(desk);
    else focusLesson(desk, lesson.id);
  };
  const item = ({ instructor: { id, name, languages }, obstacle }: Candidate) => (
    <li key={id}>
      <button type="button" class="candidate" data-candidate={id} onClick={() => give(id)}>
        <strong>{name}</strong>
        <span class="candidate-languages">{languages.join(" ").toUpperCase()}</span>
        {obstacle && <span class="candidate-reason">{obstacleText(obstacle, state.language)}</span>}
      </button>
    </li>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons within
    <div class="candidates" onKeyDown={(event) => moveAmong(event, desk, lesson.id)}>
      <h3>{words.whoIsFree}</h3>
      {free.length === 0 ? <p class="empty">{words.nobodyFree}</p> : <ul>{free.map(item)}</ul>}
      {busy.length > 0 && (
        <>
          <h3>{words.othersNot}</h3>
          <ul class="candidates-busy">{busy.map(item)}</ul>
        </>
      )}
    </div>
  );
}

function Troubles({ troubles, moved }: Pick<PanelProps, "troubles" | "moved">) {
  const { desk, words } = useDesk();
  return (
    <section aria-labelledby="troubles-title">
      <h2 id="troubles-title">
        {words.conflicts} {troubles.length > 0 && <span class="count count-warning">{troubles.length}</span>}
      </h2>
      {troubles.length === 0 && <p class="empty">{words.noConflicts}</p>}
      <ul class="conflicts">
        {troubles.map(({ key, sentence, lessonIds }) => (
          <li key={key}>
            <button type="button" class="conflict" onClick={() => focusLesson(desk, lessonIds[0] ?? "")}>
              <Icon name="warning" />
              <span>{sentence}</span>
            </button>
          </li>
        ))}
      </ul>
      <MovedLessons moved={moved} />
    </section>
  );
}

/** Lessons that the roster gave to somebody and that are not there any more, with what they have probably become. */
function MovedLessons({ moved }: Pick<PanelProps, "moved">) {
  const { desk, state, words } = useDesk();
  const { language } = state;
  if (moved.length === 0) return null;
  return (
    <>
      <h3>{words.moved}</h3>
      <ul class="conflicts">
        {moved.map(({ lessonId, instructorId, mark, became }) => (
          <li key={`${lessonId} ${instructorId} ${mark?.start}`} class="warning">
            <span>{movedText(mark, nameOf(state, instructorId), language)}</span>
            {lessonId && (
              <button type="button" class="button button-small" onClick={() => desk.assign(lessonId, undefined)}>
                {words.takeAway}
              </button>
            )}
            {became && (
              <button type="button" class="button button-small" onClick={() => desk.assign(became.id, instructorId)}>
                {nameOf(state, instructorId)}: {lessonText(became, language)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
