import { setTimeout as delay } from "node:timers/promises";

/** What a server says of a version of its file, to be asked for a newer one. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

/** What a server answered in the end. */
export type Answer = { changed: false } | ({ changed: true; body: Uint8Array } & Validators);

/** Something that keeps an export from being fetched, in one sentence. */
export class FetchError extends Error {
  /**
   * @param retriable Whether the same request may succeed in a moment.
   * @param waitSeconds How long the server asks to be left alone.
   */
  constructor(
    message: string,
    readonly retriable = false,
    readonly waitSeconds = 0,
  ) {
    super(message);
  }
}

/** How to fetch: limits, and what a test puts in the place of time and chance. */
export interface DownloadOptions {
  headers: Record<string, string>;
  /** Of the version that is known; nothing to fetch in any case. */
  validators: Validators;
  /** The most that is read, unpacked. */
  maxBytes: number;
  /** Milliseconds for all attempts together. */
  budgetMs: number;
  /** Milliseconds for one attempt. */
  attemptMs: number;
  /** Waits some milliseconds. @default a timer */
  sleep?: (ms: number) => Promise<unknown>;
  /** From 0 up to 1. @default Math.random */
  random?: () => number;
  /** Now, in milliseconds; for the budget, and for dates in `Retry-After` where the server does not tell its own. @default Date.now */
  now?: () => number;
}

const ATTEMPTS = 3;
const BACKOFF_MS = 1000;
const MOST_REDIRECTS = 5;
const RETRIABLE = [408, 425, 429, 500, 502, 503, 504];
/** What undici and the system call a connection that the other side ends. */
const BROKEN_OFF = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Gets a file by HTTPS when it has changed, patiently: up to three attempts, with a growing wait of random length between them
 * (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter, "full jitter"), or as long as the server asks.
 *
 * @throws FetchError When there is no whole file within the limits; `waitSeconds` says for how long not to ask again.
 */
export async function download(url: string, options: DownloadOptions): Promise<Answer> {
  const { budgetMs, sleep = delay, random = Math.random, now = Date.now } = options;
  const deadline = now() + budgetMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(url, options, Math.min(options.attemptMs, deadline - now()));
    } catch (error) {
      const failure = error instanceof FetchError ? error : new FetchError(networkSentence(error), true);
      const backoff = random() * BACKOFF_MS * 2 ** attempt;
      const wait = failure.waitSeconds > 0 ? failure.waitSeconds * 1000 : backoff;
      if (!failure.retriable || attempt === ATTEMPTS || now() + wait >= deadline) {
        throw failure;
      }
      await sleep(wait);
    }
  }
}

async function attemptOnce(url: string, options: DownloadOptions, ms: number): Promise<Answer> {
  const { validators } = options;
  const signal = AbortSignal.timeout(Math.max(1, Math.floor(ms)));
  const response = await follow(new URL(url), requestHeaders(options), signal);
  if (response.status === 304 && (validators.etag ?? validators.lastModified) !== undefined) {
    return { changed: false };
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    throw statusError(response, options.now ?? Date.now);
  }
  const body = await limited(response, options.maxBytes);
  refusePage(body, response.headers.get("content-type") ?? "");
  const etag = response.headers.get("etag") ?? undefined;
  const lastModified = response.headers.get("last-modified") ?? undefined;
  return { changed: true, body, ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function requestHeaders({ headers, validators: { etag, lastModified } }: DownloadOptions): Record<string, string> {
  return {
    "user-agent": "goldsport-scheduler",
    ...headers,
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
  };
}

/** Follows redirects within one host: what is sent along is for it alone. */
async function follow(from: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let url = from;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await fetch(url, { headers, redirect: "manual", signal });
    const target = REDIRECTS.includes(response.status) ? response.headers.get("location") : null;
    if (target === null) {
      return response;
    }
    await response.body?.cancel();
    const next = new URL(target, url);
    if (next.origin !== from.origin) {
      throw new FetchError(`the server sends on to ${next.origin}, and only ${from.origin} is followed`);
    }
    url = next;
  }
  throw new FetchError(`the server sends on more than ${MOST_REDIRECTS} times`);
}

function statusError(response: Response, now: () => number): FetchError {
  const { status } = response;
  // A date is by the server's clock: this machine's may be wrong.
  const serverNow = Date.parse(response.headers.get("date") ?? "");
  const waitSeconds = retryAfter(response.headers.get("retry-after"), Number.isNaN(serverNow) ? now() : serverNow);
  const wait = waitSeconds > 0 ? `, and asks to wait ${Math.ceil(waitSeconds)} s` : "";
  const hint = status === 401 || status === 403 ? ": exportSecret is not what it takes" : "";
  return new FetchError(
    `the server answers ${status}${wait}${hint}`,
    RETRIABLE.includes(status),
    RETRIABLE.includes(status) ? waitSeconds : 0,
  );
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | null, now: number): number {
  const text = value ?? "";
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.max(0, (at - now) / 1000);
}

/** Reads no further than allowed, so that a body without end takes neither the memory nor the time. */
async function limited(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > maxBytes) {
      throw new FetchError(`the answer is larger than ${maxBytes / 1024 ** 2} MiB`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function refusePage(body: Uint8Array, contentType: string): void {
  const head = Buffer.from(body.subarray(0, 512))
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (head === "" && body.byteLength < 512) {
    throw new FetchError("the server answers with nothing", true);
  }
  if (/^text\/html|^application\/xhtml/i.test(contentType) || /^<(!doctype html|html|head|body)/i.test(head)) {
    throw new FetchError("the server answers with a web page, not an export");
  }
}

/** What a failed connection says, without the address: it may hold what is nobody's business. */
function networkSentence(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === "TimeoutError") {
    return "the server does not answer in time";
  }
  const why = cause?.code ?? cause?.message ?? message;
  return BROKEN_OFF.includes(why) ? "the connection breaks off" : `the connection fails: ${why}`;
}
