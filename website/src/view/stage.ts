/** The picture as a whole: its size on this screen, its place, and how one page follows another. */

import { shiftAt } from "../shift";
import { fillWith } from "./dom";

/** The least size that the picture is drawn for, in pixels: the short and the long side. */
const SHORT = 1080;
const LONG = 1920;

/** How long a page takes to give way to the next, in milliseconds. */
const FADE = 500;

/** By how much the picture is turned clockwise, in degrees. */
export type Turn = 0 | 90 | 270;

/**
 * Gives the picture the window's shape, at least 1080 pixels wide or high, and scales it to the window.
 *
 * @param turn For a screen that hangs on its side, and whose software does not know it.
 */
export function fitToWindow(stage: HTMLElement, turn: Turn): void {
  const [width, height] = turn === 0 ? [innerWidth, innerHeight] : [innerHeight, innerWidth];
  const isWide = width > height;
  const scale = Math.min(width / (isWide ? LONG : SHORT), height / (isWide ? SHORT : LONG));
  const moves = { 0: "", 90: `translate(${innerWidth}px, 0) rotate(90deg)`, 270: `translate(0, ${innerHeight}px) rotate(270deg)` };
  stage.classList.toggle("wide", isWide);
  stage.style.width = `${Math.floor(width / scale)}px`;
  stage.style.height = `${Math.floor(height / scale)}px`;
  stage.style.transform = `${moves[turn]}${scale === 1 ? "" : ` scale(${scale})`}`;
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
