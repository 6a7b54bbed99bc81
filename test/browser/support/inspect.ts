/** Looks over a whole screen as its readers would: all there, large enough, readable, and accessible. */

import assert from "node:assert/strict";
import { lookOver } from "./axe";
import type { Screen } from "./screen";

/** The least font sizes, in pixels, and what has to have them. */
const LEAST_SIZES: Record<string, number> = {
  ".participants li, .participants li *": 44,
  ".clock, .time, .until, .section, .overview-time": 72,
  ".type, .type *, .instructor, .instructor *": 72,
};

/** Fails unless everything on the screen is inside its box, large enough, of contrast 7:1, and passes axe. */
export async function inspect(screen: Screen): Promise<void> {
  await screen.rest();
  assert.deepEqual(await outOfPlace(screen), [], "everything is inside its box and the screen");
  assert.deepEqual(await tooSmall(screen), [], "everything is large enough");
  assert.deepEqual(await faults(screen), [], "accessible, with contrast 7:1");
}

/** The least size of any text and of what is touched on a telephone, in CSS pixels: WCAG 2.5.5, Target Size. */
const LEAST_TEXT = 16;
const LEAST_TARGET = 44;

/** Fails unless everything in a telephone's list is inside its box, large enough to be read and touched, and passes axe; it may be longer than the window. */
export async function inspectList(screen: Screen): Promise<void> {
  assert.deepEqual(await outOfPlace(screen, ".phone"), [], "everything is inside its box");
  const small = await screen.page.evaluate(
    ([text, target]) => [
      ...[...document.querySelectorAll(".phone *")]
        .filter((element) => [...element.childNodes].some((node) => node instanceof Text && node.data.trim()))
        .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < text)
        .map((element) => `text of ${element.className}`),
      ...[...document.querySelectorAll("button, input")]
        .filter((element) => element.getBoundingClientRect().height < target)
        .map((element) => `height of ${element.tagName}`),
    ],
    [LEAST_TEXT, LEAST_TARGET] as const,
  );
  assert.deepEqual(small, [], "everything is large enough");
  assert.deepEqual(await faults(screen), [], "accessible, with contrast 7:1");
}

/** Elements that stick out of the screen or of an element around them, texts that do not fit, and lessons that overlap. */
export async function outOfPlace({ page }: Pick<Screen, "page">, root = "#picture"): Promise<string[]> {
  // Old browsers read this too: nothing in here is younger than they are.
  return page.evaluate((root) => {
    const problems: string[] = [];
    const TOLERANCE = 1;
    const describe = (element: Element) => `${element.tagName}.${element.className} "${String(element.textContent).slice(0, 30)}"`;
    const sticksOut = (inner: DOMRect, outer: DOMRect) =>
      inner.left < outer.left - TOLERANCE ||
      inner.right > outer.right + TOLERANCE ||
      inner.top < outer.top - TOLERANCE ||
      inner.bottom > outer.bottom + TOLERANCE;
    const isBeside = (one: DOMRect, other: DOMRect) =>
      one.top >= other.bottom || other.top >= one.bottom || one.left >= other.right || other.left >= one.right;
    // Lines of a turned picture run from top to bottom.
    const isTurned = document.querySelector("#stage[style*=rotate]") !== null;
    const canScroll = root !== "#picture";
    const screen = new DOMRect(0, canScroll ? -scrollY : 0, innerWidth, canScroll ? document.documentElement.scrollHeight : innerHeight);
    const code = document.querySelector("#code svg");
    for (const element of document.querySelectorAll(`${root}, ${root} *`)) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      // The picture itself is as large as the screen and moves by a few pixels; what is in it must not leave the screen.
      if (element.id === "picture") continue;
      if (sticksOut(box, screen)) problems.push(`outside the screen: ${describe(element)}`);
      const parent = element.parentElement as Element;
      if (getComputedStyle(parent).display !== "inline" && getComputedStyle(parent).display !== "contents") {
        if (sticksOut(box, parent.getBoundingClientRect())) problems.push(`outside its box: ${describe(element)}`);
      }
      if (element.scrollWidth > element.clientWidth + TOLERANCE && element.clientWidth > 0) problems.push(`cut off: ${describe(element)}`);
      for (const node of element.childNodes) {
        if (!(node instanceof Text) || !node.data.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        const sticks = isTurned
          ? text.top < box.top - TOLERANCE || text.bottom > box.bottom + TOLERANCE
          : text.left < box.left - TOLERANCE || text.right > box.right + TOLERANCE;
        if (sticks) problems.push(`text wider than its box: ${describe(element)}`);
        if (code && !isBeside(text, code.getBoundingClientRect())) problems.push(`text under the code: ${describe(element)}`);
      }
    }
    const cards = [...document.querySelectorAll("main .lessons > *")].map((card) => card.getBoundingClientRect());
    cards.forEach((card, index) => {
      const under = cards.slice(0, index).find((other) => !isBeside(card, other));
      if (under) problems.push(`lesson ${index} overlaps another one`);
    });
    return problems;
  }, root);
}

async function tooSmall({ page }: Screen): Promise<string[]> {
  return page.evaluate((sizes) => {
    const problems: string[] = [];
    for (const [selector, least] of Object.entries(sizes)) {
      for (const element of document.querySelectorAll(selector)) {
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        if (element.textContent?.trim() && size < least) problems.push(`${element.className || element.tagName}: ${size}px`);
      }
    }
    return problems;
  }, LEAST_SIZES);
}

const RATIO = { expected: 7 };

async function faults({ page }: Screen): Promise<string[]> {
  const { violations, incomplete } = await lookOver(
    page,
    { rules: { "color-contrast-enhanced": { enabled: true } } },
    // Large letters are let off with less than 7:1 otherwise.
    { checks: [{ id: "color-contrast-enhanced", options: { contrastRatio: { normal: RATIO, large: RATIO } } }] },
  );
  // What axe cannot decide about contrast counts as a fault: nothing here needs to be undecidable.
  const undecided = incomplete.filter(({ id }) => id.startsWith("color-contrast"));
  return [...violations, ...undecided].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" ")}`,
  );
}
