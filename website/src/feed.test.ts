import assert from "node:assert/strict";
import type { Day } from "../../common/documents";
import { Feed, type FeedOptions, type Store, type Stored } from "./feed";
import { at, day, indexOf, lesson, TODAY } from "./testing/documents";
import { validators } from "./testing/validators";

const VALIDATORS = validators();
const DAY_PATH = `data/days/${TODAY}.json`;
const INDEX_PATH = "data/schedule.json";
const DAY = day([lesson(1, "09:00", "10:50")]);
const CHANGED = day([lesson(1, "09:00", "10:50"), lesson(2, "11:00", "12:50")], { revision: 2, generated_at: "2026-12-27T08:00:00Z" });

/** A server with documents, entity tags and a record of what it was asked. */
class Server {
  readonly documents = new Map<string, string>();
  readonly asked: string[] = [];
  isDown = false;
  status = 200;

  publish(days: Day[], generatedAt = "2026-12-27T06:40:12Z"): void {
    this.documents.clear();
    this.documents.set(INDEX_PATH, JSON.stringify(indexOf(days, { generated_at: generatedAt })));
    for (const one of days) this.documents.set(`data/days/${one.date}.json`, JSON.stringify(one));
  }

  readonly fetch: FeedOptions["fetch"] = async (path, init) => {
    if (this.isDown) throw new TypeError("Failed to fetch");
    assert.equal(init.cache, "no-store", "the browser's cache must not answer");
    const text = this.documents.get(path.slice(1));
    const etag = `"${text?.length}-${text && [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e9, 7)}"`;
    const isKnown = new Headers(init.headers).get("If-None-Match") === etag;
    const status = this.status !== 200 ? this.status : text === undefined ? 404 : isKnown ? 304 : 200;
    this.asked.push(`${path.slice(1)} ${status}`);
    // An error comes with a document too: what counts is the status.
    return new Response(status === 304 ? null : text, { status, headers: { ETag: etag } });
  };

  /** What was asked since the last call. */
  takeAsked(): string[] {
    return this.asked.splice(0);
  }
}

function memoryStore(): Store & { documents: Map<string, Stored>; heard?: number } {
  const documents = new Map<string, Stored>();
  const store: Store & { documents: Map<string, Stored>; heard?: number } = {
    documents,
    get: async (path) => documents.get(path),
    put: async (path, document) => void documents.set(path, document),
    keep: async (isKept) => {
      for (const path of documents.keys()) if (!isKept(path)) documents.delete(path);
    },
    heardAt: () => store.heard,
    clockAhead: () => undefined,
    setClockAhead: () => undefined,
    setHeardAt: (instant) => {
      store.heard = instant;
    },
  };
  return store;
}

