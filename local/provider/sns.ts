import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import type { sns as awsSns } from "@pulumi/aws";
import type { Clients } from "../../stack/clients";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys, tagList, tagMap } from "./tags";

/** The account's own statement, which SNS gives a topic that has no policy. */
const DEFAULT_POLICY_ID = "__default_policy_ID";

const topic = handler<awsSns.TopicArgs>({
  inputs: ["name", "displayName", "kmsMasterKeyId", "tags"],
  replaceOn: ["name"],
  autoname: "name",
  taggable: true,

  async create({ sns }, inputs) {
    const { TopicArn = "" } = await sns.send(
      new CreateTopicCommand({ Name: inputs.name, Attributes: attributes(inputs), Tags: tagList(inputs.tagsAll) }),
    );
    return TopicArn;
  },

  async read({ sns }, id) {
    const found = await unlessGone(sns.send(new GetTopicAttributesCommand({ TopicArn: id })));
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: id }));
    return {
      inputs: {
        name: id.split(":").at(-1),
        displayName: found.Attributes?.DisplayName,
        kmsMasterKeyId: found.Attributes?.KmsMasterKeyId,
        tagsAll: tagMap(Tags as { Key: string; Value: string }[]),
      },
      outputs: { arn: id, owner: found.Attributes?.Owner },
    };
  },

  async update({ sns }, id, news, olds) {
    for (const [AttributeName, AttributeValue] of Object.entries({ ...blank(olds), ...attributes(news) })) {
      await sns.send(new SetTopicAttributesCommand({ TopicArn: id, AttributeName, AttributeValue }));
    }
    const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
    if (TagKeys.length > 0) {
      await sns.send(new UntagResourceCommand({ ResourceArn: id, TagKeys }));
    }
    await sns.send(new TagResourceCommand({ ResourceArn: id, Tags: tagList(news.tagsAll) }));
  },

  async delete({ sns }, id) {
    await unlessGone(sns.send(new DeleteTopicCommand({ TopicArn: id })));
  },
});

const topicPolicy = handler<awsSns.TopicPolicyArgs>({
  inputs: ["arn", "policy"],
  replaceOn: ["arn"],

  async create(clients, { arn, policy }) {
    await setPolicy(clients, arn, policy);
    return arn;
  },

  async read({ sns }, id) {
    const found = await unlessGone(sns.send(new GetTopicAttributesCommand({ TopicArn: id })));
    const policy = found?.Attributes?.Policy;
    const isDefault = policy === undefined || policy.includes(DEFAULT_POLICY_ID);
    return isDefault ? undefined : { inputs: { arn: id, policy }, outputs: { owner: found?.Attributes?.Owner } };
  },

  update: (clients, id, { policy }) => setPolicy(clients, id, policy),

  async delete(clients, id) {
    const found = await unlessGone(clients.sns.send(new GetTopicAttributesCommand({ TopicArn: id })));
    if (found !== undefined) {
      await setPolicy(clients, id, ownersPolicy(id, found.Attributes?.Owner ?? ""));
    }
  },
});

const subscription = handler<awsSns.TopicSubscriptionArgs>({
  inputs: ["topic", "protocol", "endpoint"],
  replaceOn: [],

  async create({ sns }, { topic, protocol, endpoint }) {
    const command = new SubscribeCommand({
      TopicArn: topic as string,
      Protocol: protocol as string,
      Endpoint: endpoint,
      ReturnSubscriptionArn: true,
    });
    return (await sns.send(command)).SubscriptionArn ?? "";
  },

  async read({ sns }, id) {
    const found = (await unlessGone(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id }))))?.Attributes;
    return (
      found && {
        inputs: { topic: found.TopicArn, protocol: found.Protocol, endpoint: found.Endpoint },
        outputs: { arn: id, ownerId: found.Owner, pendingConfirmation: found.PendingConfirmation === "true" },
      }
    );
  },

  async delete({ sns }, id) {
    await unlessGone(sns.send(new UnsubscribeCommand({ SubscriptionArn: id })));
  },
});

/** Topics, who may publish to them, and who hears it. */
export const handlers = {
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": subscription,
};

function attributes({ displayName, kmsMasterKeyId }: Inputs<awsSns.TopicArgs>): Record<string, string> {
  return {
    ...(displayName !== undefined && { DisplayName: displayName }),
    ...(kmsMasterKeyId !== undefined && { KmsMasterKeyId: kmsMasterKeyId }),
  };
}

/** Empties what was given before, so that an input taken away does not stay in force. */
function blank(olds: Inputs<awsSns.TopicArgs>): Record<string, string> {
  return Object.fromEntries(Object.keys(attributes(olds)).map((name) => [name, ""]));
}

async function setPolicy({ sns }: Clients, TopicArn: string, policy: unknown): Promise<void> {
  const AttributeValue = typeof policy === "string" ? policy : JSON.stringify(policy);
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
}

function ownersPolicy(arn: string, owner: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: DEFAULT_POLICY_ID,
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:DeleteTopic", "SNS:Subscribe", "SNS:Publish"],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": owner } },
      },
    ],
  });
}
