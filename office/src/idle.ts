/** After as long without a touch, whoever is signed in is signed out: in milliseconds. */
export const IDLE_AFTER = 30 * 60_000;

/** What tells time, and calls back later. */
export interface Timer {
  now: () => number;
  later: (task: () => void, milliseconds: number) => void;
}

/**
 * Calls `leave` once nobody has done anything for so long.
 *
 * It compares clocks rather than trusting a timer, which sleeps with the machine.
 *
 * @returns To be called whenever something is done.
 */
export function watchIdle(leave: () => void, { now, later }: Timer, after = IDLE_AFTER): () => void {
  let lastTouch = now();
  const look = (): void => {
    const left = lastTouch + after - now();
    if (left <= 0) leave();
    else later(look, Math.min(left, 60_000));
  };
  look();
  return () => {
    lastTouch = now();
  };
}
