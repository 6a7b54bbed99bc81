/** The picture as a whole: its size on this screen, its place, and how one page follows another. */

import { shiftAt } from "../shift";
import { fillWith } from "./dom";

const WIDTH = 1080;
const HEIGHT = 1920;

/** How long a page takes to give way to the next, in milliseconds. */
const FADE = 500;

/** Scales the picture, which is drawn for 1080 × 1920, to the window. */
export function fitToWindow(stage: HTMLElement): void {
  const scale = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
  const left = (innerWidth - WIDTH * scale) / 2;
  stage.style.transform = scale === 1 && left === 0 ? "" : `translate(${left}px, 0) scale(${scale})`;
}

/** Moves the picture to where it belongs at `now`. */
export function moveAgainstBurnIn(picture: HTMLElement, now: number): void {
  const { x, y } = shiftAt(now);
  picture.style.transform = `translate(${x}px, ${y}px)`;
}

/**
 * Shows `page` in `main`.
 *
 * @param turn The page is another one: it fades in. Otherwise it is the same page with new content, and only replaces what differs.
 */
export function showPage(main: HTMLElement, page: HTMLElement, turn: boolean): void {
  const [current, ...leaving] = [...main.children].reverse();
  for (const element of leaving) element.remove();
  if (!turn && current?.isEqualNode(page)) return;
  if (!turn || !current || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    fillWith(main, page);
    return;
  }
  main.append(page);
  page.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE, easing: "ease-in-out" });
  const fading = current.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE, easing: "ease-in-out", fill: "forwards" });
  fading.addEventListener("finish", () => current.remove());
}
