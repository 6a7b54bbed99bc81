import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { UserError } from "../stack/command";
import { localCertificate } from "./certificate";
import { clearAway } from "./clear-away";
import { onFreePort } from "./free-port";

/** The region that the embedded AWS answers for. */
export const REGION = "eu-central-1";

const PYTHON = resolve(__dirname, "..", ".venv", "bin", "python");
const PROGRAM = join(__dirname, "embedded_aws.py");
const GUARD = join(__dirname, "emulator-guard.ts");
const CERTIFICATE = "certificate.pem";
const KEY = "key.pem";
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 25;
const LISTENING_POLL_MS = 1_000;

/** A running embedded AWS. */
export interface Emulator {
  /** Where its API answers, for example `https://127.0.0.1:40213`. */
  endpoint: string;
  /** The certificate that it answers with, as PEM text. */
  certificate: string;
  /** The key of its certificate, as PEM text. */
  key: string;
  /** A folder for whatever belongs to this run; it goes with the emulator. */
  folder: string;
  /** Resolves with a sentence once it has ended without being told to; nothing of it is left then. */
  lost: Promise<string>;
  /** Ends it, its workers and its folder; returns when they are gone. */
  stop(): Promise<void>;
}

/** How an embedded AWS behaves. */
export interface EmulatorOptions {
  /**
   * Seconds before a failed asynchronous run is tried again; twice as many before the next.
   * @default 1
   */
  retrySeconds?: number;
  /** A file that goes with the emulator, as its folder does, even when this process is ended hard. */
  note?: string;
}

/**
 * Starts MiniStack on 127.0.0.1 and a free port, over TLS, with IAM enforced and its state in a temporary folder.
 *
 * A guard process ends it when this one ends, however that happens.
 *
 * @throws When MiniStack is not installed, or does not answer in time; the message ends with the last lines of its log.
 */
export function startEmulator({ retrySeconds = 1, note }: EmulatorOptions = {}): Promise<Emulator> {
  return onFreePort((port) => startOn(port, retrySeconds, note));
}

async function startOn(port: number, retrySeconds: number, note: string | undefined): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), "goldsport-"));
  const log = join(folder, "ministack.log");
  const { certificate, key } = await localCertificate();
  writeFileSync(join(folder, CERTIFICATE), certificate);
  writeFileSync(join(folder, KEY), key, { mode: 0o600 });
  const emulator = spawnEmulator(environment(port, folder, retrySeconds), log);
  const paths = note === undefined ? [folder] : [folder, note];
  const guard = spawnGuard(emulator, paths);
  const oneEnded = oneLost(emulator, guard);
  let told = false;
  // The guard clears away, unless it was ended hard itself.
  const clear = async () => {
    await dismiss(guard);
    await clearAway(emulator.pid ?? 0, paths);
  };
  const stop = () => {
    told = true;
    return clear();
  };
  try {
    const endpoint = `https://127.0.0.1:${port}`;
    await answering(emulator, `${endpoint}/_ministack/health`, certificate, oneEnded);
    const ended = Promise.race([oneEnded, notListening(port).then(() => "the embedded AWS has been told to end")]);
    const lost = ended.then(async (sentence) => {
      await clear();
      return told ? new Promise<never>(() => {}) : sentence;
    });
    return { endpoint, certificate, key, folder, lost, stop };
  } catch (error) {
    const message = `${error instanceof Error ? error.message : error}${lastLines(log)}`;
    await stop();
    throw new Error(message);
  }
}

/**
 * What `work` gives, which needs the embedded AWS.
 *
 * @throws UserError As soon as that has ended by itself: whoever asks it something may wait long to hear so.
 */
export function unlessLost<T>({ lost }: Emulator, work: Promise<T>): Promise<T> {
  const failure = lost.then((sentence) => {
    throw new UserError(sentence);
  });
  return Promise.race([work, failure]);
}

function spawnEmulator(env: NodeJS.ProcessEnv, log: string): ChildProcess {
  const output = openSync(log, "w");
  try {
    // A process group of its own, so that it and the workers that it starts end together.
    return spawn(PYTHON, [PROGRAM], { env, stdio: ["ignore", output, output], detached: true });
  } finally {
    closeSync(output);
  }
}

/** All that MiniStack sees: nothing of the caller's AWS settings, which it would take for its own root user. */
function environment(port: number, folder: string, retrySeconds: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: "C.UTF-8",
    TMPDIR: folder,
    STATE_DIR: join(folder, "state"),
    S3_DATA_DIR: join(folder, "s3"),
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: REGION,
    AUTH: "true",
    USE_SSL: "true",
    MINISTACK_SSL_CERT: join(folder, CERTIFICATE),
    MINISTACK_SSL_KEY: join(folder, KEY),
    LAMBDA_ASYNC_RETRY_BASE_SECONDS: String(retrySeconds),
    // It would listen to every network of this machine, for devices that nothing here has.
    IOT_MTLS_ENABLED: "0",
    LOG_LEVEL: "WARNING",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

function spawnGuard(emulator: ChildProcess, paths: string[]): ChildProcess {
  return spawn(process.execPath, ["-r", "ts-node/register", GUARD, String(emulator.pid ?? 0), ...paths], {
    cwd: resolve(__dirname, ".."),
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
}

/** Resolves with a sentence when the emulator or its guard has ended, or is about to, whatever ended it. */
function oneLost(emulator: ChildProcess, guard: ChildProcess): Promise<string> {
  return new Promise((done) => {
    emulator.once("exit", (code, signal) => done(`the embedded AWS has ended by itself (${signal ?? code})`));
    guard.once("exit", (code, signal) => done(`the process that guards the embedded AWS has ended by itself (${signal ?? code})`));
  });
}

/**
 * Resolves when nothing listens on `port` any more, and keeps no process alive: MiniStack, told to end, stops listening at once, but goes
 * on for as long as anyone keeps a connection to it.
 */
function notListening(port: number): Promise<void> {
  return new Promise((done) => {
    const poll = setInterval(() => {
      const socket = connect(port, "127.0.0.1", () => socket.destroy());
      socket.unref().once("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ECONNREFUSED") {
          clearInterval(poll);
          done();
        }
      });
    }, LISTENING_POLL_MS);
    poll.unref();
  });
}

function dismiss(guard: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (hasEnded(guard)) {
      done();
      return;
    }
    guard.once("exit", () => done());
    guard.stdin?.end();
  });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** @throws When it does not answer in time, cannot be started, or when one has ended meanwhile without which it cannot be. */
async function answering(emulator: ChildProcess, url: string, certificate: string, oneEnded: Promise<string>): Promise<void> {
  let ended: string | undefined;
  emulator.once("error", () => {
    ended = "MiniStack cannot be started: run `npm run setup`";
  });
  void oneEnded.then((sentence) => {
    ended ??= sentence;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (ended !== undefined) {
      throw new Error(ended);
    }
    if (await answers(url, certificate)) {
      return;
    }
    await delay(POLL_MS);
  }
  throw new Error(`MiniStack did not answer within ${START_TIMEOUT_MS / 1000} s`);
}

function answers(url: string, certificate: string): Promise<boolean> {
  return new Promise((done) => {
    get(url, { ca: certificate, agent: false }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    }).once("error", () => done(false));
  });
}

function lastLines(log: string): string {
  const lines = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n");
  return lines === "" ? "" : `\n${lines}`;
}
