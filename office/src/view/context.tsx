import { createContext } from "preact";
import { useContext, useEffect, useReducer } from "preact/hooks";
import { count, DICTIONARIES, type Dictionary } from "../../../common/texts";
import type { Lesson } from "../../../planning/day";
import type { Desk } from "../desk/desk";
import type { DeskState } from "../desk/state";
import type { Words } from "../words";

const DeskContext = createContext<Desk | undefined>(undefined);

export const DeskProvider = DeskContext.Provider;

/** What every part of the page shows and says. */
export interface Setting {
  desk: Desk;
  state: DeskState;
  words: Words;
  /** The words that the page has in common with the display. */
  terms: Dictionary;
}

/** The desk, with the part drawn anew after each change of it. */
export function useDesk(): Setting {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("there is no desk around this");
  const [, draw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => desk.onChange(() => draw(undefined)), [desk]);
  return { desk, state: desk.state, words: desk.words, terms: DICTIONARIES[desk.state.language] };
}

/** Whom the page calls how: the name of an instructor, or the id of one who left. */
export function nameOf(state: DeskState, id: string): string {
  return state.instructors?.find((instructor) => instructor.id === id)?.name ?? id;
}

/** How many people, in words. */
export function peopleOf(lesson: Lesson, { words, state }: Setting): string {
  return count(lesson.participants.length, words.people, state.language);
}
