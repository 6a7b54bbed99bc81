import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import type { sqs as awsSqs } from "@pulumi/aws";
import type { Clients } from "../../stack/clients";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys } from "./tags";

type QueueArgs = Inputs<awsSqs.QueueArgs>;
type QueueInput = keyof QueueArgs & string;

/** The inputs that are attributes of the queue, with the attribute's name and AWS's default. */
const ATTRIBUTES: readonly { input: QueueInput; attribute: QueueAttributeName; byDefault: string }[] = [
  { input: "delaySeconds", attribute: "DelaySeconds", byDefault: "0" },
  { input: "maxMessageSize", attribute: "MaximumMessageSize", byDefault: "1048576" },
  { input: "messageRetentionSeconds", attribute: "MessageRetentionPeriod", byDefault: "345600" },
  { input: "receiveWaitTimeSeconds", attribute: "ReceiveMessageWaitTimeSeconds", byDefault: "0" },
  { input: "visibilityTimeoutSeconds", attribute: "VisibilityTimeout", byDefault: "30" },
  { input: "sqsManagedSseEnabled", attribute: "SqsManagedSseEnabled", byDefault: "false" },
  { input: "kmsMasterKeyId", attribute: "KmsMasterKeyId", byDefault: "" },
  { input: "redrivePolicy", attribute: "RedrivePolicy", byDefault: "" },
];

const queue = handler<awsSqs.QueueArgs>({
  inputs: ["name", "tags", ...ATTRIBUTES.map(({ input }) => input as "delaySeconds")],
  replaceOn: ["name"],
  kept: ["sqsManagedSseEnabled", "redrivePolicy"],
  defaults: Object.fromEntries(ATTRIBUTES.map(({ input, byDefault }) => [input, typed(byDefault)])),
  autoname: "name",
  taggable: true,

  async create({ sqs }, inputs) {
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: inputs.name, Attributes: given(inputs), tags: inputs.tagsAll }),
    );
    return QueueUrl;
  },

  async read({ sqs }, id) {
    const found = await unlessGone(sqs.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ["All"] })));
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: id }));
    const inputs = ATTRIBUTES.map(({ input, attribute }) => [input, typed(found.Attributes?.[attribute])]);
    return {
      inputs: { name: id.split("/").at(-1), tagsAll: Tags, ...Object.fromEntries(inputs) },
      outputs: { arn: found.Attributes?.QueueArn, url: id },
    };
  },

  async update({ sqs }, id, news, olds) {
    // AWS turns its own key off by itself where another is given.
    const wanted = news.kmsMasterKeyId ? { ...news, sqsManagedSseEnabled: undefined } : news;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes: { ...defaultsOf(olds), ...given(wanted) } }));
    const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
    if (TagKeys.length > 0) {
      await sqs.send(new UntagQueueCommand({ QueueUrl: id, TagKeys }));
    }
    await sqs.send(new TagQueueCommand({ QueueUrl: id, Tags: news.tagsAll ?? {} }));
  },

  async delete({ sqs }, id) {
    await unlessGone(sqs.send(new DeleteQueueCommand({ QueueUrl: id })));
  },
});

const queuePolicy = handler<awsSqs.QueuePolicyArgs>({
  inputs: ["queueUrl", "policy"],
  replaceOn: ["queueUrl"],

  async create(clients, { queueUrl, policy }) {
    await setPolicy(clients, queueUrl, policy);
    return queueUrl;
  },

  async read({ sqs }, id) {
    const found = await unlessGone(sqs.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ["Policy"] })));
    const policy = found?.Attributes?.Policy;
    return policy ? { inputs: { queueUrl: id, policy }, outputs: {} } : undefined;
  },

  update: (clients, id, { policy }) => setPolicy(clients, id, policy),

  async delete(clients, id) {
    await unlessGone(setPolicy(clients, id, ""));
  },
});

/** Queues and who may use them. */
export const handlers = {
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
};

function given(inputs: QueueArgs): Record<string, string> {
  const present = ATTRIBUTES.filter(({ input }) => inputs[input] !== undefined);
  return Object.fromEntries(present.map(({ input, attribute }) => [attribute, String(inputs[input])]));
}

/** AWS's defaults for what was given before, so that an input taken away does not stay in force. */
function defaultsOf(olds: QueueArgs): Record<string, string> {
  const present = ATTRIBUTES.filter(({ input }) => olds[input] !== undefined);
  return Object.fromEntries(present.map(({ attribute, byDefault }) => [attribute, byDefault]));
}

/** An attribute, which SQS writes as text, as the program writes it. */
function typed(text: string | undefined): string | number | boolean | undefined {
  if (text === "true" || text === "false") {
    return text === "true";
  }
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
}

async function setPolicy({ sqs }: Clients, QueueUrl: string, policy: unknown): Promise<void> {
  const Policy = typeof policy === "string" ? policy : JSON.stringify(policy);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}
