import { count, fill } from "../../../common/texts";
import { changesBetween } from "../../../planning/merge";
import type { Desk } from "../desk/desk";
import { lessonText } from "../words/sentences";
import { nameOf } from "./context";

/** Takes the last step back, and says what that changed. */
export function stepBack(desk: Desk): void {
  tell(desk, desk.words.undo, () => desk.undo());
}

/** Does the step again that was taken back last, and says what that changed. */
export function stepForward(desk: Desk): void {
  tell(desk, desk.words.redo, () => desk.redo());
}

function tell(desk: Desk, what: string, step: () => void): void {
  const before = desk.plan;
  step();
  const changed = changesBetween(before, desk.plan);
  const [id] = changed;
  if (id === undefined) return;
  const { state, words } = desk;
  const lesson = changed.length === 1 ? state.day?.lessons.find((one) => one.id === id) : undefined;
  const who = desk.plan[id];
  const told = lesson
    ? fill(words.given, { lesson: lessonText(lesson, state.language), name: who === undefined ? words.nobody : nameOf(state, who) })
    : count(changed.length, words.publishCount, state.language);
  desk.change({ said: `${what}: ${told}` });
}
