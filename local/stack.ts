import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { StackOutputs } from "../infrastructure/index";
import { type Clients, clientsFor, ROOT } from "./clients";
import { type DeployOptions, deploy } from "./deploy";
import { type Edge, startEdge } from "./edge";
import { type Emulator, type EmulatorOptions, REGION, startEmulator } from "./emulator";

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
}

/** The whole stack, running on this machine. */
export interface LocalStack extends LocalStackNote {
  /** Clients of the embedded AWS's root user. */
  clients: Clients;
  edge: Edge;
  emulator: Emulator;
  /** Ends it; returns when no process and no port of it is left. */
  stop(): Promise<void>;
}

/** How to start a stack; the settings are those of `local` unless another is named. */
export interface LocalStackOptions extends Partial<DeployOptions>, EmulatorOptions {
  /** Where the website answers; a free port by default. */
  port?: number;
}

/**
 * Starts an embedded AWS, deploys the program to it and serves the website. Needs what `npm run build` makes.
 *
 * @example
 * const stack = await startLocalStack();
 * await stack.clients.s3.send(new PutObjectCommand({ Bucket: stack.outputs.inputBucketName, Key: "orders/a.tsv", Body: tsv }));
 * await fetch(`${stack.url}/data/schedule.json`);
 * await stack.stop();
 */
export async function startLocalStack({ port, retrySeconds, ...options }: LocalStackOptions = {}): Promise<LocalStack> {
  const emulator = await startEmulator(retrySeconds === undefined ? {} : { retrySeconds });
  try {
    const { endpoint, certificate } = emulator;
    const clients = clientsFor({ region: REGION, endpoint, certificate, credentials: ROOT });
    const outputs = await deploy(clients, { stack: "local", ...options });
    const edge = await startEdge(emulator, outputs.websiteUrl, port);
    const stop = async () => {
      await edge.stop();
      await emulator.stop();
    };
    return { pid: process.pid, endpoint, certificate, url: edge.url, outputs, clients, edge, emulator, stop };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

/** Notes where the stack runs, for the scripts that are called with `--stack local`. */
export function leaveNote({ pid, endpoint, certificate, url, outputs }: LocalStackNote): void {
  mkdirSync(NOTES, { recursive: true });
  writeFileSync(noteOf(pid), JSON.stringify({ pid, endpoint, certificate, url, outputs } satisfies LocalStackNote, undefined, 2));
}

/** Takes this process's note away. */
export function removeNote(): void {
  rmSync(noteOf(process.pid), { force: true });
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
