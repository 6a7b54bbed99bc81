/** Old builds of Chromium, as televisions have them, out of npm packages that hold them for AWS Lambda. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { execa } from "execa";
import puppeteer, { type Browser } from "puppeteer-core";
import { whenChanged } from "../../../stack/deployables";

const ROOT = resolve(__dirname, "../../..");
const LIST = "test/browser/old-browsers";
const FOLDER = "dist/old-browsers";

/** The oldest that the display is for, and one in the middle of those that televisions have. */
export const OLD_VERSIONS = ["79", "89"] as const;

/** Why none of them runs on this machine; undefined where they do. */
export function noOldBrowsers(): string | undefined {
  const machine = `${process.platform} ${process.arch}`;
  return machine === "linux x64" ? undefined : `the old builds of Chromium are for linux x64, and this is ${machine}`;
}

/** Where an old Chromium is, which is fetched and unpacked at the first time. */
export async function oldBrowser(version: (typeof OLD_VERSIONS)[number]): Promise<string> {
  await whenChanged(FOLDER, [LIST], async () => {
    await cp(join(ROOT, LIST), join(ROOT, FOLDER), { recursive: true });
    await execa("npm", ["ci", "--loglevel=error"], { cwd: join(ROOT, FOLDER) });
  });
  const program = join(ROOT, FOLDER, `chromium-${version}`);
  if (!existsSync(program)) {
    const packed = readFileSync(join(ROOT, FOLDER, "node_modules", `chromium-${version}`, "bin/chromium.br"));
    writeFileSync(program, brotliDecompressSync(packed), { mode: 0o755 });
  }
  return program;
}

/**
 * Starts an old Chromium.
 *
 * @param profile Folder for what it keeps. @default one that goes with it
 */
export async function startOldBrowser(version: (typeof OLD_VERSIONS)[number], profile?: string): Promise<Browser> {
  const executablePath = await oldBrowser(version);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  return puppeteer.launch({ executablePath, args, ...(profile ? { userDataDir: profile } : {}) });
}
