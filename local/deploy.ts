import goldsportScheduler, { type StackOutputs } from "../infrastructure/index";
import { providerName, runInMockRuntime } from "../infrastructure/mock-runtime";
import type { Clients } from "../stack/clients";
import { createProvider, defaultTagsOf, type Provider } from "./provider";

/** How a program is deployed to the embedded AWS. */
export interface DeployOptions {
  /** The stack's name. */
  stack: string;
  /** All that it is told: full keys and values. */
  settings: Record<string, string>;
  /** Called with a resource's type and logical name once it is there. */
  onCreated?: (type: string, name: string) => void;
  /** What makes the resources; by default the provider on `clients`. */
  provider?: Provider;
}

/**
 * Runs the very program of `infrastructure/`, and makes each of its resources for real in the account behind `clients`.
 *
 * @throws The program's own sentence, or what kept AWS from making a resource.
 */
export async function deploy(clients: Clients, options: DeployOptions): Promise<StackOutputs> {
  const provider = options.provider ?? createProvider(clients);
  const defaultTags = new Map<string, Record<string, string>>();

  const outputs = await runInMockRuntime(goldsportScheduler, {
    stack: options.stack,
    config: options.settings,
    mocks: {
      newResource: async ({ type, name, inputs, custom, provider: reference }) => {
        if (!custom) {
          return { id: undefined, state: inputs };
        }
        if (type === "pulumi:providers:aws") {
          defaultTags.set(name, defaultTagsOf(inputs));
        }
        const { id, state } = await provider.create(type, name, inputs, defaultTags.get(providerName(reference) ?? "") ?? {});
        options.onCreated?.(type, name);
        return { id, state };
      },
      call: ({ token, inputs }) => provider.call(token, inputs),
    },
  });
  return outputs as unknown as StackOutputs;
}
