import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { buildDeployables } from "../../stack/deployables";

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const;
const PATIENCE_MS = 5_000;
const POLL_MS = 100;

/** The processes of one `npm start`, from npm down to the embedded AWS. */
const PARTS = {
  npm: /^npm start|npm-cli\.js start/,
  "the program": /^\S*node scripts\/setup\.mjs --then local\/start\.ts/,
  "the guard of the embedded AWS": /emulator-guard\.ts/,
  "the embedded AWS": /-m ministack/,
};

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** What one `npm start` has on this machine. */
interface Running {
  processes: Process[];
  /** Where the website answers. */
  url: string;
  /** The embedded AWS's folder, and the note on where the stack runs. */
  files: string[];
}

describe("npm start, when one of its processes is ended", function () {
  this.timeout(180_000);

  // Several at a time would build at a time.
  before(buildDeployables);

  for (const [part, pattern] of Object.entries(PARTS)) {
    it(`leaves no process, port, folder or note within ${PATIENCE_MS / 1000} s, whichever signal ends ${part}`, async () => {
      const starts = await Promise.all(SIGNALS.map(async (signal) => ({ signal, running: await start() })));
      try {
        for (const { signal, running } of starts) {
          const ended = running.processes.find(({ command }) => pattern.test(command));
          assert.ok(ended !== undefined, running.processes.map(({ command }) => command).join("\n"));
          process.kill(ended.pid, signal);
        }
        for (const { signal, running } of starts) {
          assert.deepEqual(await whatIsLeft(running), [], `after ${signal}`);
        }
      } finally {
        endAll(starts.flatMap(({ running }) => running.processes));
      }
    });
  }
});

/** Starts it as a service would: in a process group of its own, with nothing to read. */
async function start(): Promise<Running> {
  const npm = spawn("npm", ["start"], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const url = await displayOf(npm);
  const processes = family(npm.pid ?? 0);
  const guard = processes.find(({ command }) => PARTS["the guard of the embedded AWS"].test(command));
  const files = guard?.command.split(/emulator-guard\.ts \d+ /)[1]?.split(" ") ?? [];
  assert.deepEqual(files.map(existsSync), [true, true], guard?.command);
  return { processes, url, files };
}

/** Waits until it tells where the display is; goes on reading then, as what it writes must have somewhere to go. */
function displayOf(npm: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = "";
    npm.stdout?.on("data", (data) => {
      said += data;
      const [, url] = /Display +(http:\S+)/.exec(said) ?? [];
      if (url !== undefined) {
        done(url);
      }
    });
    npm.once("exit", () => failed(new Error(`it ended before it showed a day:\n${said}`)));
  });
}

/** What is still there of it when it had its time to end. */
async function whatIsLeft({ processes, url, files }: Running): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const pids = new Set(running().map(({ pid }) => pid));
    const left = [
      ...processes.filter(({ pid }) => pids.has(pid)).map(({ command }) => command),
      ...((await answers(url)) ? [url] : []),
      ...files.filter(existsSync),
    ];
    if (left.length === 0 || Date.now() > deadline) {
      return left;
    }
    await delay(POLL_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** A process with all that it started, and they. */
function family(pid: number): Process[] {
  const all = running();
  const below = (parent: number): Process[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter((each) => each.pid === pid), ...below(pid)];
}

/** The processes of this machine, but for those that have ended and wait for their parent to hear of it. */
function running(): Process[] {
  const lines = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,command="], { encoding: "utf8" }).trim().split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, state = "", command = ""] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return state.startsWith("Z") ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

function endAll(processes: Process[]): void {
  const pids = new Set(running().map(({ pid }) => pid));
  for (const { pid } of processes) {
    if (pids.has(pid)) {
      process.kill(pid, "SIGKILL");
    }
  }
}
