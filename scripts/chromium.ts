import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

/** No browser is installed; the message says what to do about it. */
export class BrowserMissing extends Error {}

/**
 * Starts the machine's chromium.
 *
 * @param further Flags beside the usual ones.
 * @param without Playwright's own flags that are left out.
 * @throws BrowserMissing when there is none, or when CHROMIUM_PATH leads nowhere.
 */
export async function startChromium(further: string[] = [], without: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...flags(), ...further], ignoreDefaultArgs: without });
}

/**
 * Where the machine's chromium is.
 *
 * @throws BrowserMissing As `startChromium`.
 */
export function findChromium(): string {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && !existsSync(chosen)) throw new BrowserMissing(`CHROMIUM_PATH is ${chosen}, where there is no file`);
  const found = chosen || PLACES.find((path) => existsSync(path));
  if (!found)
    throw new BrowserMissing("no chromium found: install Debian's package `chromium`, or set CHROMIUM_PATH to a chromium or chrome");
  return found;
}

/**
 * What is made with each page and never looked at, with a process of its own: the lists below the address, and a page in reserve.
 * They take nearly half of the processor's time that a page takes.
 */
const UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"];

/** What Playwright turns off by itself; of two such flags Chromium heeds the last alone. */
const UNWANTED = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable"],
  ...["LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"],
  ...["TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
  ...["msForceBrowserSignIn", "msEdgeUpdateLaunchServicesPreferredVersion"],
];

/** The usual flags: it asks nobody but the page's server, and makes nothing beside the page. */
export function flags(): string[] {
  const isRoot = process.getuid?.() === 0;
  const features = `--disable-features=${[...UNWANTED, ...UNSEEN].join()}`;
  // Chromium's sandbox does not work for root, which containers often are.
  return ["--disable-quic", "--disable-background-networking", features, ...(isRoot ? ["--no-sandbox"] : [])];
}
