import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BUILT } from "../built";

/** Pages of an office that are no more than their names. */
export const OFFICE_FILES = ["assets/index-abc.js", "index.html"];

/** Has the tests of a suite run in a folder where all is built, and with it an office's page of few files. */
export function withBuiltOffice(): void {
  const root = process.cwd();
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-office-"));
    for (const built of [BUILT.processor, BUILT.website, BUILT.fetcher]) {
      mkdirSync(join(folder, "dist"), { recursive: true });
      symlinkSync(resolve(built), join(folder, built));
    }
    mkdirSync(join(folder, BUILT.office, "assets"), { recursive: true });
    for (const file of OFFICE_FILES) {
      writeFileSync(join(folder, BUILT.office, file), `content of ${file}`);
    }
    process.chdir(folder);
  });

  after(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });
}
