import { createServer, type Server } from "node:http";
import { Agent } from "node:https";
import type { AddressInfo } from "node:net";
import { createProxyMiddleware } from "http-proxy-middleware";
import type { Emulator } from "./emulator";

/** A running edge. */
export interface Edge {
  /** Where the website answers, for example `http://127.0.0.1:40377`. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves one emulated CloudFront distribution on 127.0.0.1, as a browser would find it under its own name.
 *
 * The embedded AWS tells distributions apart by the Host header, which is set for it; browsers are spared its certificate.
 *
 * @param distributionUrl The distribution's own address, for example `https://d111111abcdef8.cloudfront.net`.
 * @param port Where to listen; a free port by default.
 */
export async function startEdge({ endpoint, certificate }: Emulator, distributionUrl: string, port = 0): Promise<Edge> {
  const proxy = createProxyMiddleware({
    target: endpoint,
    agent: new Agent({ ca: certificate, keepAlive: true, checkServerIdentity: () => undefined }),
    headers: { host: new URL(distributionUrl).host },
  });
  const server = createServer((request, response) => void proxy(request, response));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
