import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import type { dynamodb as awsDynamodb } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys, tagList, tagMap } from "./tags";
import { same } from "./values";

type TableArgs = Inputs<awsDynamodb.TableArgs>;

const WAIT = { maxWaitTime: 120, minDelay: 0.1, maxDelay: 5 };

const table = handler<awsDynamodb.TableArgs>({
  inputs: [
    "name",
    "attributes",
    "hashKey",
    "rangeKey",
    "billingMode",
    "ttl",
    "pointInTimeRecovery",
    "deletionProtectionEnabled",
    "serverSideEncryption",
    "tags",
  ],
  replaceOn: ["name", "hashKey", "rangeKey", "attributes"],
  kept: ["attributes", "hashKey", "ttl", "pointInTimeRecovery", "serverSideEncryption"],
  defaults: { billingMode: "PROVISIONED" },
  autoname: "name",
  taggable: true,

  async create({ dynamodb }, inputs) {
    const TableName = inputs.name ?? "";
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: inputs.attributes?.map(({ name, type }) => ({ AttributeName: name, AttributeType: type as "S" })),
        KeySchema: keySchema(inputs),
        BillingMode: billingMode(inputs),
        SSESpecification: encryption(inputs),
        DeletionProtectionEnabled: inputs.deletionProtectionEnabled,
        Tags: tagList(inputs.tagsAll),
      }),
    );
    await waitUntilTableExists({ client: dynamodb, ...WAIT }, { TableName });
    await setTimeToLive(dynamodb, TableName, inputs);
    await setRecovery(dynamodb, TableName, inputs);
    return TableName;
  },

  async read({ dynamodb }, id) {
    const found = (await unlessGone(dynamodb.send(new DescribeTableCommand({ TableName: id }))))?.Table;
    if (found === undefined) {
      return undefined;
    }
    const { TimeToLiveDescription: ttl } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: id }));
    const { ContinuousBackupsDescription: backups } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: id }));
    const { Tags } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: found.TableArn }));
    const key = (type: string) => found.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const recovery = backups?.PointInTimeRecoveryDescription;
    const customKey = found.SSEDescription?.Status === "ENABLED";
    return {
      inputs: {
        name: id,
        attributes: found.AttributeDefinitions?.map(({ AttributeName = "", AttributeType = "" }) => ({
          name: AttributeName,
          type: AttributeType,
        })),
        hashKey: key("HASH"),
        rangeKey: key("RANGE"),
        billingMode: found.BillingModeSummary?.BillingMode,
        ttl: ttl?.TimeToLiveStatus?.startsWith("ENABL") ? { attributeName: ttl.AttributeName, enabled: true } : undefined,
        pointInTimeRecovery: recovery?.PointInTimeRecoveryStatus === "ENABLED" ? { enabled: true } : undefined,
        deletionProtectionEnabled: found.DeletionProtectionEnabled,
        serverSideEncryption: customKey ? { enabled: true, kmsKeyArn: found.SSEDescription?.KMSMasterKeyArn } : { enabled: false },
        tagsAll: tagMap(Tags as { Key: string; Value: string }[]),
      },
      outputs: { arn: found.TableArn, region: await dynamodb.config.region() },
    };
  },

  async update({ dynamodb }, id, news, olds) {
    await updateTable(dynamodb, id, news, olds);
    if (!same(news.ttl, olds.ttl)) {
      await setTimeToLive(dynamodb, id, news, olds);
    }
    if (!same(news.pointInTimeRecovery, olds.pointInTimeRecovery)) {
      await setRecovery(dynamodb, id, news);
    }
    await retag(dynamodb, id, news, olds);
  },

  async delete({ dynamodb }, id) {
    if ((await unlessGone(dynamodb.send(new DeleteTableCommand({ TableName: id })))) !== undefined) {
      await waitUntilTableNotExists({ client: dynamodb, ...WAIT }, { TableName: id });
    }
  },
});

/** Tables. */
export const handlers = { "aws:dynamodb/table:Table": table };

function keySchema({ hashKey, rangeKey }: TableArgs): { AttributeName: string; KeyType: "HASH" | "RANGE" }[] {
  const range = rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }];
  return [{ AttributeName: hashKey ?? "", KeyType: "HASH" }, ...range];
}

function billingMode({ billingMode = "PROVISIONED" }: TableArgs): "PROVISIONED" | "PAY_PER_REQUEST" {
  return billingMode as "PROVISIONED" | "PAY_PER_REQUEST";
}

function encryption({ serverSideEncryption: wanted }: TableArgs) {
  return wanted?.enabled ? { Enabled: true, SSEType: "KMS" as const, KMSMasterKeyId: wanted.kmsKeyArn } : undefined;
}

async function updateTable(dynamodb: DynamoDBClient, TableName: string, news: TableArgs, olds: TableArgs): Promise<void> {
  const changed = (key: keyof TableArgs) => !same(news[key], olds[key]);
  const changes = {
    ...(changed("billingMode") && { BillingMode: billingMode(news) }),
    ...(changed("deletionProtectionEnabled") && { DeletionProtectionEnabled: news.deletionProtectionEnabled ?? false }),
    ...(changed("serverSideEncryption") && { SSESpecification: encryption(news) ?? { Enabled: false } }),
  };
  if (Object.keys(changes).length > 0) {
    await dynamodb.send(new UpdateTableCommand({ TableName, ...changes }));
    await waitUntilTableExists({ client: dynamodb, ...WAIT }, { TableName });
  }
}

/** Turns expiry on or off; a table that never had it is left alone, since DynamoDB refuses to turn off what is off. */
async function setTimeToLive(dynamodb: DynamoDBClient, TableName: string, news: TableArgs, olds?: TableArgs): Promise<void> {
  const Enabled = news.ttl?.enabled ?? false;
  const AttributeName = (Enabled ? news.ttl : olds?.ttl)?.attributeName;
  if (AttributeName !== undefined) {
    await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }));
  }
}

async function setRecovery(dynamodb: DynamoDBClient, TableName: string, { pointInTimeRecovery }: TableArgs): Promise<void> {
  const PointInTimeRecoveryEnabled = pointInTimeRecovery?.enabled ?? false;
  await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } }));
}

async function retag(dynamodb: DynamoDBClient, TableName: string, news: TableArgs, olds: TableArgs): Promise<void> {
  if (same(news.tagsAll, olds.tagsAll)) {
    return;
  }
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
  if (TagKeys.length > 0) {
    await dynamodb.send(new UntagResourceCommand({ ResourceArn: Table?.TableArn, TagKeys }));
  }
  await dynamodb.send(new TagResourceCommand({ ResourceArn: Table?.TableArn, Tags: tagList(news.tagsAll) }));
}
