import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { execa } from "execa";
import { stackConfiguration } from "../../infrastructure/configuration";
import type { LocalStack } from "../../local/stack";
import { ROOT } from "../../stack/clients";

const REPOSITORY = resolve(__dirname, "..", "..");

/** How a script ended, and what it said. */
export interface ScriptRun {
  exitCode: number | undefined;
  output: string;
}

/** A stack on the embedded AWS, to be reached as one that Pulumi deployed. */
export interface Deployed {
  /** Runs one of `scripts/` as a person does, with `stdin` closed. */
  script(file: string, ...args: string[]): Promise<ScriptRun>;
  /** Has the Pulumi CLI fail at a command during `work`, for example at "up". */
  failingAt<T>(command: string, work: () => Promise<T>): Promise<T>;
  /** What the Pulumi CLI was asked since `startAsking`. */
  asked(): string[];
  startAsking(): void;
}

/**
 * Puts a `pulumi` on the path that knows one stack, `dev`: it answers `stack output` with the stack's outputs, `config` with its settings, and notes whatever else it is asked.
 * The real CLI needs its language host, which `test/engine` does without.
 */
export function asDeployed({ emulator, endpoint, certificate, outputs, url }: LocalStack): Deployed {
  const bin = join(emulator.folder, "bin");
  mkdirSync(bin);
  const file = (name: string) => join(bin, name);
  writeFileSync(file("outputs.json"), JSON.stringify({ ...outputs, websiteUrl: url }));
  writeFileSync(file("settings.json"), JSON.stringify(settingsOf("dev")));
  writeFileSync(file("asked"), "");
  writeFileSync(file("failing"), "");
  writeFileSync(file("certificate.pem"), certificate);
  writeFileSync(file("pulumi"), PULUMI);
  chmodSync(file("pulumi"), 0o755);
  const env = {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
    NODE_EXTRA_CA_CERTS: file("certificate.pem"),
  };
  return {
    async script(name, ...args) {
      const command = ["-r", "ts-node/register", join(REPOSITORY, "scripts", name), ...args];
      const { exitCode, all = "" } = await execa("node", command, { cwd: REPOSITORY, env, all: true, reject: false, stdin: "ignore" });
      return { exitCode, output: all };
    },
    async failingAt(command, work) {
      writeFileSync(file("failing"), command);
      return work().finally(() => writeFileSync(file("failing"), ""));
    },
    asked: () => readFileSync(file("asked"), "utf8").split("\n").filter(Boolean),
    startAsking: () => writeFileSync(file("asked"), ""),
  };
}

/** A stack's settings as `pulumi config --json` shows them. */
function settingsOf(stack: string): Record<string, { value: string; secret: boolean }> {
  const entries = Object.entries(stackConfiguration(stack));
  return Object.fromEntries(entries.map(([key, value]) => [key, { value, secret: false }]));
}

const PULUMI = `#!/usr/bin/env bash
here=$(dirname "$0")
case "$*" in
  "stack output --json --stack dev") exec cat "$here/outputs.json" ;;
  "config --json --show-secrets --stack dev") exec cat "$here/settings.json" ;;
  "stack output "*) echo "error: no stack named '$5' found" >&2; exit 255 ;;
esac
echo "$*" >> "$here/asked"
[[ $1 != "$(cat "$here/failing")" ]] || { echo "error: the $1 failed" >&2; exit 255; }
`;
