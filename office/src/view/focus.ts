import type { Desk } from "../desk/desk";

/** Leads the focus to a lesson that the page shows, or else to the page's main part, once views are drawn: that is before the next frame. */
export function focusShown(lessonId: string | undefined): void {
  requestAnimationFrame(() => {
    const element = lessonId === undefined ? null : document.querySelector<HTMLElement>(`[data-lesson="${CSS.escape(lessonId)}"]`);
    element?.focus();
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
    keepFocus();
  });
}

/** Leads the focus back to what had it, or else to the page's main part. */
export function focusAgain(before: Element | null): void {
  requestAnimationFrame(() => {
    if (before instanceof HTMLElement) before.focus();
    keepFocus();
  });
}

/** Leads the focus to the page's main part where it would be lost, as what had it is gone. */
function keepFocus(): void {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) document.querySelector<HTMLElement>("main")?.focus();
}

/** Selects a lesson and leads the focus to it. */
export function focusLesson(desk: Desk, lessonId: string): void {
  desk.select(lessonId);
  focusShown(lessonId);
}

/** Selects the next lesson that nobody teaches, or the one that is selected where there is none, and leads the focus to it. */
export function focusNextOpen(desk: Desk): void {
  const { selected, day } = desk.state;
  const open = (day?.lessons ?? []).filter(({ id }) => desk.plan[id] === undefined).map(({ id }) => id);
  const next = open[open.indexOf(selected ?? "") + 1] ?? open[0] ?? selected;
  if (next !== undefined) focusLesson(desk, next);
}

/** Selects no lesson any more, with the focus where that lesson is. */
export function leaveLesson(desk: Desk): void {
  const { selected } = desk.state;
  desk.select(undefined);
  focusShown(selected);
}

/** Takes a lesson away from whoever has it, with the focus on where it is then. */
export function takeAway(desk: Desk, lessonId: string): void {
  desk.assign(lessonId, undefined);
  focusShown(lessonId);
}