describe("feed", () => {
  let server: Server;
  let store: ReturnType<typeof memoryStore>;
  let now: number;
  const newFeed = (change: Partial<FeedOptions> = {}) =>
    new Feed({ fetch: server.fetch, store, validators: VALIDATORS, now: () => now, ...change });

  beforeEach(() => {
    server = new Server();
    store = memoryStore();
    now = at("08:00");
    server.publish([DAY]);
  });

  it("reads the index and the day that it names", async () => {
    const feed = newFeed();
    await feed.look();
    assert.deepEqual(feed.days.get(TODAY), DAY);
    assert.equal(feed.trouble, undefined);
  });

  it("asks with the entity tag, and for a day only when its revision has changed", async () => {
    const feed = newFeed();
    await feed.look();
    assert.deepEqual(server.takeAsked(), [`${INDEX_PATH} 200`, `${DAY_PATH} 200`]);
    await feed.look();
    assert.deepEqual(server.takeAsked(), [`${INDEX_PATH} 304`]);
    server.publish([DAY], "2026-12-27T09:00:00Z");
    await feed.look();
    assert.deepEqual(server.takeAsked(), [`${INDEX_PATH} 200`]);
    server.publish([CHANGED]);
    await feed.look();
    assert.deepEqual(server.takeAsked(), [`${INDEX_PATH} 200`, `${DAY_PATH} 200`]);
    assert.deepEqual(feed.days.get(TODAY), CHANGED);
  });

  it("passes on what usable answers say of the time, before it notes when they were heard", async () => {
    const told: string[] = [];
    const hearTime = (headers: Headers, took: number) => {
      told.push(`${headers.get("ETag") !== null} ${took < 1000}`);
      now = at("08:05");
    };
    const feed = newFeed({ hearTime });
    await feed.look();
    await feed.look();
    assert.deepEqual(told, ["true true", "true true", "true true"], "the index, the day, and the index that is as it was");
    assert.equal(feed.heardAt, at("08:05"));
    server.status = 503;
    await feed.look();
    assert.equal(told.length, 3);
  });

  it("hears the server in a 200 and in a 304, and not in an error or in silence", async () => {
    const feed = newFeed();
    await feed.look();
    now = at("08:01");
    await feed.look();
    assert.equal(feed.heardAt, at("08:01"));
    now = at("08:02");
    server.status = 503;
    await feed.look();
    server.isDown = true;
    await feed.look();
    assert.equal(feed.heardAt, at("08:01"));
    assert.equal(feed.trouble, `${INDEX_PATH}: no connection`);
  });

  it("gives up on a request that gets no answer in time", async () => {
    const silent: FeedOptions["fetch"] = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    const feed = newFeed({ fetch: silent, timeout: 5 });
    // AbortSignal.timeout does not keep the process alive, and nothing else does here.
    const alive = setInterval(() => undefined, 1000);
    await feed.look();
    clearInterval(alive);
    assert.equal(feed.trouble, `${INDEX_PATH}: no answer in time`);
  });

  it("refuses a broken index and a broken day, and keeps the last good ones", async () => {
    const feed = newFeed();
    await feed.look();
    const good = feed.index;
    server.documents.set(INDEX_PATH, "<html>portal</html>");
    await feed.look();
    assert.equal(feed.index, good);
    assert.equal(feed.trouble, `${INDEX_PATH}: not JSON`);
    server.publish([CHANGED]);
    server.documents.set(DAY_PATH, JSON.stringify({ ...CHANGED, lessons: [{}] }));
    await feed.look();
    assert.deepEqual(feed.days.get(TODAY), DAY);
    assert.match(feed.trouble ?? "", /^data\/days.*lessons\/0/);
  });

  it("does not hear the server in a broken index: what answers may be anybody", async () => {
    const feed = newFeed();
    await feed.look();
    now = at("08:30");
    server.documents.set(INDEX_PATH, "<html>portal</html>");
    await feed.look();
    assert.equal(feed.heardAt, at("08:00"));
  });

  it("is as of the index's time, and as of the day's own while the day lags behind", async () => {
    const feed = newFeed();
    server.publish([DAY], "2026-12-27T07:00:00Z");
    await feed.look();
    assert.equal(feed.asOf(TODAY), Date.parse("2026-12-27T07:00:00Z"));
    server.publish([CHANGED], "2026-12-27T08:00:00Z");
    server.documents.delete(DAY_PATH);
    await feed.look();
    assert.equal(feed.asOf(TODAY), Date.parse(DAY.generated_at));
  });

  it("goes on after a reload without the server, as of the same time", async () => {
    await newFeed().look();
    server.isDown = true;
    now = at("08:40");
    const feed = newFeed();
    await feed.restore();
    await feed.look();
    assert.deepEqual(feed.days.get(TODAY), DAY);
    assert.equal(feed.heardAt, at("08:00"));
    assert.equal(feed.asOf(TODAY), Date.parse("2026-12-27T06:40:12Z"));
  });

  it("asks after a reload only for what is new", async () => {
    await newFeed().look();
    server.takeAsked();
    const feed = newFeed();
    await feed.restore();
    await feed.look();
    assert.deepEqual(server.takeAsked(), [`${INDEX_PATH} 304`]);
  });

  it("asks anew for what it cannot read any more", async () => {
    await newFeed().look();
    store.documents.set(DAY_PATH, { text: "{", etag: null });
    const feed = newFeed();
    await feed.restore();
    await feed.look();
    assert.deepEqual(feed.days.get(TODAY), DAY);
  });

  it("holds the next days too, for when the server is away at midnight", async () => {
    const tomorrow = day([lesson(3, "09:00", "10:50", {}, "2026-12-28")], { date: "2026-12-28" });
    server.publish([DAY, tomorrow]);
    const feed = newFeed();
    await feed.look();
    assert.deepEqual([...feed.days.keys()], [TODAY, "2026-12-28"]);
  });

  it("forgets a day that is over, in memory and in the store, even when the server is silent", async () => {
    const feed = newFeed();
    await feed.look();
    now = at("00:01", "2026-12-28");
    server.isDown = true;
    await feed.look();
    assert.deepEqual([...feed.days.keys()], []);
    assert.deepEqual([...store.documents.keys()], [INDEX_PATH]);
  });

  it("forgets a day that the index no longer names", async () => {
    const feed = newFeed();
    await feed.look();
    server.publish([]);
    await feed.look();
    assert.equal(feed.days.size, 0);
  });

  it("works without a store", async () => {
    const broken = async () => {
      throw new Error("no cache");
    };
    store = { ...store, get: broken, put: broken, keep: broken };
    const feed = newFeed();
    await feed.restore();
    await feed.look();
    assert.deepEqual(feed.days.get(TODAY), DAY);
  });
});
