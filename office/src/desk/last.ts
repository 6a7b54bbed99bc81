import type { Desk } from "./desk";

/** The last of each kind of thing that a desk has begun. */
const lastOf = new WeakMap<Desk, Map<string, symbol>>();

/**
 * Notes that a desk begins something.
 *
 * @returns Whether nothing of the same kind was begun since: the end of an earlier one must not be told as the later's.
 */
export function begun(desk: Desk, kind: string): () => boolean {
  const last = lastOf.get(desk) ?? new Map<string, symbol>();
  const own = Symbol();
  lastOf.set(desk, last.set(kind, own));
  return () => last.get(kind) === own;
}
