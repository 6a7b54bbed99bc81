/**
 * Leads requests for a distribution's own name to the embedded AWS, which answers for it, as the name service does on AWS.
 *
 * Loaded before a script whose AWS is at `AWS_ENDPOINT_URL`. `fetch` itself sets the Host header, by which the embedded AWS tells
 * distributions apart, and lets nobody change it.
 */
import { get } from "node:https";
import { Readable } from "node:stream";

const fetchByName = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  return url.host.endsWith(".cloudfront.net") ? fetchFromEmulator(url) : fetchByName(input, init);
};

function fetchFromEmulator({ host, pathname, search }: URL): Promise<Response> {
  return new Promise((done, failed) => {
    const address = new URL(pathname + search, process.env.AWS_ENDPOINT_URL);
    get(address, { headers: { host }, servername: "127.0.0.1", agent: false }, (answer) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) {
        headers.set(name, String(value));
      }
      done(new Response(Readable.toWeb(answer) as ReadableStream, { status: answer.statusCode ?? 500, headers }));
    }).once("error", failed);
  });
}
