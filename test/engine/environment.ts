import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { startEdge } from "../../local/edge";
import type { Emulator } from "../../local/emulator";
import type { ProviderServer } from "../../local/provider/server";
import { ROOT } from "../../stack/clients";
import type { Project } from "./project";

const REPOSITORY = resolve(__dirname, "..", "..");

/** How a script ended, and what it said. */
export interface ScriptRun {
  exitCode: number | undefined;
  output: string;
}

/** The engine's own settings: its state and all else in the project's folder, nothing from the network, and no secret. */
export function engineEnvironment({ folder }: Project, { port }: ProviderServer): Record<string, string> {
  const state = join(folder, "state");
  mkdirSync(state);
  return {
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_HOME: join(folder, "pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DEBUG_PROVIDERS: `aws:${port}`,
  };
}

/** Runs one of `scripts/`, as a person does for a deployed stack whose account is the embedded AWS. */
export async function runScript(
  file: string,
  args: string[],
  { emulator, engine, websiteUrl }: { emulator: Emulator; engine: Record<string, string>; websiteUrl: string },
): Promise<ScriptRun> {
  const edge = await startEdge(emulator, websiteUrl);
  try {
    const preloaded = ["ts-node/register", join(__dirname, "website-name.ts")].flatMap((module) => ["-r", module]);
    const { exitCode, all = "" } = await execa("node", [...preloaded, join(REPOSITORY, "scripts", file), ...args], {
      cwd: REPOSITORY,
      env: { ...engine, ...accountEnvironment(emulator), DISTRIBUTION_URL: websiteUrl, EDGE_URL: edge.url },
      all: true,
      reject: false,
    });
    return { exitCode, output: all };
  } finally {
    await edge.stop();
  }
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
