/** Measures the lessons of a start as the browser really draws them, and lays them out on pages. */

import { type Block, type Page, paginate } from "../paging";
import type { Start } from "../programme";
import { element } from "./dom";
import { type Layout, type Setting, sectionsOf, startPage } from "./pages";

/**
 * The pages of a start, drawn larger where all its lessons then still fit on one.
 *
 * @param main Where the pages will be shown: its size is theirs.
 */
export function layOut(start: Start, main: HTMLElement, setting: Setting): Layout {
  const roomy = pagesOf(start, main, setting, true);
  if (roomy.length === 1) return { pages: roomy, isRoomy: true };
  return { pages: pagesOf(start, main, setting, false), isRoomy: false };
}

function pagesOf(start: Start, main: HTMLElement, setting: Setting, isRoomy: boolean): Page[] {
  let { blocks, capacity, gap } = measure(start, main, setting, isRoomy, () => 1);
  const tooHigh = (lesson: number) => heightOf(blocks[lesson]) > capacity;
  // A split lesson also says which part it is, and that takes room of its own.
  if (blocks.some((_, lesson) => tooHigh(lesson))) {
    ({ blocks, capacity, gap } = measure(start, main, setting, isRoomy, (lesson) => (tooHigh(lesson) ? 2 : 1)));
  }
  return paginate(blocks, capacity, gap);
}

function heightOf(block: Block | undefined): number {
  return block ? block.sectionHeight + block.head + block.rows.reduce((sum, { height }) => sum + height, 0) : 0;
}

interface Measures {
  blocks: Block[];
  /** Height that a page has for lessons. */
  capacity: number;
  gap: number;
}

/** Draws all lessons on one page that nobody sees, each as one of `partsOf` parts, and takes its measures. */
function measure(start: Start, main: HTMLElement, setting: Setting, isRoomy: boolean, partsOf: (lesson: number) => number): Measures {
  const whole = start.lessons.map(({ participants }, lesson) => ({
    lesson,
    from: 0,
    to: participants.length,
    part: 1,
    parts: partsOf(lesson),
  }));
  // Two pages, so that the heading has the height that it has with a page number.
  const page = startPage(start, { pages: [whole, []], isRoomy }, 0, setting);
  const trial = element("div", { class: "trial", "aria-hidden": "true" }, page);
  main.append(trial);
  const list = page.querySelector<HTMLElement>(".lessons") as HTMLElement;
  const gap = Number.parseFloat(getComputedStyle(list).rowGap);
  const capacity = main.clientHeight - list.offsetTop;
  const blocks = blocksOf(start, list, gap);
  trial.remove();
  return { blocks, capacity, gap };
}

function blocksOf(start: Start, list: HTMLElement, gap: number): Block[] {
  const sections = sectionsOf(start);
  const sectionHeight = list.querySelector<HTMLElement>(".section")?.offsetHeight;
  const cards = list.querySelectorAll<HTMLElement>(".lesson");
  return start.lessons.map(({ end }, index) => {
    const card = cards[index] as HTMLElement;
    const rows = rowsOf(card);
    const people = rows.reduce((sum, { height }) => sum + height, 0);
    return {
      section: sections.has(end) ? end : "",
      sectionHeight: sectionHeight === undefined ? 0 : sectionHeight + gap,
      head: card.offsetHeight - people,
      rows,
    };
  });
}

/** Rows as they were broken: participants whose tops agree stand in one row. */
function rowsOf(card: HTMLElement): Block["rows"] {
  const rows: (Block["rows"][number] & { top: number })[] = [];
  for (const item of card.querySelectorAll("li")) {
    const row = rows[rows.length - 1];
    if (row && Math.abs(row.top - item.offsetTop) < 2) {
      row.participants += 1;
      row.height = Math.max(row.height, item.offsetHeight);
    } else {
      rows.push({ top: item.offsetTop, height: item.offsetHeight, participants: 1 });
    }
  }
  return rows.map(({ height, participants }) => ({ height, participants }));
}
