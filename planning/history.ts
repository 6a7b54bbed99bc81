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

/** The history with each of its values made anew; steps that make no difference any more are left out. */
export function mapped<T>({ now, past, future }: History<T>, anew: (value: T) => T, isSame: (one: T, other: T) => boolean): History<T> {
  const here = anew(now);
  const differing = (values: readonly T[]) =>
    values.filter((value, place) => !isSame(value, place === 0 ? here : (values[place - 1] as T)));
  return { now: here, past: differing(past.map(anew).reverse()).reverse(), future: differing(future.map(anew)) };
}
