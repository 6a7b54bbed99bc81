import { setTimeout as delay } from "node:timers/promises";
import { sentence } from "../stack/command";
import { fetchesSince, fetchNow } from "../stack/fetching";
import { published, publishedIndex, publishedText } from "../stack/published";
import type { Stack } from "../stack/stack";
import { type BookingServer, type Mood, startBookingServer } from "./booking-server";
import type { Emulator } from "./emulator";

/** A booking server beside the stack, which the stack fetches from. */
export interface BookingHome {
  /** Starts the server, and says with which settings the stack finds it. */
  beside(emulator: Emulator): Promise<Record<string, string>>;
  /** Turns its mood, and tells of each turn, of each fetch and of each export that reaches the screen, until `stop`. */
  live(stack: Stack, say: (line: string) => void): Promise<void>;
  stop(): Promise<void>;
}

/** One turn of its day: how it answers, and whether somebody has booked or cancelled meanwhile. */
const TURNS: [mood: Mood, changed: boolean][] = [
  ["well", true],
  ["well", false],
  ["error", true],
  ["well", true],
  ["slow", true],
  ["half", true],
  ["page", true],
  ["nothing", true],
  ["elsewhere", true],
  ["without-validators", true],
  ["without-validators", false],
  ["busy", true],
];

/** Each mood in words. */
const ANSWERS: Record<Mood, string> = {
  well: "it answers as it should",
  error: "it answers 500",
  slow: "it is slow",
  half: "it breaks off halfway",
  page: "it answers with a web page",
  nothing: "it answers with nothing",
  elsewhere: "it sends on to another host",
  "without-validators": "it knows neither ETag nor Last-Modified",
  busy: "it asks to be left alone",
};

/** How often EventBridge Scheduler can call the function: for shorter turns, it is called here. */
export const SCHEDULE_SECONDS = 60;

const LOOK_MS = 1000;

/** Longer than a run waits by itself. */
const LEAST_BUSY_SECONDS = 45;

/** Orders of which one in this many is cancelled at a time. */
const CANCELLED = 7;

/**
 * A booking server with the bookings of a season.
 *
 * @param season An export of ours.
 * @param turnSeconds How long a mood lasts. From a minute on, the stack's own schedule fetches; below, each turn has its export fetched once.
 */
export function bookingHome(season: string, turnSeconds: number): BookingHome {
  const isScheduled = turnSeconds >= SCHEDULE_SECONDS;
  const ended = new AbortController();
  let server: BookingServer | undefined;
  let looks: NodeJS.Timeout | undefined;

  const turnTo = (turn: number): string => {
    const [mood, changed] = TURNS[turn % TURNS.length] as [Mood, boolean];
    Object.assign(server ?? {}, { mood, ...(changed && { export: withoutSome(season, turn) }) });
    return `booking server: ${ANSWERS[mood]}; its bookings ${changed ? "have changed" : "are the same"}`;
  };

  return {
    async beside({ certificate, key }) {
      const busySeconds = Math.max(LEAST_BUSY_SECONDS, 1.5 * turnSeconds);
      server = await startBookingServer({ certificate, key, export: season, busySeconds });
      return {
        "goldsport-scheduler:exportUrl": server.url,
        "goldsport-scheduler:exportEveryMinutes": "1",
        // The embedded AWS reads a schedule's times in UTC: where every hour is open, that is no matter.
        "goldsport-scheduler:openingHours": isScheduled ? "00:00-24:00" : "00:00-00:01",
      };
    },

    async live(stack, say) {
      const look = lookout(stack, say);
      await look();
      looks = setInterval(look, LOOK_MS);
      for (let turn = 0; !ended.signal.aborted; turn += 1) {
        say(turnTo(turn));
        if (!isScheduled) {
          await fetchAndShow(stack).catch((error) => ended.signal.aborted || say(sentence(error)));
          await look();
        }
        await delay(1000 * turnSeconds, undefined, { signal: ended.signal }).catch(() => {});
      }
    },

    async stop() {
      ended.abort();
      clearInterval(looks);
      await server?.stop();
    },
  };
}

async function fetchAndShow(stack: Stack): Promise<void> {
  const { key } = await fetchNow(stack);
  if (key !== undefined) {
    await published(stack.url, key);
  }
}

/** What looks, one time after the other, for fetches and for exports on the screen that are new, and tells of them. */
function lookout(stack: Stack, say: (line: string) => void): () => Promise<void> {
  let since = Date.now();
  let shown: string | undefined;
  let looking = Promise.resolve();
  const look = async () => {
    // The screen first: what is on it then has been fetched before, and that is told before.
    const index = await publishedIndex(stack.url);
    for (const { at, outcome, what } of await fetchesSince(stack, since)) {
      since = Math.max(since, at + 1);
      say(`fetch:          ${outcome}: ${what}`);
    }
    if (index?.orders && index.orders.key !== shown) {
      shown = index.orders.key;
      say(`on the screen:  ${shown}: ${publishedText(index)}`);
    }
  };
  return () => {
    // Both may be gone already when all ends.
    looking = looking.then(look).catch(() => {});
    return looking;
  };
}

/** The season's export without the orders that are cancelled at a turn. */
function withoutSome(body: string, turn: number): string {
  const [header = "", ...rows] = body.split(/\r?\n/);
  return [header, ...rows.filter((row) => row === "" || Number.parseInt(row, 10) % CANCELLED !== turn % CANCELLED)].join("\r\n");
}
