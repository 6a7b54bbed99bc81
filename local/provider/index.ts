import { randomBytes } from "node:crypto";
import type { Clients } from "../../stack/clients";
import { plainAssets } from "./assets";
import { handlers as cloudfront } from "./cloudfront";
import { handlers as cloudfrontPolicies } from "./cloudfront-policies";
import { handlers as cloudwatch } from "./cloudwatch";
import { handlers as cognitoIdentities } from "./cognito-identities";
import { handlers as cognitoPool } from "./cognito-pool";
import { handlers as cognitoSignIn } from "./cognito-sign-in";
import { handlers as cognitoUsers } from "./cognito-users";
import { handlers as dynamodb } from "./dynamodb";
import { describe } from "./errors";
import { functions } from "./functions";
import type { AnyHandler, Found } from "./handler";
import { handlers as iam } from "./iam";
import { handlers as lambda } from "./lambda";
import { handlers as lambdaCalls } from "./lambda-calls";
import { handlers as logs } from "./logs";
import { handlers as s3 } from "./s3";
import { handlers as s3Configuration } from "./s3-configuration";
import { handlers as s3Cors } from "./s3-cors";
import { handlers as s3Object } from "./s3-object";
import { handlers as scheduler } from "./scheduler";
import { handlers as sns } from "./sns";
import { handlers as sqs } from "./sqs";
import type { Tags } from "./tags";
import { differences, inTermsOf, isEmpty, isProperties, type Properties, UNKNOWN, withoutUndefined } from "./values";

export { defaultTagsOf } from "./tags";

/** How each type of resource is made, looked up, changed and removed. */
export const HANDLERS: Record<string, AnyHandler> = {
  ...cloudfront,
  ...cloudfrontPolicies,
  ...cloudwatch,
  ...cognitoIdentities,
  ...cognitoPool,
  ...cognitoSignIn,
  ...cognitoUsers,
  ...dynamodb,
  ...iam,
  ...lambda,
  ...lambdaCalls,
  ...logs,
  ...s3,
  ...s3Configuration,
  ...s3Cors,
  ...s3Object,
  ...scheduler,
  ...sns,
  ...sqs,
};

/** The types that the provider knows. */
export const TYPES: readonly string[] = Object.keys(HANDLERS);

/** A resource as it is in AWS. */
export interface Resource {
  id: string;
  /** What the program asked for, in its words, where AWS still has it so. */
  inputs: Properties;
  /** The inputs, and what the resource offers beyond them. */
  state: Properties;
}

/** What a change of inputs comes to. */
export interface Difference {
  /** The inputs that change, by name. */
  changes: string[];
  /** Those of them that need a new resource. */
  replaces: string[];
}

/**
 * Pulumi's AWS provider as far as the program needs it, on the AWS SDK: types, ids and outputs are those of `@pulumi/aws`.
 *
 * Every method throws, naming the type, for one that it does not know.
 */
export interface Provider {
  /**
   * Completes the inputs of a resource: a name where it has none (the one in `olds`, or a new one), and all its tags.
   *
   * @throws For an input that the provider does not know.
   */
  check(type: string, name: string, inputs: Properties, defaultTags?: Tags, olds?: Properties): Promise<Properties>;
  /** Makes a resource. @throws With AWS's own code and sentence, for example when it exists already. */
  create(type: string, name: string, inputs: Properties, defaultTags?: Tags): Promise<Resource>;
  /** Looks a resource up: `known` are the inputs and state remembered of it, nothing at an import. Undefined when it is gone. */
  read(type: string, id: string, known?: Properties, defaultTags?: Tags): Promise<Resource | undefined>;
  /** Compares completed inputs. */
  diff(type: string, olds: Properties, news: Properties): Difference;
  /** Changes a resource in place, from the inputs and state `olds` to the completed inputs `news`. */
  update(type: string, id: string, olds: Properties, news: Properties): Promise<Resource>;
  /** Removes a resource; one that is gone is no error. */
  delete(type: string, id: string, state: Properties): Promise<void>;
  /** Answers a function of `@pulumi/aws`, for example `aws:index/getCallerIdentity:getCallerIdentity`. */
  call(token: string, args: Properties): Promise<Properties>;
}

/**
 * Makes the provider for one account.
 *
 * @example
 * const provider = createProvider(clientsFor({ region: REGION, endpoint, credentials: ROOT }));
 * const { id, state } = await provider.create("aws:sns/topic:Topic", "alarms", {}, { stack: "local" });
 */
