import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { PROJECT } from "../../infrastructure/names";

const FILES = "file://";
const ATTRIBUTES = ".attrs";

/**
 * Makes a stack's state readable again that a Pulumi left which was ended hard, where it keeps states in files: one that cannot be read keeps
 * every command from every stack, with no more than `error: EOF`.
 *
 * Beside each file lies another with its attributes, which nobody needs, and which is not written in one go. For the state itself there is
 * the one before it.
 *
 * @param backend Where Pulumi keeps states, as `pulumi whoami` says it; nothing is done for one that is no folder.
 */
export function mendStateFiles(backend: string, stack: string): void {
  const folder = folderOf(backend);
  if (folder === undefined) {
    return;
  }
  const file = join(folder, `${stack}.json`);
  const before = `${file}.bak`;
  for (const attributes of [file, before].map((each) => `${each}${ATTRIBUTES}`).filter(isCutOff)) {
    rmSync(attributes);
  }
  if (isCutOff(file)) {
    rmSync(file);
    if (existsSync(before) && !isCutOff(before)) {
      renameSync(before, file);
    }
  }
}

function folderOf(backend: string): string | undefined {
  if (!backend.startsWith(FILES)) {
    return undefined;
  }
  const root = backend.slice(FILES.length).replace(/^~(?=\/|$)/, homedir());
  return resolve(root, ".pulumi", "stacks", PROJECT);
}

function isCutOff(file: string): boolean {
  if (!existsSync(file)) {
    return false;
  }
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return false;
  } catch {
    return true;
  }
}
