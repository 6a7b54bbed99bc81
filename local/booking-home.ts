import { publishedIndex } from "../stack/published";
import type { SampleFile } from "../stack/sample";
import { type BookingServer, type Mood, startBookingServer } from "./booking-server";
import type { Emulator } from "./emulator";

/** A booking server beside the stack, which the stack fetches from every minute. */
export interface BookingHome {
  /** Starts the server, and says with which settings the stack finds it. */
  beside(emulator: Emulator): Promise<Record<string, string>>;
  /** Turns its mood every minute, and tells of each turn and of each export that reaches the screen, until `stop`. */
  live(website: string, say: (line: string) => void): void;
  stop(): Promise<void>;
  /** What `beside` said. */
  readonly settings: Record<string, string>;
}

/** One minute of its day: how it answers, and whether somebody has booked or cancelled meanwhile. */
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

const TURN_MS = 60_000;
const LOOK_MS = 1000;
const BUSY_SECONDS = 90;

/** Orders of which one in this many is cancelled at a time. */
const CANCELLED = 7;

/** A booking server with the bookings of a season. */
export function bookingHome(season: SampleFile): BookingHome {
  let server: BookingServer | undefined;
  let settings: Record<string, string> = {};
  const timers: NodeJS.Timeout[] = [];
  return {
    get settings() {
      return settings;
    },

    async beside({ certificate, key }) {
      server = await startBookingServer({ certificate, key, export: season.body, busySeconds: BUSY_SECONDS });
      settings = {
        "goldsport-scheduler:exportUrl": server.url,
        "goldsport-scheduler:exportEveryMinutes": "1",
        // The embedded AWS reads a schedule's times in UTC: where every hour is open, that is no matter.
        "goldsport-scheduler:openingHours": "00:00-24:00",
      };
      return settings;
    },

    live(website, say) {
      let turn = 0;
      let shown: string | undefined;
      const next = () => {
        const [mood, changed] = TURNS[turn % TURNS.length] as [Mood, boolean];
        turn += 1;
        Object.assign(server ?? {}, { mood, ...(changed && { export: withoutSome(season.body, turn) }) });
        say(`booking server: ${mood}${changed ? ", and its bookings changed" : ""}`);
      };
      const look = async () => {
        // The website may be gone already when all ends.
        const index = await publishedIndex(website).catch(() => undefined);
        const key = index?.orders?.key;
        if (key !== undefined && key !== shown) {
          say(`on the screen:  ${key}`);
          shown = key;
        }
      };
      next();
      timers.push(setInterval(next, TURN_MS), setInterval(look, LOOK_MS));
    },

    async stop() {
      timers.forEach(clearInterval);
      await server?.stop();
    },
  };
}

/** The season's export without the orders that are cancelled at a turn. */
function withoutSome(body: string, turn: number): string {
  const [header = "", ...rows] = body.split("\r\n");
  return [header, ...rows.filter((row) => row === "" || Number.parseInt(row, 10) % CANCELLED !== turn % CANCELLED)].join("\r\n");
}
