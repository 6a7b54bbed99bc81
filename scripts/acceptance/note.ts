import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve(__dirname, "..", "..", "dist", "acceptance");

/** What a trial leaves while it runs: whatever has its stack's name in this account is its own, and may be removed by the next run. */
export interface Note {
  account: string;
  region: string;
  /** The number of its process, and of the newest Pulumi that it has run. */
  trial: number;
  pulumi?: number;
}

/** Where the note on a stack's trial is. */
export const placeOf = (stack: string): string => join(FOLDER, `${stack}.json`);

/** In one go: whoever is ended hard meanwhile leaves the note before, and not half of this one. */
export function leaveNote(stack: string, note: Note): void {
  mkdirSync(FOLDER, { recursive: true });
  const unfinished = `${placeOf(stack)}.new`;
  writeFileSync(unfinished, JSON.stringify(note));
  renameSync(unfinished, placeOf(stack));
}

/** The note of a trial that has begun here and has not taken everything down; undefined when there is none. */
export function readNote(stack: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(placeOf(stack), "utf8"));
  } catch {
    return undefined;
  }
}

export function removeNote(stack: string): void {
  rmSync(placeOf(stack), { force: true });
}

/** Whether a process of a trial still runs. Its number may have gone to another one: ours have the stack's name in their command. */
export function isRunning(stack: string, pid: number | undefined): boolean {
  if (pid === undefined) {
    return false;
  }
  try {
    const command = execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.trim().split(/\s+/).includes(stack);
  } catch {
    // It knows no such process.
    return false;
  }
}
