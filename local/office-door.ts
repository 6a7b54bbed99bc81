import type { IncomingMessage, RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { createProxyMiddleware } from "http-proxy-middleware";
import type { Emulator } from "./emulator";
import { overTls } from "./listen";
import { headerHere, headerInAws, type Places, parametersInAws } from "./translation";

const FORM = "application/x-www-form-urlencoded";

/** A request whose form was read, to be sent on in other words. */
type Read = IncomingMessage & { form?: string };

/**
 * Answers the office's page as AWS does: its sign-in pages, its identities, its bucket and its table.
 *
 * The embedded AWS tells them apart by path and by headers. The Host header goes on as the browser sent it, since it is signed.
 */
export function officeDoor(emulator: Emulator, places: Places): RequestListener {
  const proxy = createProxyMiddleware<Read>({
    ...overTls(emulator),
    on: {
      proxyReq: (sent, { form }) => {
        if (form !== undefined) {
          sent.setHeader("content-length", Buffer.byteLength(form));
          sent.write(form);
        }
      },
      proxyRes: ({ headers }) => {
        for (const name of ["location", "access-control-allow-origin"] as const) {
          const value = headers[name];
          if (value !== undefined) {
            headers[name] = headerHere(value, places);
          }
        }
      },
    },
  });
  return async (request: Read, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const inAws = parametersInAws(query, places);
    request.url = inAws === "" ? path : `${path}?${inAws}`;
    if (request.headers.origin !== undefined) {
      request.headers.origin = headerInAws(request.headers.origin, places);
    }
    if (request.headers["content-type"]?.startsWith(FORM)) {
      request.form = parametersInAws(await text(request), places);
    }
    await proxy(request, response);
  };
}
