import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { filesBelow } from "../infrastructure/files";

/** A ZIP cannot say less than 1980; one fixed day in all archives keeps the same content the same archive. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * The ZIP of a folder: the same bytes from the same files.
 *
 * @param part The one folder in it that is packed, under its name; all of it by default.
 * @throws When there is no file.
 */
export async function zipOf(folder: string, part = ""): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const file of filesBelow(join(folder, part)).map((path) => posix.join(part, path))) {
    entries[file] = [await readFile(join(folder, file)), { mtime: NO_TIME }];
  }
  if (Object.keys(entries).length === 0) {
    throw new Error(`${folder} is empty: there is nothing to deploy`);
  }
  return zipSync(entries, { level: 6 });
}
