import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { execa } from "execa";
import type { Emulator } from "../../local/emulator";
import type { Served } from "../../local/provider/grpc";
import { ROOT } from "../../stack/clients";
import type { Project } from "./project";

const REPOSITORY = resolve(__dirname, "..", "..");

/** Pulumi takes a stack trace down for each of its promises, thousands of them, which no test reads: a quarter of the program's time. */
const NO_TRACES = "--stack-trace-limit=0";

/** Where in the project's folder what was bundled lies. */
const BIN = "bin";

/** How a command ended, and what it said. */
export interface CommandRun {
  exitCode: number | undefined;
  output: string;
}

/**
 * The engine's own settings: its state and all else in the project's folder, nothing from the network, and no secret.
 *
 * A CLI that has a Node host beside it uses that one; any other finds ours on the PATH.
 */
export async function engineEnvironment({ folder }: Project, { port }: Served): Promise<Record<string, string>> {
  const state = join(folder, "state");
  mkdirSync(state);
  const bin = join(folder, BIN);
  await bundle(bin);
  return {
    PATH: [process.env.PATH, languageHost(bin)].join(delimiter),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_HOME: join(folder, "pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: `aws:${port}`,
    NODE_OPTIONS: NO_TRACES,
  };
}

/** What runs in processes of its own, which are many, and short: bundled once, they do not compile it each for itself. */
async function bundle(bin: string): Promise<void> {
  const args = ["build", "--config", "test/engine/vite.config.ts", "--outDir", bin, "--logLevel", "warn"];
  await execa("vite", args, { cwd: REPOSITORY, preferLocal: true });
}

/** Makes the command that the engine looks for to run a program of Node's. */
function languageHost(bin: string): string {
  writeFileSync(join(bin, "pulumi-language-nodejs"), `#!/bin/sh\nexec node '${join(bin, "language-host.cjs")}' "$@"\n`, { mode: 0o755 });
  return bin;
}

/** What is done beside a command: it gets the number of its process group. */
export type Meanwhile = (group: number) => Promise<void>;

/**
 * Runs a command line in the project's folder, as the person does who deploys to the embedded AWS, and answers Pulumi with yes.
 *
 * @param meanwhile Done beside it; the command has a process group of its own then, as in a terminal.
 */
export async function runCommand(
  line: string,
  folder: string,
  emulator: Emulator,
  engine: Record<string, string>,
  meanwhile?: Meanwhile,
): Promise<CommandRun> {
  const command = execa(line, {
    shell: true,
    cwd: folder,
    env: {
      ...engine,
      ...accountEnvironment(emulator),
      PULUMI_SKIP_CONFIRMATIONS: "true",
      NODE_OPTIONS: `${NO_TRACES} --require ${join(folder, BIN, "website-name.cjs")}`,
    },
    all: true,
    reject: false,
    detached: meanwhile !== undefined,
  });
  const [{ exitCode, all = "" }] = await Promise.all([command, meanwhile?.(command.pid ?? 0)]);
  return { exitCode, output: all };
}

/** How any AWS client reaches the embedded account. */
function accountEnvironment({ endpoint, certificate, folder }: Emulator): Record<string, string> {
  const file = join(folder, "client-certificate.pem");
  writeFileSync(file, certificate);
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
    NODE_EXTRA_CA_CERTS: file,
  };
}
