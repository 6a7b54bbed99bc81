import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

/** No browser is installed; the message says what to do about it. */
export class BrowserMissing extends Error {}

/**
 * Starts the machine's chromium.
 *
 * @param further Flags beside the usual ones.
 * @throws BrowserMissing when there is none, or when CHROMIUM_PATH leads nowhere.
 */
export async function startChromium(further: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...flags(), ...further] });
}

/** Starts a chromium of its own whose user has forbidden pages to store anything. */
export async function startChromiumWithoutStorage(): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), "goldsport-profile-"));
  mkdirSync(join(profile, "Default"));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(settings));
  const context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), args: flags() });
  // Not when the context is closed: its browser has not written its last then.
  process.once("exit", () => rmSync(profile, { recursive: true, force: true }));
  return context;
}

function findChromium(): string {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && !existsSync(chosen)) throw new BrowserMissing(`CHROMIUM_PATH is ${chosen}, where there is no file`);
  const found = chosen || PLACES.find((path) => existsSync(path));
  if (!found)
    throw new BrowserMissing("no chromium found: install Debian's package `chromium`, or set CHROMIUM_PATH to a chromium or chrome");
  return found;
}

function flags(): string[] {
  const isRoot = process.getuid?.() === 0;
  // Chromium's sandbox does not work for root, which containers often are.
  return ["--disable-quic", "--disable-background-networking", ...(isRoot ? ["--no-sandbox"] : [])];
}
