/** The browser's cache as the place where good documents outlive a reload. */

import { MINUTE } from "./clock";
import type { Store, Stored } from "./feed";

const CACHE = "documents";
const HEARD_AT = "heard-at";

/** The browser's own; its methods fail where the browser offers no cache. */
export function browserStore(): Store {
  const open = () => (globalThis.caches ? caches.open(CACHE) : Promise.reject(new Error("no cache")));
  let written = 0;
  return {
    async get(path: string): Promise<Stored | undefined> {
      const found = await (await open()).match(`/${path}`);
      return found && { text: await found.text(), etag: found.headers.get("ETag") };
    },
    async put(path: string, { text, etag }: Stored): Promise<void> {
      await (await open()).put(`/${path}`, new Response(text, { headers: etag ? { ETag: etag } : {} }));
    },
    async keep(isKept: (path: string) => boolean): Promise<void> {
      const cache = await open();
      for (const { url } of await cache.keys()) if (!isKept(new URL(url).pathname.slice(1))) await cache.delete(url);
    },
    heardAt(): number | undefined {
      const value = Number(storage()?.getItem(HEARD_AT) ?? Number.NaN);
      return Number.isFinite(value) ? value : undefined;
    },
    setHeardAt(instant: number): void {
      // Once a minute is exact enough, and spares the disk.
      if (Math.abs(instant - written) < MINUTE) return;
      written = instant;
      try {
        storage()?.setItem(HEARD_AT, String(instant));
      } catch {
        // A full disk must not stop the display.
      }
    },
  };
}

/** A store that keeps nothing. */
export function noStore(): Store {
  return {
    get: async () => undefined,
    put: async () => undefined,
    keep: async () => undefined,
    heardAt: () => undefined,
    setHeardAt: () => undefined,
  };
}

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
