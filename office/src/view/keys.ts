import type { Desk } from "../desk/desk";
import { focusLesson, focusNextOpen, leaveLesson, takeAway } from "./focus";
import { stepBack, stepForward } from "./steps";

type Direction = "left" | "right" | "up" | "down";

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/**
 * What a key does on the day's page, wherever the focus is but in a field. Keys without Ctrl act on a lesson, and while one has the focus only;
 * after a click it may be nowhere, and then Delete and Escape mean the lesson that is selected.
 *
 * @returns Whether it did something.
 */
export function dayKey(event: KeyboardEvent, desk: Desk): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) stepBack(desk);
    else if (key === "y" || key === "z") stepForward(desk);
    else return false;
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const element = (event.target as Element | null)?.closest<HTMLElement>("[data-lesson]");
  const { selected } = desk.state;
  if (event.key === "Escape" && selected !== undefined) {
    leaveLesson(desk);
    return true;
  }
  const lesson = element?.dataset.lesson ?? (event.target === document.body ? selected : undefined);
  if (lesson !== undefined && (event.key === "Delete" || event.key === "Backspace")) {
    takeAway(desk, lesson);
    return true;
  }
  if (element === null || element === undefined || lesson === undefined) return false;
  const direction = ARROWS[event.key];
  if (direction) focusNeighbour(element, direction);
  else if (event.key === "Enter") focusCandidates(desk, lesson);
  else if (event.key.toLowerCase() === "n") focusNextOpen(desk);
  else return false;
  return true;
}

/** Arrow keys among the people for a lesson; Escape leads back to it. */
export function moveAmong(event: KeyboardEvent, desk: Desk, lessonId: string): void {
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[data-candidate]")];
  const place = buttons.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next !== undefined) buttons[Math.max(0, Math.min(next, buttons.length - 1))]?.focus();
  else if (event.key === "Escape") focusLesson(desk, lessonId);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Selects a lesson and leads the focus to the first of those who could take it. */
function focusCandidates(desk: Desk, lessonId: string): void {
  desk.select(lessonId);
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".panel [data-candidate]")?.focus());
}

/** The nearest lesson on that side: in the same line first, then by distance. */
function focusNeighbour(from: HTMLElement, direction: Direction): void {
  const here = centre(from);
  const isAcross = direction === "left" || direction === "right";
  const sign = direction === "left" || direction === "up" ? -1 : 1;
  let best: { element: HTMLElement; distance: number } | undefined;
  for (const element of document.querySelectorAll<HTMLElement>("[data-lesson]")) {
    const there = centre(element);
    const along = (isAcross ? there.x - here.x : there.y - here.y) * sign;
    const aside = Math.abs(isAcross ? there.y - here.y : there.x - here.x);
    if (element === from || along <= 4) continue;
    const distance = along + aside * (isAcross ? 4 : 0.5);
    if (!best || distance < best.distance) best = { element, distance };
  }
  best?.element.focus();
}

function centre(element: HTMLElement): { x: number; y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
