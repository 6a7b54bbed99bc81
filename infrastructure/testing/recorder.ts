import * as pulumi from "@pulumi/pulumi";
import { providerName, runInMockRuntime } from "../mock-runtime";

/** One resource as the program asked for it. */
export interface Registration {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  retainOnDelete: boolean;
  protect: boolean;
  /** The logical names of what it waits for beside its inputs, as the program says it; of a component's all that is in it. */
  dependsOn: string[];
  /** The inputs whose change has it made anew, though the provider could change it. */
  replaceOnChanges: string[];
  /** Whether it is deleted before it is made anew. */
  deleteBeforeReplace: boolean;
  /** The logical name of the provider that makes it; nothing for the default one. */
  provider: string | undefined;
  /** The id of what is there already and is taken over; nothing for what is made. */
  imports: string | undefined;
}

/** What a recorded program did. */
export interface Recording {
  /** Every resource that is not a component, in the order in which the engine saw them. */
  registrations: Registration[];
  outputs: Record<string, unknown>;
}

export const ACCOUNT = "123456789012";

/**
 * Runs `program` under Pulumi's mocks and returns every registration.
 *
 * Inputs come from the mock monitor, resolved; options from a stack transformation, the only place under mocks that sees them.
 *
 * @param config Full configuration keys and values; none by default.
 * @throws Whatever the program throws, and for a function call that no mock answers.
 */
export async function record(program: () => unknown, config: Record<string, string> = {}, stack = "test"): Promise<Recording> {
  const registrations: Registration[] = [];
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const outputs = await runInMockRuntime(program, {
    stack,
    config,
    onRegistration: ({ type, name, opts }) => options.set(`${type}::${name}`, opts),
    mocks: {
      newResource: async ({ type, name, inputs, custom, provider, id }) => {
        if (custom) {
          const { retainOnDelete = false, protect = false, dependsOn, ...replacing } = options.get(`${type}::${name}`) ?? {};
          const shown = await withPaths(inputs);
          const waits = await namesOf(dependsOn);
          const { replaceOnChanges = [], deleteBeforeReplace = false } = replacing;
          const made = {
            dependsOn: waits,
            replaceOnChanges,
            deleteBeforeReplace,
            provider: providerName(provider),
            imports: id || undefined,
          };
          registrations.push({ type, name, inputs: shown, retainOnDelete, protect: protect === true, ...made });
        }
        return { id: `${name}-id`, state: { ...inputs, ...madeUp(type, name, inputs) } };
      },
      call: ({ token }) => {
        if (token === "aws:index/getCallerIdentity:getCallerIdentity") {
          return { accountId: ACCOUNT };
        }
        throw new Error(`no mock answers ${token}`);
      },
    },
  });
  return { registrations, outputs };
}

/** All registrations of `type`. */
export function all({ registrations }: Recording, type: string): Registration[] {
  return registrations.filter((registration) => registration.type === type);
}

/** The one registration of `type`; fails when there is none or more than one. */
export function only(recording: Recording, type: string): Registration {
  const found = all(recording, type);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`expected one ${type}, found ${found.length}`);
  }
  return first;
}

/** The registration with this logical name; fails when there is none. */
export function named({ registrations }: Recording, name: string): Registration {
  const found = registrations.find((registration) => registration.name === name);
  if (found === undefined) {
    throw new Error(`no registration is named ${name}`);
  }
  return found;
}

/** The logical names of the resources that are depended on, which by then are all made. */
function namesOf(dependsOn: pulumi.CustomResourceOptions["dependsOn"]): Promise<string[]> {
  const resources = pulumi.output(dependsOn ?? []).apply((found) => [found as pulumi.Resource | pulumi.Resource[]].flat());
  const urns = resources.apply((found) => pulumi.all(found.map(({ urn }) => urn)));
  return new Promise((done) => urns.apply((all) => done(all.map((urn) => urn.split("::").at(-1) ?? ""))));
}

/** The inputs with the path of each file and folder in place of the asset or archive that holds it. */
async function withPaths(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(async ([key, value]): Promise<[string, unknown]> => {
    const onDisk = value instanceof pulumi.asset.FileAsset || value instanceof pulumi.asset.FileArchive;
    return [key, onDisk ? await value.path : value];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** What AWS would have given: unlike any input, so that a test sees where a value came from. */
function madeUp(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const physical = inputs.name ?? inputs.bucket ?? name;
  const service = type.split(":")[1]?.split("/")[0];
  return {
    name: physical,
    arn: `arn:aws:${service}:mock:${ACCOUNT}:${physical}`,
    url: `https://${service}.mock/${physical}`,
    bucketRegionalDomainName: `${physical}.s3.mock.amazonaws.com`,
    domainName: `${name}.cloudfront.mock`,
    endpoint: `cognito-idp.eu-central-1.amazonaws.com/${name}-id`,
  };
}
