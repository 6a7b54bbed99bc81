/** A value that changes, and can go back. */
export interface History<T> {
  readonly now: T;
  /** What it was, the oldest first. */
  readonly past: readonly T[];
  /** What was taken back, the next first. */
  readonly future: readonly T[];
}

/** A history that begins. */
export function begin<T>(now: T): History<T> {
  return { now, past: [], future: [] };
}

/** A change. What was taken back before it is gone. */
export function change<T>({ now, past }: History<T>, next: T): History<T> {
  return { now: next, past: [...past, now], future: [] };
}

/** The last change taken back; the same history where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { now: before, past: history.past.slice(0, -1), future: [history.now, ...history.future] };
}

/** What was taken back last made again; the same history where there is none. */
export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { now: next, past: [...history.past, history.now], future };
}
