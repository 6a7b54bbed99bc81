import { resolve } from "node:path";
import { execa } from "execa";
import type { StackOutputs } from "../infrastructure/index";
import { type LocalStackNote, readNote } from "../local/note";
import { type Clients, clientsFor, ROOT } from "../stack/clients";
import { UserError } from "../stack/command";
import type { Stack } from "../stack/stack";

/** What to say where the Pulumi CLI is missing. */
export const NO_PULUMI = "the Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install)";

/**
 * Finds a deployed stack: `local` is the one that `npm start` runs, any other is asked of Pulumi.
 *
 * The AWS credentials of a stack that is not local are the environment's, as for any AWS command.
 *
 * @throws UserError When the stack is not there, or there are no credentials for its account.
 */
export async function connect(name: string): Promise<Stack> {
  return name === "local" ? connectLocal() : connectDeployed(name);
}

function connectLocal(): Stack {
  const { endpoint, certificate, outputs, url } = localNote();
  return { name: "local", outputs, url, clients: clientsFor({ region: outputs.region, endpoint, certificate, credentials: ROOT }) };
}

function localNote(): LocalStackNote {
  const note = readNote();
  if (note === undefined) {
    throw new UserError("no local stack is running: `npm start` runs one, in another terminal");
  }
  return note;
}

async function connectDeployed(name: string): Promise<Stack> {
  const outputs = await stackOutputs(name);
  const { clients } = await connectAccount(outputs.region);
  return { name, outputs, url: outputs.websiteUrl, clients };
}

/**
 * What a stack is told, secrets and all: Pulumi knows where its settings are, whatever organisation or environment they come from.
 *
 * @returns Full keys and their values, as `infrastructure/configuration.ts` has them.
 * @throws UserError As `connect`.
 */
export async function configurationOf(name: string): Promise<Record<string, string>> {
  if (name === "local") {
    return localNote().settings;
  }
  const entries = await askPulumi<Record<string, { value: string }>>(name, "config", "--json", "--show-secrets");
  return Object.fromEntries(Object.entries(entries).map(([key, { value }]) => [key, value]));
}

async function stackOutputs(name: string): Promise<StackOutputs> {
  const outputs = await askPulumi<Partial<StackOutputs>>(name, "stack", "output", "--json");
  if (outputs.inputBucketName === undefined) {
    throw new UserError(`the stack "${name}" has no outputs: deploy it first (npm run deploy -- --stack ${name})`);
  }
  return outputs as StackOutputs;
}

/** What the Pulumi CLI answers, as JSON, about a stack. */
async function askPulumi<T>(name: string, ...args: string[]): Promise<T> {
  const pulumi = await execa("pulumi", [...args, "--stack", name], { cwd: resolve(__dirname, ".."), reject: false });
  if (pulumi.code === "ENOENT") {
    throw new UserError(`${NO_PULUMI}, or use --stack local`);
  }
  if (pulumi.exitCode !== 0) {
    const [reason = ""] = pulumi.stderr.split("\n").filter((line) => line.startsWith("error:"));
    throw new UserError(`Pulumi knows no deployed stack "${name}": ${reason.replace("error: ", "") || pulumi.shortMessage}`);
  }
  return JSON.parse(pulumi.stdout);
}

/**
 * Reaches an account with the environment's credentials.
 *
 * @returns Clients, and the account's number.
 * @throws UserError When AWS does not know who asks.
 */
export async function connectAccount(region: string): Promise<{ clients: Clients; account: string }> {
  // An endpoint of one's own is for accounts that live in an emulator.
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const clients = clientsFor({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const { Account: account = "" } = await clients.sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    throw new UserError(`AWS does not know you in ${region}: ${error.message} (set AWS_PROFILE, or run \`aws login\`)`);
  });
  return { clients, account };
}
