/** The browser's cache as the place where good documents outlive a reload. */

import { MINUTE } from "../../common/clock";
import type { Store, Stored } from "./feed";
import { within } from "./patience";

const CACHE = "documents";
const HEARD_AT = "heard-at";
const CLOCK_AHEAD = "clock-ahead";

/** A cache that takes longer, in milliseconds, is as good as none. */
const PATIENCE = 3000;

/** The browser's own; its methods fail where the browser offers no cache. */
export function browserStore(): Store {
  const open = () => (globalThis.caches ? within(caches.open(CACHE), PATIENCE) : Promise.reject(new Error("no cache")));
  let written = 0;
  return {
    async get(path: string): Promise<Stored | undefined> {
      return within(read(await open(), path), PATIENCE);
    },
    async put(path: string, { text, etag }: Stored): Promise<void> {
      const response = new Response(text, { headers: etag ? { ETag: etag } : {} });
      await within((await open()).put(`/${path}`, response), PATIENCE);
    },
    async keep(isKept: (path: string) => boolean): Promise<void> {
      const cache = await open();
      await within(clear(cache, isKept), PATIENCE);
    },
    heardAt: () => readNumber(HEARD_AT),
    setHeardAt(instant: number): void {
      // Once a minute is exact enough, and spares the disk.
      if (Math.abs(instant - written) < MINUTE) return;
      written = instant;
      writeNumber(HEARD_AT, instant);
    },
    clockAhead: () => readNumber(CLOCK_AHEAD),
    setClockAhead: (milliseconds) => writeNumber(CLOCK_AHEAD, milliseconds),
  };
}

async function read(cache: Cache, path: string): Promise<Stored | undefined> {
  const found = await cache.match(`/${path}`);
  return found && { text: await found.text(), etag: found.headers.get("ETag") };
}

async function clear(cache: Cache, isKept: (path: string) => boolean): Promise<void> {
  for (const { url } of await cache.keys()) if (!isKept(new URL(url).pathname.slice(1))) await cache.delete(url);
}

/** A store that keeps nothing. */
export function noStore(): Store {
  return {
    get: async () => undefined,
    put: async () => undefined,
    keep: async () => undefined,
    heardAt: () => undefined,
    setHeardAt: () => undefined,
    clockAhead: () => undefined,
    setClockAhead: () => undefined,
  };
}

function readNumber(name: string): number | undefined {
  const value = Number(storage()?.getItem(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

function writeNumber(name: string, value: number): void {
  try {
    storage()?.setItem(name, String(value));
  } catch {
    // A full disk must not stop the display.
  }
}

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
