import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { cloudwatch as awsCloudwatch } from "@pulumi/aws";
import type { Clients } from "../../stack/clients";
import { unlessGone } from "./errors";
import { handler } from "./handler";
import { removedKeys } from "./tags";

const logGroup = handler<awsCloudwatch.LogGroupArgs>({
  inputs: ["name", "retentionInDays", "kmsKeyId", "logGroupClass", "skipDestroy", "tags"],
  replaceOn: ["name", "logGroupClass", "kmsKeyId"],
  unread: ["skipDestroy"],
  kept: ["logGroupClass"],
  defaults: { logGroupClass: "STANDARD" },
  autoname: "name",
  taggable: true,

  async create(clients, { name = "", retentionInDays, kmsKeyId, logGroupClass, tagsAll }) {
    const tags = Object.keys(tagsAll ?? {}).length === 0 ? undefined : tagsAll;
    const command = new CreateLogGroupCommand({ logGroupName: name, kmsKeyId, logGroupClass: logGroupClass as "STANDARD", tags });
    await clients.logs.send(command);
    await setRetention(clients, name, retentionInDays);
    return name;
  },

  async read({ logs }, id) {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
    const found = logGroups.find(({ logGroupName }) => logGroupName === id);
    if (found === undefined) {
      return undefined;
    }
    const arn = found.arn?.replace(/:\*$/, "") ?? "";
    const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return {
      inputs: {
        name: id,
        retentionInDays: found.retentionInDays,
        kmsKeyId: found.kmsKeyId,
        logGroupClass: found.logGroupClass,
        tagsAll: tags,
      },
      outputs: { arn },
    };
  },

  async update(clients, id, news, olds) {
    if (news.retentionInDays !== olds.retentionInDays) {
      await setRetention(clients, id, news.retentionInDays);
    }
    const { logGroups } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
    const resourceArn = logGroups?.find(({ logGroupName }) => logGroupName === id)?.arn?.replace(/:\*$/, "");
    const tagKeys = removedKeys(olds.tagsAll, news.tagsAll);
    if (tagKeys.length > 0) {
      await clients.logs.send(new UntagResourceCommand({ resourceArn, tagKeys }));
    }
    await clients.logs.send(new TagResourceCommand({ resourceArn, tags: news.tagsAll ?? {} }));
  },

  async delete({ logs }, id, { skipDestroy }) {
    if (!skipDestroy) {
      await unlessGone(logs.send(new DeleteLogGroupCommand({ logGroupName: id })));
    }
  },
});

/** Where logs go, and for how long. */
export const handlers = { "aws:cloudwatch/logGroup:LogGroup": logGroup };

/** No retention, or 0 days, keeps logs for ever. */
async function setRetention({ logs }: Clients, logGroupName: string, days = 0): Promise<void> {
  const command = days > 0 ? new PutRetentionPolicyCommand({ logGroupName, retentionInDays: days }) : undefined;
  await (command ? logs.send(command) : logs.send(new DeleteRetentionPolicyCommand({ logGroupName })));
}