export function createProvider(clients: Clients): Provider {
  return {
    check: complete,
    diff: (type, olds, news) => compare(type, olds, withKept(type, olds, news)),

    async create(type, name, inputs, defaultTags = {}) {
      if (type === "pulumi:providers:aws") {
        return { id: name, inputs, state: inputs };
      }
      const completed = await complete(type, name, inputs, defaultTags);
      return named(`creating ${type} (${name})`, async () => {
        const id = await handlerOf(type).create(clients, completed);
        return made(clients, type, id, completed);
      });
    },

    read: (type, id, known = {}, defaultTags = {}) =>
      named(`reading ${type} (${id})`, async () => {
        const found = await handlerOf(type).read(clients, id, known);
        return found === undefined ? undefined : resource(type, id, known, found, defaultTags);
      }),

    update: (type, id, olds, news) =>
      named(`updating ${type} (${id})`, async () => {
        const { update } = handlerOf(type);
        if (update === undefined) {
          throw new Error("it cannot be changed in place");
        }
        await update(clients, id, withKept(type, olds, news), olds);
        return made(clients, type, id, news);
      }),

    delete: (type, id, state) => named(`deleting ${type} (${id})`, () => handlerOf(type).delete(clients, id, state)),

    async call(token, args) {
      const fn = functions[token];
      if (fn === undefined) {
        throw new Error(`local/provider does not know the function ${token}`);
      }
      return named(`calling ${token}`, () => fn(clients, args));
    },
  };
}

function handlerOf(type: string): AnyHandler {
  const found = HANDLERS[type];
  if (found === undefined) {
    throw new Error(`local/provider does not know ${type}`);
  }
  return found;
}

async function complete(
  type: string,
  name: string,
  inputs: Properties,
  defaultTags: Tags = {},
  olds: Properties = {},
): Promise<Properties> {
  const { inputs: known, autoname, taggable } = handlerOf(type);
  const unknown = Object.keys(inputs).filter((key) => !isEmpty(inputs[key]) && !known.includes(key) && !key.startsWith("__"));
  if (unknown.length > 0) {
    throw new Error(`local/provider does not know the input ${unknown.join(", ")} of ${type} (${name})`);
  }
  const completed = await plainAssets(Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__"))));
  if (autoname !== undefined && completed[autoname] === undefined) {
    completed[autoname] = olds[autoname] ?? `${name}-${randomBytes(4).toString("hex").slice(0, 7)}`;
  }
  if (taggable) {
    completed.tagsAll = inputs.tags === UNKNOWN ? UNKNOWN : { ...defaultTags, ...(isProperties(inputs.tags) ? inputs.tags : {}) };
  }
  return completed;
}

/** The inputs `news`, with what stays as it was since it is left out. */
function withKept(type: string, olds: Properties, news: Properties): Properties {
  const { kept = [] } = handlerOf(type);
  const left = kept.filter((key) => news[key] === undefined && olds[key] !== undefined);
  return { ...news, ...Object.fromEntries(left.map((key) => [key, olds[key]])) };
}

function compare(type: string, olds: Properties, news: Properties): Difference {
  const { inputs, replaceOn, defaults = {}, update } = handlerOf(type);
  const changes = differences({ ...defaults, ...olds }, { ...defaults, ...news }).filter(
    (key) => inputs.includes(key) || key === "tagsAll",
  );
  return { changes, replaces: update === undefined ? changes : changes.filter((key) => replaceOn.includes(key)) };
}

/**
 * The resource just made or changed, as AWS now describes it.
 *
 * @throws When something that was asked for is not in it, so that nothing inside an input is silently dropped either.
 */
async function made(clients: Clients, type: string, id: string, inputs: Properties): Promise<Resource> {
  const found = await handlerOf(type).read(clients, id, inputs);
  if (found === undefined) {
    throw new Error(`AWS has no ${type} ${id} right after it was made`);
  }
  const result = resource(type, id, inputs, found);
  const [lost] = compare(type, inputs, result.inputs).changes;
  if (lost !== undefined) {
    throw new Error(`${lost} was to be ${JSON.stringify(inputs[lost])}, but AWS has ${JSON.stringify(found.inputs[lost])}`);
  }
  return result;
}

function resource(type: string, id: string, known: Properties, found: Found<Properties>, defaultTags: Tags = {}): Resource {
  const { inputs: names, unread = [], taggable } = handlerOf(type);
  const isImport = !names.some((name) => name in known);
  const inputs = isImport ? importedInputs(found.inputs, defaultTags) : knownInputs(names, unread, known, found.inputs);
  if (taggable) {
    inputs.tagsAll = found.inputs.tagsAll ?? {};
  }
  return { id, inputs, state: withoutUndefined({ ...found.inputs, ...inputs, ...found.outputs, id }) };
}

function knownInputs(names: readonly string[], unread: readonly string[], known: Properties, actual: Properties): Properties {
  const given = names.filter((name) => known[name] !== undefined);
  const carried = [...unread, "tags"];
  return withoutUndefined(
    Object.fromEntries(given.map((name) => [name, carried.includes(name) ? known[name] : inTermsOf(known[name], actual[name])])),
  );
}

function importedInputs(actual: Properties, defaultTags: Tags): Properties {
  const own = isProperties(actual.tagsAll) ? Object.entries(actual.tagsAll).filter(([key]) => !(key in defaultTags)) : [];
  const inputs = Object.fromEntries(Object.entries(actual).filter(([, value]) => !isEmpty(value)));
  return withoutUndefined(own.length > 0 ? { ...inputs, tags: Object.fromEntries(own) } : inputs);
}

async function named<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new Error(`${what}: ${describe(error)}`, { cause: error });
  }
}
