import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Every file below `folder`, as sorted paths relative to it, with `/` between their parts. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
}
