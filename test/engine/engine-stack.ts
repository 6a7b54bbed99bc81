import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import type { StackOutputs } from "../../infrastructure/index";
import { type Emulator, REGION, startEmulator } from "../../local/emulator";
import { createProvider } from "../../local/provider";
import { serveProvider } from "../../local/provider/server";
import { type Clients, clientsFor, ROOT } from "../../stack/clients";
import { type CommandRun, engineEnvironment, type Meanwhile, runCommand } from "./environment";
import { type Changes, Operation } from "./operation";
import { copyProject, type Project } from "./project";

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
  const pulumiCommand = await PulumiCommand.get().catch(() => {
    throw new Error("the Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install)");
  });
  const project = copyProject();
  try {
    return await deployable(name, project, await startEmulator({ retrySeconds: RETRY_SECONDS }), pulumiCommand);
  } catch (error) {
    project.remove();
    throw error;
  }
}

async function deployable(name: string, project: Project, emulator: Emulator, pulumiCommand: PulumiCommand): Promise<EngineStack> {
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

  const envVars = engineEnvironment(project, server);
  const program = { stackName: name, workDir: project.folder };
  const creating = LocalWorkspace.createStack(program, { pulumiCommand, envVars });
  const stack = await creating.catch(async (error) => {
    await stop();
    throw error;
  });

  const operate = async (work: (operation: Operation) => Promise<unknown>): Promise<Operation> => {
    const operation = new Operation();
    engine.last = operation;
    try {
      await project.inside(() => work(operation));
    } catch (error) {
      const said = operation.errors();
      throw said.length === 0 ? error : new Error(said.join("\n"));
    }
    return operation;
  };

  const engine: EngineStack = {
    clients,
    emulator,
    folder: project.folder,
    intercept: (_type, work) => work(),
    interceptDelete: (work) => work(),
    last: new Operation(),
    preview: async () => (await operate(({ onEvent }) => stack.preview({ onEvent }))).planned(),
    up: async () => (await operate(({ onEvent }) => stack.up({ onEvent }))).done(),
    refresh: async () => (await operate(({ onEvent }) => stack.refresh({ onEvent }))).done(),
    destroy: async () => {
      await operate(({ onEvent }) => stack.destroy({ onEvent, previewOnly: true }));
      return (await operate(({ onEvent }) => stack.destroy({ onEvent }))).done();
    },
    set: (key, value) => stack.setConfig(key, { value }),
    outputs: () => valuesOf(stack),
    command: (line, meanwhile) => project.inside(() => runCommand(line, project.folder, emulator, envVars, meanwhile)),
    stop,
  };
  return engine;
}

async function valuesOf(stack: Stack): Promise<StackOutputs> {
  const outputs = await stack.outputs();
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])) as unknown as StackOutputs;
}
