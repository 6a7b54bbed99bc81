/** Measures the lessons of a start as the browser really draws them, and lays them out on pages. */

import type { Start } from "../../../common/programme";
import { areHeld, type Block, paginate } from "../paging";
import { element } from "./dom";
import { type Layout, type Setting, sectionsOf, startPage } from "./pages";

/** How much larger than necessary lessons may be drawn, where there is room. */
const SIZES = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8];

/** The least width of a column, in pixels: what a lesson needs for its usual words. */
const COLUMN = 860;

/**
 * The pages of a start: as few as hold its lessons, which then are drawn as large as these pages allow.
 *
 * @param main Where the pages will be shown: its size is theirs.
 */
export function layOut(start: Start, main: HTMLElement, setting: Setting): Layout {
  const draw = (format: Format) => drawn(start, main, setting, format);
  const most = Math.max(1, Math.floor(main.clientWidth / COLUMN));
  const layouts = Array.from({ length: most }, (_, fewer) => ({ columns: most - fewer, size: 1, isDense: false }))
    .map(draw)
    // A lesson of words that long does not fit into a narrow column.
    .filter(({ isHeld, columns }) => isHeld || columns === 1);
  // Few lessons may be larger in fewer columns.
  const single = layouts.filter(({ pages }) => pages.length <= 1).map((layout) => grown(layout, draw));
  const [first, ...others] = single;
  if (first) return others.reduce((best, layout) => (layout.size >= best.size ? layout : best), first);
  const { columns } = layouts[0] as Layout;
  return grown(draw({ columns, size: 1, isDense: true }), draw);
}

/** How lessons are to be drawn. */
type Format = Omit<Layout, "pages">;

interface Drawn extends Layout {
  /** Every lesson fits into a column. */
  isHeld: boolean;
  /** How much larger the lessons can be at most: they grow in height at least as much as in size. */
  room: number;
}

/** The same layout in the largest letters that need no further page. */
function grown(layout: Drawn, draw: (format: Format) => Drawn): Layout {
  let best = layout;
  let low = 0;
  let high = SIZES.filter((size) => size <= layout.room).length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const larger = draw({ ...layout, size: SIZES[middle] as number });
    if (larger.isHeld && larger.pages.length <= layout.pages.length) {
      best = larger;
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

function drawn(start: Start, main: HTMLElement, setting: Setting, { columns, size, isDense }: Format): Drawn {
  const format = { columns, size, isDense };
  let { blocks, capacity, gap } = measure(start, main, setting, format, () => 1);
  const tooHigh = (lesson: number) => heightOf(blocks[lesson]) > capacity;
  // A split lesson also says which part it is, and that takes room of its own.
  if (blocks.some((_, lesson) => tooHigh(lesson))) {
    ({ blocks, capacity, gap } = measure(start, main, setting, format, (lesson) => (tooHigh(lesson) ? 2 : 1)));
  }
  const pages = paginate(blocks, capacity, gap, columns);
  const filled = blocks.reduce((sum, block) => sum + heightOf(block) - block.sectionHeight, 0);
  return { ...format, pages, isHeld: areHeld(blocks, capacity), room: (pages.length * columns * capacity) / filled };
}

function heightOf(block: Block | undefined): number {
  return block ? block.sectionHeight + block.head + block.rows.reduce((sum, { height }) => sum + height, 0) : 0;
}

interface Measures {
  blocks: Block[];
  /** Height that a column has for lessons. */
  capacity: number;
  gap: number;
}

/** Draws all lessons in one column of a page that nobody sees, each as one of `partsOf` parts, and takes its measures. */
function measure(start: Start, main: HTMLElement, setting: Setting, format: Format, partsOf: (lesson: number) => number): Measures {
  const whole = start.lessons.map(({ participants }, lesson) => ({
    lesson,
    from: 0,
    to: participants.length,
    part: 1,
    parts: partsOf(lesson),
  }));
  const page = startPage(start, { ...format, pages: [[whole]] }, 0, setting);
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
  const section = list.querySelector<HTMLElement>(".section");
  const sectionHeight = section ? exactHeight(section) + gap : 0;
  const cards = list.querySelectorAll<HTMLElement>(".lesson");
  return start.lessons.map(({ end }, index) => {
    const card = cards[index] as HTMLElement;
    const rows = rowsOf(card);
    const people = rows.reduce((sum, { height }) => sum + height, 0);
    return { section: sections.has(end) ? end : "", sectionHeight, head: exactHeight(card) - people, rows };
  });
}

/** Rows as they were broken: participants whose tops agree stand in one row. */
function rowsOf(card: HTMLElement): Block["rows"] {
  const rows: (Block["rows"][number] & { top: number })[] = [];
  for (const item of card.querySelectorAll("li")) {
    const row = rows[rows.length - 1];
    if (row && Math.abs(row.top - item.offsetTop) < 2) {
      row.participants += 1;
      row.height = Math.max(row.height, exactHeight(item));
    } else {
      rows.push({ top: item.offsetTop, height: exactHeight(item), participants: 1 });
    }
  }
  return rows.map(({ height, participants }) => ({ height, participants }));
}

/** Height with its fraction of a pixel, before the picture is scaled and turned. */
function exactHeight(box: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(box).height);
}
