/** Looks over a whole screen as its readers would: all there, large enough, readable, and accessible. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Screen } from "./screen";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

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

/** Elements that stick out of the screen or of an element around them, texts that do not fit, and lessons that overlap. */
export async function outOfPlace({ page }: Pick<Screen, "page">): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const TOLERANCE = 1;
    const describe = (element: Element) => `${element.tagName}.${element.className} "${String(element.textContent).slice(0, 30)}"`;
    const sticksOut = (inner: DOMRect, outer: DOMRect) =>
      inner.left < outer.left - TOLERANCE ||
      inner.right > outer.right + TOLERANCE ||
      inner.top < outer.top - TOLERANCE ||
      inner.bottom > outer.bottom + TOLERANCE;
    const screen = new DOMRect(0, 0, innerWidth, innerHeight);
    for (const element of document.querySelectorAll("#picture, #picture *")) {
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
        if (text.left < box.left - TOLERANCE || text.right > box.right + TOLERANCE)
          problems.push(`text wider than its box: ${describe(element)}`);
      }
    }
    const cards = [...document.querySelectorAll("main .lessons > *")].map((card) => card.getBoundingClientRect());
    cards.forEach((card, index) => {
      const above = cards[index - 1];
      if (above && card.top < above.bottom) problems.push(`lesson ${index} overlaps the one above`);
    });
    return problems;
  });
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

async function faults({ page }: Screen): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const ratio = { expected: 7 };
    axe.configure({
      // Large letters are let off with less than 7:1 otherwise.
      checks: [{ id: "color-contrast-enhanced", options: { contrastRatio: { normal: ratio, large: ratio } } }],
    });
    return axe.run(document, { rules: { "color-contrast-enhanced": { enabled: true } } }) as Promise<AxeResults>;
  });
  // What axe cannot decide about contrast counts as a fault: nothing here needs to be undecidable.
  const undecided = results.incomplete.filter(({ id }) => id.startsWith("color-contrast"));
  return [...results.violations, ...undecided].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" ")}`,
  );
}
