import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");

/** All that the engine looks for beside the program itself. */
const PARTS = ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "dist/processor", "dist/website"];

/** A copy of the project, of which a test may change settings and built files. */
export interface Project {
  folder: string;
  /** Runs `work` with the copy as the working directory: built files are looked for there, by the program and by the engine. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  remove(): void;
}

/**
 * Copies the project's settings and what was built into a new folder.
 *
 * @throws When something was not built.
 */
export function copyProject(): Project {
  const missing = PARTS.find((part) => !existsSync(join(ROOT, part)));
  if (missing !== undefined) {
    throw new Error(`${missing} is not there: run \`npm run build\` first`);
  }
  const folder = mkdtempSync(join(tmpdir(), "goldsport-engine-"));
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
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
