/** The true time: the device's own clock, put right by what the server says. */

import { MINUTE } from "../../common/clock";
import type { Store } from "./feed";

/** How far a measurement may be off, in milliseconds: headers know whole seconds, and an answer takes its time. */
const TOLERANCE = 5000;

/** How far a clock may be wrong without a word, in milliseconds. */
const WORTH_SAYING = 2 * MINUTE;

export interface TimekeeperOptions {
  /** The device's clock, in milliseconds. */
  device: () => number;
  store: Pick<Store, "heardAt" | "clockAhead" | "setClockAhead">;
}

export class Timekeeper {
  /** How far the device's clock is ahead of the true time, in milliseconds; negative when it is behind. */
  private ahead: number;

  /**
   * Begins with what was known before the page was loaded.
   *
   * A clock that stands before the moment at which the server was last heard is wrong for certain: such a device lost its time together
   * with its power, and it cannot be earlier than that moment.
   */
  constructor(private readonly options: TimekeeperOptions) {
    const { device, store } = options;
    this.ahead = store.clockAhead() ?? 0;
    this.ahead = Math.min(this.ahead, device() - (store.heardAt() ?? Number.NEGATIVE_INFINITY));
  }

  /** The true time, in milliseconds. */
  now(): number {
    return this.options.device() - this.ahead;
  }

  /** How far the device's clock is ahead (or, negative, behind), in milliseconds, where that is worth saying. */
  wrongBy(): number | undefined {
    return Math.abs(this.ahead) > WORTH_SAYING ? this.ahead : undefined;
  }

  /**
   * Takes in what the server says of the time in an answer that has just come.
   *
   * `Date` is when the answer was made, and `Age` how long CloudFront has kept it since (RFC 9111, 5.1).
   *
   * @param took How long the answer took to come, in milliseconds.
   */
  hear(headers: Pick<Headers, "get">, took: number): void {
    const made = Date.parse(headers.get("Date") ?? "");
    if (Number.isNaN(made)) return;
    const age = Number(headers.get("Age") ?? 0) * 1000 || 0;
    const measured = this.options.device() - took / 2 - (made + age);
    if (Math.abs(measured - this.ahead) <= TOLERANCE) return;
    this.ahead = Math.abs(measured) <= TOLERANCE ? 0 : measured;
    this.options.store.setClockAhead(this.ahead);
  }
}
