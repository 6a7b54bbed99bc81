/** Where lessons stand on the board: pure numbers, drawn by the board. */

/** What has a start and an end, `HH:MM`. */
interface Span {
  start: string;
  end: string;
}

/** Minutes in one column of the board. */
export const COLUMN_MINUTES = 5;

/** The hours that a board shows, from and to, as minutes since midnight. */
export interface Hours {
  from: number;
  to: number;
}

/** `"09:30"` as minutes since midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The end of a lesson, which is the next day's where it is before the start. */
export function endOf({ start, end }: Span): number {
  const until = minutesOf(end);
  return until < minutesOf(start) ? 24 * 60 : until;
}

/** The full hours that hold all lessons; the usual day where there are none. */
export function hoursOf(lessons: readonly Span[]): Hours {
  if (lessons.length === 0) return { from: 8 * 60, to: 16 * 60 };
  const from = Math.min(...lessons.map(({ start }) => minutesOf(start)));
  const to = Math.max(...lessons.map(endOf));
  return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
}

/** The columns of a lesson, the first being 1, for `grid-column`. */
export function columnsOf(lesson: Span, { from }: Hours): { first: number; after: number } {
  const first = Math.floor((minutesOf(lesson.start) - from) / COLUMN_MINUTES) + 1;
  // A lesson that takes no time is still to be seen.
  return { first, after: Math.max(Math.ceil((endOf(lesson) - from) / COLUMN_MINUTES) + 1, first + 3) };
}

/** Puts lessons that overlap below each other: the lane of each, the first being 0. */
export function lanesOf(lessons: readonly Span[]): number[] {
  const ends: number[] = [];
  const order = lessons.map((_, index) => index).sort((a, b) => startOf(lessons[a]) - startOf(lessons[b]));
  const lanes: number[] = lessons.map(() => 0);
  for (const index of order) {
    const lesson = lessons[index];
    if (!lesson) continue;
    const free = ends.findIndex((end) => end <= minutesOf(lesson.start));
    const lane = free === -1 ? ends.length : free;
    ends[lane] = endOf(lesson);
    lanes[index] = lane;
  }
  return lanes;
}

function startOf(span: Span | undefined): number {
  return span ? minutesOf(span.start) : 0;
}
