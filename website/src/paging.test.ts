import assert from "node:assert/strict";
import { areHeld, type Block, type Column, paginate } from "./paging";

const GAP = 10;
const block = (rows = 1, change: Partial<Block> = {}): Block => ({
  section: "",
  sectionHeight: 0,
  head: 100,
  rows: Array.from({ length: rows }, () => ({ height: 50, participants: 2 })),
  ...change,
});
const blocks = (count: number, rows = 1) => Array.from({ length: count }, () => block(rows));

/** The columns of all pages, in order. */
const columnsOf = (all: Block[], capacity: number, columns = 1) => paginate(all, capacity, GAP, columns).flat();

/** How high a column becomes, drawn as the display draws it. */
function heightOf(column: Column, all: Block[]): number {
  let height = 0;
  let above: string | undefined;
  for (const { lesson, from, to } of column) {
    const { section, sectionHeight, head, rows } = all[lesson] as Block;
    if (above !== undefined) height += GAP;
    if (section !== above) height += sectionHeight;
    above = section;
    let first = 0;
    for (const row of rows) {
      if (first >= from && first < to) height += row.height;
      first += row.participants;
    }
    height += head;
  }
  return height;
}

/** Every participant of every lesson, in the order of the columns. */
const places = (columns: Column[]) =>
  columns.flat().flatMap(({ lesson, from, to }) => Array.from({ length: to - from }, (_, index) => `${lesson}:${from + index}`));

describe("paging", () => {
  it("keeps on one page what fits on one", () => {
    assert.deepEqual(
      columnsOf(blocks(3), 470).map((page) => page.length),
      [3],
    );
  });

  it("takes a further page for a single pixel too much", () => {
    assert.equal(columnsOf(blocks(3), 469).length, 2);
  });

  it("fills pages about equally instead of leaving a rest on the last", () => {
    const sizes = columnsOf(blocks(13), 6 * 150 + 5 * GAP).map((page) => page.length);
    assert.equal(sizes.length, 3);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 2, sizes.join());
  });

  it("splits a lesson only when it is higher than a page", () => {
    const all = [...blocks(4), block(16), ...blocks(2)];
    const pieces = columnsOf(all, 900).flat();
    assert.ok(pieces.every(({ parts }) => parts === 1));
  });

  it("splits a lesson of 40 participants over pages and numbers the parts", () => {
    const all = [block(20)];
    const pages = columnsOf(all, 600);
    assert.deepEqual(
      pages.flat().map(({ part, parts }) => `${part}/${parts}`),
      ["1/2", "2/2"],
    );
    assert.equal(places(pages).length, 40);
  });

  it("repeats a section's heading on each page, and counts its height", () => {
    const all = blocks(6).map((one) => ({ ...one, section: "10:50", sectionHeight: 80 }));
    const pages = columnsOf(all, 400);
    assert.deepEqual(
      pages.map((page) => page.length),
      [2, 2, 2],
    );
  });

  it("fills the columns of all its pages about equally, and takes no further page for it", () => {
    const pages = paginate(blocks(13), 6 * 150 + 5 * GAP, GAP, 2);
    assert.deepEqual(
      pages.map((page) => page.map((column) => column.length)),
      [
        [4, 4],
        [4, 1],
      ],
    );
  });

  it("spreads what fits into one column over all columns of the page", () => {
    assert.deepEqual(
      columnsOf(blocks(4), 1000, 2).map((column) => column.length),
      [2, 2],
    );
  });

  it("has a page for a lesson without participants", () => {
    assert.deepEqual(columnsOf([block(0)], 400), [[{ lesson: 0, from: 0, to: 0, part: 1, parts: 1 }]]);
  });

  it("shows everybody exactly once, in order, on pages that are never too high, whatever the lessons", () => {
    let seed = 1;
    const random = (limit: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % limit;
    };
    for (let round = 0; round < 300; round++) {
      const all = Array.from({ length: 1 + random(60) }, (_, index) => ({
        section: `${Math.floor(index / 7)}`,
        sectionHeight: random(2) * 90,
        head: 100 + random(200),
        rows: Array.from({ length: random(30) }, () => ({ height: 40 + random(90), participants: 1 + random(2) })),
      }));
      const columns = 1 + random(3);
      const pages = paginate(all, 1400, GAP, columns);
      assert.ok(pages.every((page) => page.length <= columns));
      const expected = all.flatMap(({ rows }, lesson) =>
        Array.from({ length: rows.reduce((sum, row) => sum + row.participants, 0) }, (_, index) => `${lesson}:${index}`),
      );
      assert.deepEqual(places(pages.flat()), expected);
      for (const column of pages.flat()) assert.ok(heightOf(column, all) <= 1400, `round ${round}`);
      assert.deepEqual([...new Set(pages.flat(2).map(({ lesson }) => lesson))], [...all.keys()]);
    }
  });

  it("says whether a lesson is too high for a column even when it is split", () => {
    assert.equal(areHeld([block(16)], 150), true);
    assert.equal(areHeld([...blocks(3), block(1, { head: 101 })], 150), false);
    assert.equal(areHeld([block(1, { section: "10:50", sectionHeight: 1 })], 150), false);
  });
});
