/** Moves the picture slowly by a few pixels, so that no edge burns into the panel. */

import { MINUTE } from "../../common/clock";

/** How far the picture moves from its place, in pixels. */
export const SHIFT = 6;

const PERIOD_X = 60 * MINUTE;
/** No multiple of the other, so that the path comes everywhere. */
const PERIOD_Y = 47 * MINUTE;

/** Where the picture is at `now`, in whole pixels from its place. */
export function shiftAt(now: number): { x: number; y: number } {
  const swing = (period: number) => Math.round(SHIFT * Math.sin((2 * Math.PI * now) / period)) + 0;
  return { x: swing(PERIOD_X), y: swing(PERIOD_Y) };
}
