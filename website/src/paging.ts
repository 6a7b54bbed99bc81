/** Splits the lessons of a start over pages so that nothing is ever cut off. All heights are in pixels. */

/** A lesson as it was measured. */
export interface Block {
  /** Lessons of one section stand under one heading, which each column repeats. */
  section: string;
  /** Height of the section's heading with the gap below it; 0 where there is none. */
  sectionHeight: number;
  /** Height without participants: type, instructor, level, place, padding. */
  head: number;
  /** Rows of participants, from the top. */
  rows: { height: number; participants: number }[];
}

/** A lesson, or a part of one, in a column. */
export interface Piece {
  /** Index of the lesson. */
  lesson: number;
  /** Participants `from` up to, and without, `to`. */
  from: number;
  to: number;
  /** From 1, of how many: a lesson is split only when it is higher than a column. */
  part: number;
  parts: number;
}

/** Pieces below each other. */
export type Column = Piece[];

/** Columns beside each other. */
export type Page = Column[];

/**
 * Lays blocks out on as few pages as hold them, in columns that are about equally full.
 *
 * @param capacity Height of a column.
 * @param gap Height between two lessons.
 * @param columns How many columns a page has; the last page may have fewer.
 */
export function paginate(blocks: readonly Block[], capacity: number, gap: number, columns: number): Page[] {
  const pieces = blocks.flatMap((block, index) => split(block, index, capacity));
  const fewest = fill(pieces, blocks, capacity, gap);
  const room = Math.ceil(fewest.length / columns) * columns;
  let low = Math.max(...pieces.map(({ height }) => height), 0);
  let high = capacity;
  let best = fewest;
  // The least height that needs no further page spreads the lessons evenly.
  while (high - low > 1) {
    const middle = (low + high) / 2;
    const filled = fill(pieces, blocks, middle, gap);
    if (filled.length > room) {
      low = middle;
    } else {
      best = filled;
      high = middle;
    }
  }
  const filled = best.map((column) => column.map(({ piece }) => piece));
  return Array.from({ length: Math.ceil(filled.length / columns) }, (_, page) => filled.slice(page * columns, (page + 1) * columns));
}

/** Whether every lesson, split where it can be, is at most as high as a column. */
export function areHeld(blocks: readonly Block[], capacity: number): boolean {
  return blocks.every((block, index) => split(block, index, capacity).every(({ height }) => height <= capacity));
}

/** A piece and its height together with a section's heading. */
interface Measured {
  piece: Piece;
  height: number;
}

function split(block: Block, lesson: number, capacity: number): Measured[] {
  const room = capacity - block.sectionHeight - block.head;
  const cuts: { participants: number; height: number }[] = [{ participants: 0, height: 0 }];
  for (const row of block.rows) {
    let last = cuts[cuts.length - 1] as { participants: number; height: number };
    if (last.participants > 0 && last.height + row.height > room) {
      last = { participants: 0, height: 0 };
      cuts.push(last);
    }
    last.participants += row.participants;
    last.height += row.height;
  }
  let from = 0;
  return cuts.map(({ participants, height }, index) => {
    const piece = { lesson, from, to: from + participants, part: index + 1, parts: cuts.length };
    from += participants;
    return { piece, height: block.sectionHeight + block.head + height };
  });
}

function fill(pieces: readonly Measured[], blocks: readonly Block[], capacity: number, gap: number): Measured[][] {
  const columns: Measured[][] = [];
  let used = 0;
  for (const measured of pieces) {
    const column = columns[columns.length - 1];
    const above = column?.[column.length - 1];
    const block = blocks[measured.piece.lesson] as Block;
    const underSameHeading = above && blocks[above.piece.lesson]?.section === block.section;
    const height = gap + measured.height - (underSameHeading ? block.sectionHeight : 0);
    if (column && used + height <= capacity) {
      column.push(measured);
      used += height;
    } else {
      columns.push([measured]);
      used = measured.height;
    }
  }
  return columns;
}
