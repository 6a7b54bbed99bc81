import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { findChromium, flags } from "../../../scripts/chromium";

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
