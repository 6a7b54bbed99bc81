import { createServer, type RequestListener } from "node:http";
import { Agent } from "node:https";
import type { AddressInfo } from "node:net";
import type { Emulator } from "./emulator";

/** A server on 127.0.0.1. */
export interface Listening {
  /** Where it answers, for example `http://127.0.0.1:40377`. */
  url: string;
  /** Says what it answers with; until then, requests wait. */
  answer(listener: RequestListener): void;
  stop(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @param port A free one where it is 0.
 */
export async function listen(port: number): Promise<Listening> {
  let say: (listener: RequestListener) => void = () => {};
  const said = new Promise<RequestListener>((done) => {
    say = done;
  });
  const server = createServer((request, response) => void said.then((listener) => listener(request, response)));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: say,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** How a proxy sends requests on to the embedded AWS. */
export function overTls({ endpoint, certificate }: Emulator) {
  return { target: endpoint, agent: new Agent({ ca: certificate, keepAlive: true, checkServerIdentity: () => undefined }) };
}
