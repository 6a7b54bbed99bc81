import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");

/** What a clone does not have, beside what was built. */
const OTHERS = [".git", ".venv", "node_modules", "inbox", "dist"].map((name) => join(ROOT, name));
const BUILT = ["processor", "website", "office", "fetcher", ".stamps"].map((name) => `dist/${name}`);
/** That the types are right is noted beside what was built. */
const TYPES = "dist/types";
/** What no test changes. */
const LINKED = ["node_modules", ".venv", "dist/processor-packages"];

/** A copy of the project, of which a test may change settings, program and built files. */
export interface Project {
  folder: string;
  /** Runs `work` with the copy as the working directory: a provider finds the files to upload there. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  remove(): void;
}

/**
 * Copies the project into a new folder, with what was built, and links what is installed.
 *
 * @throws When something was not built.
 */
export function copyProject(): Project {
  const missing = [...BUILT, ...LINKED].find((part) => !existsSync(join(ROOT, part)));
  if (missing !== undefined) {
    throw new Error(`${missing} is not there: run \`npm run build\` first`);
  }
  const folder = mkdtempSync(join(tmpdir(), "goldsport-engine-"));
  cpSync(ROOT, folder, { recursive: true, filter: (file) => !OTHERS.includes(file) });
  for (const part of BUILT) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  if (existsSync(join(ROOT, TYPES))) {
    mkdirSync(join(folder, TYPES));
  }
  for (const part of LINKED) {
    symlinkSync(join(ROOT, part), join(folder, part), "junction");
  }
  return {
    folder,
    async inside(work) {
      const home = process.cwd();
      process.chdir(folder);
      try {
        return await work();
      } finally {
        process.chdir(home);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
