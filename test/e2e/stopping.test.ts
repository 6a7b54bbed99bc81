import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { buildDeployables } from "../../stack/deployables";
import { exportOf } from "./exports";

/** Each signal at one of the two times: as soon as all of it runs, and when it shows a day. */
const SIGNALS = { deploying: ["SIGINT", "SIGHUP"], serving: ["SIGTERM", "SIGKILL"] } as const;
const TIMES = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
const PATIENCE_MS = 5_000;
const START_PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** The processes of one `npm start`, from npm down to the embedded AWS. */
const PARTS = {
  npm: /^npm start|npm-cli\.js start/,
  "the program": /^\S*node scripts\/setup\.mjs --then local\/start\.ts/,
  "the guard of the embedded AWS": /emulator-guard\.ts/,
  "the embedded AWS": /embedded_aws\.py/,
};

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** What one `npm start` has on this machine. */
interface Running {
  /** How npm has ended, once it has. */
  exitCode: Promise<number | null>;
  processes: Process[];
  /** Where the website answers, once it does. */
  url: string | undefined;
  /** The embedded AWS's folder, and the note on where the stack runs. */
  files: string[];
}

describe("npm start, when one of its processes is ended", function () {
  this.timeout(180_000);

  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-stopping-"));
    writeFileSync(join(folder, "today.tsv"), exportOf({}));
    // Several at a time would build at a time.
    await buildDeployables();
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [part, pattern] of Object.entries(PARTS)) {
    it(`leaves no process, port, folder or note within ${PATIENCE_MS / 1000} s, whichever signal ends ${part}, and when`, async () => {
      const signals = TIMES.flatMap((time) => SIGNALS[time].map((signal) => ({ time, signal })));
      const left = signals.map(async ({ time, signal }) => {
        const running = await start(time, folder);
        try {
          const ended = running.processes.find(({ command }) => pattern.test(command));
          assert.ok(ended !== undefined, running.processes.map(({ command }) => command).join("\n"));
          process.kill(ended.pid, signal);
          assert.deepEqual(await whatIsLeft(running), [], `after ${signal} while ${time}`);
          if (part === "the program" && signal === "SIGTERM") {
            assert.equal(await running.exitCode, 0, "it was asked to end, which is no failure");
          }
        } finally {
          endAll(running.processes);
        }
      });
      await Promise.all(left);
    });
  }
});

/** Starts it as a service would, in a process group of its own, with nothing to read; returns when it deploys, or shows a day. */
async function start(time: keyof typeof SIGNALS, folder: string): Promise<Running> {
  const npm = spawn("npm", ["start", "--", join(folder, "today.tsv")], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const exitCode = new Promise<number | null>((ended) => npm.once("exit", ended));
  const display = displayOf(npm);
  // Only who waits for the display is told that it ended before.
  display.catch(() => {});
  const processes = await allOf(npm);
  const guard = processes.find(({ command }) => PARTS["the guard of the embedded AWS"].test(command));
  const files = guard?.command.split(/emulator-guard\.ts \d+ /)[1]?.split(" ") ?? [];
  assert.equal(files.length, 2, guard?.command);
  if (time === "deploying") {
    return { exitCode, processes, url: undefined, files };
  }
  const url = await display;
  assert.deepEqual(files.map(existsSync), [true, true], guard?.command);
  return { exitCode, processes: family(npm.pid ?? 0), url, files };
}

/** Waits until all its parts run. */
async function allOf(npm: ChildProcess): Promise<Process[]> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const processes = family(npm.pid ?? 0);
    if (Object.values(PARTS).every((pattern) => processes.some(({ command }) => pattern.test(command)))) {
      return processes;
    }
    assert.ok(Date.now() < deadline && npm.exitCode === null, `not all of it runs:\n${processes.map(({ command }) => command).join("\n")}`);
    await delay(POLL_MS);
  }
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
      ...(url !== undefined && (await answers(url)) ? [url] : []),
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
