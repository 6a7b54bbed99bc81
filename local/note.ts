import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { StackOutputs } from "../infrastructure/index";

const NOTES = resolve(__dirname, "..", "dist", "local-stacks");

/** What one needs to reach the stack that runs on this machine. */
export interface LocalStackNote {
  /** The process that runs it. */
  pid: number;
  /** The embedded AWS. */
  endpoint: string;
  /** The certificate that it answers with, as PEM text. */
  certificate: string;
  /** The website. */
  url: string;
  outputs: StackOutputs;
  /** What it was told: full keys and values. */
  settings: Record<string, string>;
}

/** Where this process notes the stack that it runs. */
export const NOTE = noteOf(process.pid);

/** Notes where the stack runs, for the scripts that are called with `--stack local`. */
export function leaveNote({ pid, endpoint, certificate, url, outputs, settings }: LocalStackNote): void {
  mkdirSync(NOTES, { recursive: true });
  writeFileSync(NOTE, JSON.stringify({ pid, endpoint, certificate, url, outputs, settings } satisfies LocalStackNote, undefined, 2));
}

/** Where the stack runs that `npm start` keeps, the one started last; undefined when none does. */
export function readNote(): LocalStackNote | undefined {
  const files = existsSync(NOTES) ? readdirSync(NOTES).map((name) => join(NOTES, name)) : [];
  const running = files.filter((file) => isRunning(Number(basename(file, ".json"))));
  const [last] = running.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return last === undefined ? undefined : JSON.parse(readFileSync(last, "utf8"));
}

function noteOf(pid: number): string {
  return join(NOTES, `${pid}.json`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
