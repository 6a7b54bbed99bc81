import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** How a booking server answers: as it should, or in one of the ways in which such servers fail. */
export const MOODS = ["well", "error", "slow", "half", "page", "nothing", "busy", "elsewhere", "without-validators"] as const;

export type Mood = (typeof MOODS)[number];

/** A booking system's server as small as it can be, on 127.0.0.1. */
export interface BookingServer {
  /** Where its export is. */
  url: string;
  mood: Mood;
  /** How often it was asked. */
  asked: number;
  /** The export that it has. */
  export: string | Uint8Array;
  stop(): Promise<void>;
}

export interface BookingServerOptions {
  /** What it speaks TLS with, as PEM text. */
  certificate: string;
  key: string;
  export: string;
  /** What it wants to see in the `Authorization` header; nothing by default. */
  authorization?: string;
  /** How late it is when it is slow, in milliseconds. */
  slowMs?: number;
  /** For how long it asks to be left alone when it is busy. @default an hour */
  busySeconds?: number;
}

/** Starts one on a free port. */
export async function startBookingServer(options: BookingServerOptions): Promise<BookingServer> {
  const state = { mood: "well" as Mood, export: options.export as string | Uint8Array, asked: 0 };
  const server = createServer({ cert: options.certificate, key: options.key }, async (request, response) => {
    state.asked += 1;
    if (options.authorization !== undefined && request.headers.authorization !== options.authorization) {
      response.writeHead(401).end();
      return;
    }
    await answer(response, state, request.headers["if-none-match"], options);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return Object.assign(state, {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/export.tsv`,
    stop: () => close(server),
  });
}

async function answer(
  response: ServerResponse,
  { mood, export: body }: { mood: Mood; export: string | Uint8Array },
  known: string | undefined,
  { slowMs = 3000, busySeconds = 3600 }: BookingServerOptions,
) {
  const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
  const headers = { "content-type": "text/tab-separated-values; charset=utf-8", ...(mood === "without-validators" ? {} : { etag }) };
  const whole = Buffer.from(body);
  switch (mood) {
    case "error":
      response.writeHead(500).end("the database is gone");
      return;
    case "busy":
      response.writeHead(503, { "retry-after": String(busySeconds) }).end();
      return;
    case "page":
      response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>Please log in</title>");
      return;
    case "nothing":
      response.writeHead(200, headers).end();
      return;
    case "elsewhere":
      response.writeHead(302, { location: "https://example.org/export.tsv" }).end();
      return;
    case "half":
      response.writeHead(200, { ...headers, "content-length": whole.byteLength });
      response.write(whole.subarray(0, whole.byteLength / 2), () => response.destroy());
      return;
    case "slow":
      await delay(slowMs);
  }
  if (known === etag && mood !== "without-validators") {
    response.writeHead(304, { etag }).end();
  } else {
    response.writeHead(200, headers).end(whole);
  }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
