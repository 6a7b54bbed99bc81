import type { Desk } from "../desk/desk";

type Direction = "left" | "right" | "up" | "down";

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** What a key does on the day's page, wherever the focus is but in a field. @returns Whether it did something. */
export function dayKey(event: KeyboardEvent, desk: Desk): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) desk.undo();
    else if (key === "y" || key === "z") desk.redo();
    else return false;
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const lesson = (event.target as Element | null)?.closest<HTMLElement>("[data-lesson]");
  const { selected } = desk.state;
  const direction = ARROWS[event.key];
  if (lesson && direction) return focusNeighbour(lesson, direction);
  if (lesson && event.key === "Enter") return focusFirst(".panel [data-candidate]");
  if (selected !== undefined && (event.key === "Delete" || event.key === "Backspace")) {
    desk.assign(selected, undefined);
    focusLesson(desk, selected);
    return true;
  }
  if (event.key === "Escape" && selected !== undefined) {
    desk.select(undefined);
    return true;
  }
  if (event.key.toLowerCase() === "n") return focusLesson(desk, "next-open");
  return false;
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

/** Leads the focus to a lesson, or to the next one that nobody teaches, once the page shows it. @returns true */
export function focusLesson(desk: Desk, which: string): boolean {
  const { selected, day } = desk.state;
  let id: string | undefined = which;
  if (which === "next-open") {
    const open = (day?.lessons ?? []).filter((lesson) => desk.plan[lesson.id] === undefined).map((lesson) => lesson.id);
    const after = open.indexOf(selected ?? "") + 1;
    id = open[after] ?? open[0] ?? selected;
  }
  if (id === undefined) return true;
  desk.select(id);
  // Views are drawn before the next frame.
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-lesson="${CSS.escape(id)}"]`);
    element?.focus();
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return true;
}

function focusFirst(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

/** The nearest lesson on that side: in the same line first, then by distance. */
function focusNeighbour(from: HTMLElement, direction: Direction): boolean {
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
  return true;
}

function centre(element: HTMLElement): { x: number; y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
