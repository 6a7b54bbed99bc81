/** After as long without a touch, whoever is signed in is signed out: in milliseconds. */
export const IDLE_AFTER = 30 * 60_000;

/** The events by which somebody is seen to do something. */
export const TOUCHES = ["pointerdown", "keydown", "wheel", "dragover"];

/** The event by which a frame within the page tells that somebody does something there, of which the page hears nothing else. */
export const TOUCHED_IN_FRAME = "touchedinframe";

/** What tells time, and calls back later. */
export interface Timer {
  now: () => number;
  later: (task: () => void, milliseconds: number) => void;
}

/**
 * Calls `leave`, once, when nobody has done anything for so long.
 *
 * It compares clocks rather than trusting a timer, which sleeps with the machine: whoever touches it after that is late, too.
 *
 * @returns To be called whenever something is done.
 */
export function watchIdle(leave: () => void, { now, later }: Timer, after = IDLE_AFTER): () => void {
  let lastTouch = now();
  let hasLeft = false;
  /** Whether it is too late. */
  const isLate = (): boolean => {
    if (hasLeft || now() - lastTouch < after) return hasLeft;
    hasLeft = true;
    leave();
    return true;
  };
  const look = (): void => {
    if (!isLate()) later(look, Math.min(lastTouch + after - now(), 60_000));
  };
  look();
  return () => {
    if (!isLate()) lastTouch = now();
  };
}
