import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { StackOutputs } from "../../infrastructure/index";
import { type Emulator, REGION, startEmulator } from "../../local/emulator";
import { createProvider } from "../../local/provider";
import type { Served } from "../../local/provider/grpc";
import { serveProvider } from "../../local/provider/server";
import { type Clients, clientsFor, ROOT } from "../../stack/clients";
import { type CommandRun, engineEnvironment, type Meanwhile, runCommand } from "./environment";
import { type Changes, Operation } from "./operation";
import { copyProject, type Project } from "./project";
import { PulumiCli } from "./pulumi-cli";

/** AWS tries a failed event again after a minute: longer than an update of the function takes, as these are here. */
const RETRY_SECONDS = 5;

/**
 * One stack under the real engine: its state in files, its account an embedded AWS, both its own.
 *
 * The program comes in as for a person: the engine asks its host for Node, and that starts Pulumi's run script on what package.json names.
 */
export interface EngineStack {
  clients: Clients;
  /** The account's embedded AWS. */
  emulator: Emulator;
  /** The folder in which the engine finds settings, program and built files; a test may change them. */
  folder: string;
  /** Stands between the engine and AWS: may do something beside `work`, which makes or changes a resource of `type`, or refuse it. */
  intercept: <T>(type: string, work: () => Promise<T>) => Promise<T>;
  /** The same before a resource is deleted. */
  interceptDelete: <T>(work: () => Promise<T>) => Promise<T>;
  /** The last operation. */
  last: Operation;
  /** What `up` would change. Rejects, like each of the following, with what the engine says went wrong. */
  preview(): Promise<Changes>;
  up(): Promise<Changes>;
  refresh(): Promise<Changes>;
  /** As the command does by itself, this is previewed first, and what the preview refuses is not begun. */
  destroy(): Promise<Changes>;
  /** `pulumi config set`. */
  set(key: string, value: string): Promise<void>;
  outputs(): Promise<StackOutputs>;
  /** Runs a command line in the project's folder, as a person would. */
  command(line: string, meanwhile?: Meanwhile): Promise<CommandRun>;
  stop(): Promise<void>;
}

/**
 * Starts an embedded AWS and makes the stack `name`, with the settings of `Pulumi.<name>.yaml`. Nothing is deployed yet.
 *
 * @throws When there is no Pulumi CLI, or what it deploys was not built.
 */
export async function startEngineStack(name: "dev" | "prod"): Promise<EngineStack> {
  const project = copyProject();
  try {
    return await deployable(name, project, await startEmulator({ retrySeconds: RETRY_SECONDS }));
  } catch (error) {
    project.remove();
    throw error;
  }
}

async function deployable(name: string, project: Project, emulator: Emulator): Promise<EngineStack> {
  const clients = clientsFor({ region: REGION, endpoint: emulator.endpoint, certificate: emulator.certificate, credentials: ROOT });
  const provider = createProvider(clients);
  const server = await serveProvider({
    ...provider,
    create: (type, ...rest) => engine.intercept(type, () => provider.create(type, ...rest)),
    update: (type, ...rest) => engine.intercept(type, () => provider.update(type, ...rest)),
    delete: (...rest) => engine.interceptDelete(() => provider.delete(...rest)),
  });
  const stop = async () => {
    server.stop();
    project.remove();
    await emulator.stop();
  };

  const { cli, envVars } = await newStack(name, project, server).catch(async (error) => {
    await stop();
    throw error;
  });

  const operate = async (...args: string[]): Promise<Operation> => {
    const tell = (events: EngineEvent[]) => {
      engine.last = new Operation(events);
    };
    try {
      await project.inside(() => cli.operate(args, tell));
    } catch (error) {
      const said = engine.last.errors();
      throw said.length === 0 ? error : new Error(said.join("\n"));
    }
    return engine.last;
  };

  const engine: EngineStack = {
    clients,
    emulator,
    folder: project.folder,
    intercept: (_type, work) => work(),
    interceptDelete: (work) => work(),
    last: new Operation(),
    preview: async () => (await operate("preview")).planned(),
    up: async () => (await operate("up", "--yes", "--skip-preview")).done(),
    refresh: async () => (await operate("refresh", "--yes", "--skip-preview")).done(),
    destroy: async () => (await operate("destroy", "--yes")).done(),
    set: async (key, value) => {
      await cli.run("config", "set", "--plaintext", key, value);
    },
    outputs: async () => JSON.parse(await cli.run("stack", "output", "--json")) as StackOutputs,
    command: (line, meanwhile) => project.inside(() => runCommand(line, project.folder, emulator, envVars, meanwhile)),
    stop,
  };
  return engine;
}

async function newStack(name: string, project: Project, server: Served): Promise<{ cli: PulumiCli; envVars: Record<string, string> }> {
  const envVars = await engineEnvironment(project, server);
  const cli = new PulumiCli(project.folder, name, envVars);
  await cli.run("stack", "init");
  return { cli, envVars };
}
