import type { RequestListener } from "node:http";
import { createProxyMiddleware, responseInterceptor } from "http-proxy-middleware";
import type { OfficeAddresses } from "../infrastructure/components/office-addresses";
import { OFFICE_PATH } from "../infrastructure/components/website-delivery";
import type { Emulator } from "./emulator";
import { listen, overTls } from "./listen";
import { officeDoor } from "./office-door";
import { type Places, policyHere, settingsHere } from "./translation";

/** A running edge. */
export interface Edge {
  /** Where the website answers, for example `http://127.0.0.1:40377`. */
  url: string;
  /** Where AWS answers the office's page; undefined where there is no office. */
  door: string | undefined;
  stop(): Promise<void>;
}

/** The office of a stack, as its edge has to know it. */
export interface EdgeOffice {
  addresses: OfficeAddresses;
  inputBucketName: string;
}

const SETTINGS = `/${OFFICE_PATH}settings.json`;

/**
 * Serves one emulated CloudFront distribution on 127.0.0.1, as a browser would find it under its own name; and, where there is an office, what its
 * page speaks to of AWS, on a second port.
 *
 * The embedded AWS tells distributions apart by the Host header, which is set for it; browsers are spared its certificate, and names that only AWS
 * has.
 *
 * @param distributionUrl The distribution's own address, for example `https://d111111abcdef8.cloudfront.net`.
 * @param port Where to listen; a free port by default.
 */
export async function startEdge(emulator: Emulator, distributionUrl: string, port = 0, office?: EdgeOffice): Promise<Edge> {
  const site = await listen(port);
  const door = office && (await listen(0));
  const places = office && door && { ...office, distribution: distributionUrl, edge: site.url, door: door.url };
  site.answer(website(emulator, distributionUrl, places));
  if (places) {
    door.answer(officeDoor(emulator, places));
  }
  return {
    url: site.url,
    door: door?.url,
    async stop() {
      await Promise.all([site.stop(), door?.stop()]);
    },
  };
}

function website(emulator: Emulator, distributionUrl: string, places: Places | undefined): RequestListener {
  const delivery = { ...overTls(emulator), headers: { host: new URL(distributionUrl).host } };
  const plain = createProxyMiddleware({
    ...delivery,
    on: {
      proxyRes: ({ headers }) => {
        const policy = headers["content-security-policy"];
        if (places && typeof policy === "string") {
          headers["content-security-policy"] = policyHere(policy, places);
        }
      },
    },
  });
  const translated =
    places &&
    createProxyMiddleware({
      ...delivery,
      selfHandleResponse: true,
      on: { proxyRes: responseInterceptor(async (body) => settingsHere(body.toString("utf8"), places)) },
    });
  return (request, response) => void (translated && request.url === SETTINGS ? translated(request, response) : plain(request, response));
}
