import { officeAddresses } from "../infrastructure/components/office-addresses";
import { stackConfiguration } from "../infrastructure/configuration";
import type { StackOutputs } from "../infrastructure/index";
import { signInPrefix } from "../infrastructure/names";
import { type Clients, clientsFor, ROOT } from "../stack/clients";
import { type DeployOptions, deploy } from "./deploy";
import { type Edge, type EdgeOffice, startEdge } from "./edge";
import { type Emulator, type EmulatorOptions, REGION, startEmulator, unlessLost } from "./emulator";
import type { LocalStackNote } from "./note";

/** The whole stack, running on this machine. */
export interface LocalStack extends LocalStackNote {
  /** Clients of the embedded AWS's root user. */
  clients: Clients;
  edge: Edge;
  emulator: Emulator;
  /** Ends it; returns when no process and no port of it is left. */
  stop(): Promise<void>;
}

/** How to start a stack; the settings are those of `local`, in `Pulumi.local.yaml`, unless another is named. */
export interface LocalStackOptions extends Partial<Omit<DeployOptions, "settings">>, EmulatorOptions {
  /** Full keys and values that take the place of the stack's own settings. */
  config?: Record<string, string>;
  /** Starts what the stack needs beside it, and says with which settings the stack finds it. */
  beside?: (emulator: Emulator) => Promise<Record<string, string>>;
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
export async function startLocalStack({
  port,
  retrySeconds,
  note,
  beside,
  stack = "local",
  config,
  ...options
}: LocalStackOptions = {}): Promise<LocalStack> {
  const emulator = await startEmulator({ retrySeconds, note });
  try {
    const { endpoint, certificate } = emulator;
    const clients = clientsFor({ region: REGION, endpoint, certificate, credentials: ROOT });
    const settings = { ...stackConfiguration(stack), ...config, ...(await beside?.(emulator)) };
    const outputs = await unlessLost(emulator, deploy(clients, { ...options, stack, settings }));
    const edge = await startEdge(emulator, outputs.websiteUrl, port, officeOf(outputs, settings));
    const stop = async () => {
      await edge.stop();
      await emulator.stop();
    };
    return { pid: process.pid, endpoint, certificate, url: edge.url, outputs, settings, clients, edge, emulator, stop };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

/** What the edge of a stack has to know of its office; undefined where there is none. */
export function officeOf(outputs: StackOutputs, settings: Record<string, string>): EdgeOffice | undefined {
  const { region, inputBucketName, processorFunctionArn, officeUrl } = outputs;
  const account = processorFunctionArn.split(":")[4] ?? "";
  const prefix = signInPrefix(settings["goldsport-scheduler:env"] ?? "", account);
  return officeUrl === undefined ? undefined : { addresses: officeAddresses(region, prefix, inputBucketName), inputBucketName };
}
