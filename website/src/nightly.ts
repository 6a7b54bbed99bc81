/** Loads the page anew once a night, so that new versions arrive and weeks leave nothing behind. */

import { MINUTE, nextAt } from "../../common/clock";

const FROM = "03:30";
const RETRY_FOR = 90 * MINUTE;
const RETRY_EVERY = 10 * MINUTE;

export interface NightlyOptions {
  now: () => number;
  /** The school's time zone, as far as it is known by then. */
  zone: () => string;
  /** Whether the server can be heard at this moment: without it a reload could only lose. */
  serverAnswers: () => Promise<boolean>;
  reload: () => void;
  /** `setTimeout`. */
  later: (task: () => void, milliseconds: number) => unknown;
}

/** Waits for the night. When the server is silent it asks again for a while, and otherwise leaves it to the next night. */
export function reloadNightly(options: NightlyOptions): void {
  const { now, zone, later } = options;
  const start = nextAt(FROM, now(), zone());
  later(() => tryReload(options, start + RETRY_FOR), start - now());
}

async function tryReload(options: NightlyOptions, until: number): Promise<void> {
  const { now, later, reload, serverAnswers } = options;
  if (await serverAnswers()) {
    reload();
    return;
  }
  if (now() + RETRY_EVERY <= until) later(() => tryReload(options, until), RETRY_EVERY);
  else reloadNightly(options);
}
