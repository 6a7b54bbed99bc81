/** Whether the server can be heard, and how loudly the display says that it cannot. */

import { MINUTE } from "../../common/clock";

export type Hearing = "heard" | "mark" | "band";

const MARK_AFTER = 2 * MINUTE;
const BAND_AFTER = 30 * MINUTE;

/**
 * @param heardAt When the server last gave a usable answer, in milliseconds. How old its data is does not matter: a school that uploads once
 * a morning is heard all day.
 */
export function hearing(heardAt: number, now: number): Hearing {
  const silence = now - heardAt;
  if (silence >= BAND_AFTER) return "band";
  return silence >= MARK_AFTER ? "mark" : "heard";
}
