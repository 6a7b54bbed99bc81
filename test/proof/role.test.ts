import assert from "node:assert/strict";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { REGION } from "../../local/emulator";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { published } from "../../stack/published";
import { exportOf } from "../e2e/exports";
import { processorRoleArn } from "../e2e/role-probe";
import { figures, IS_FULL } from "./figures";
import { credentialsOf } from "./role-credentials";
import { type Target, tryAll } from "./role-sweep";

describe("the function's role", function () {
  this.timeout(240_000);
  let stack: LocalStack;

  before(async () => {
    stack = await startLocalStack();
    const { inputBucketName } = stack.outputs;
    await stack.clients.s3.send(new PutObjectCommand({ Bucket: inputBucketName, Key: "orders/season.tsv", Body: exportOf({}) }));
    await published(stack.url, "orders/season.tsv");
    await stack.clients.s3.send(new CreateBucketCommand({ Bucket: "another", CreateBucketConfiguration: { LocationConstraint: REGION } }));
  });

  after(() => stack?.stop());

  it("can do what it must and, tried call by call, nothing else", async () => {
    const targets = IS_FULL ? [...inReach(stack), ...outOfReach(stack)] : inReach(stack).filter(({ isInShort }) => isInShort);
    const { notGuarded, tried, ...found } = await tryAll(stack, targets, await credentialsOf(stack, processorRoleArn(stack)));
    assert.deepEqual(found, { tooMuch: [], tooLittle: [] });
    figures("doors", {
      "calls tried as the function's role": tried,
      "not guarded by the embedded AWS": notGuarded,
    });
  });
});

/** The resources of which the role has some rights. */
function inReach({ outputs }: LocalStack): Target[] {
  const upload = `${outputs.inputBucketName}/orders/season.tsv`;
  const TableName = outputs.dataTableName;
  const item = { PK: { S: "SCHEDULE#2001-01-01" }, SK: { S: "META" } };
  const other = { ...item, SK: { S: "ROSTER" } };
  return [
    {
      what: "the input bucket",
      service: "s3",
      values: { Bucket: outputs.inputBucketName, Key: "orders/season.tsv", CopySource: upload },
      granted: ["GetObject", "GetObjectTorrent", "HeadObject", "HeadBucket", "ListObjects", "ListObjectsV2"],
    },
    {
      what: "the documents",
      service: "s3",
      values: { Bucket: outputs.websiteBucketName, Key: "data/schedule.json", CopySource: upload },
      granted: [
        ...["GetObject", "GetObjectTorrent", "HeadObject", "PutObject", "CopyObject", "DeleteObject", "DeleteObjects"],
        ...["CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload"],
      ],
    },
    {
      what: "the site",
      isInShort: true,
      service: "s3",
      values: { Bucket: outputs.websiteBucketName, Key: "index.html", CopySource: upload },
      granted: [],
    },
    {
      what: "the table",
      isInShort: true,
      service: "dynamodb",
      values: {
        TableName,
        Key: item,
        Item: item,
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": { S: "none" } },
        BatchGetItem: { RequestItems: { [TableName]: { Keys: [item] } } },
        BatchWriteItem: { RequestItems: { [TableName]: [{ DeleteRequest: { Key: item } }] } },
        TransactGetItems: { TransactItems: [{ Get: { TableName, Key: item } }] },
        TransactWriteItems: { TransactItems: [{ Put: { TableName, Item: item } }, { Delete: { TableName, Key: other } }] },
      },
      granted: ["BatchGetItem", "Query", "PutItem", "DeleteItem", "TransactWriteItems"],
    },
    {
      what: "the failure queue",
      service: "sqs",
      values: { QueueUrl: outputs.failureQueueUrl },
      granted: ["SendMessage"],
    },
    {
      what: "the log",
      service: "logs",
      values: { logGroupName: `/aws/lambda/${outputs.processorFunctionName}`, logStreamName: "proof" },
      granted: ["CreateLogStream", "PutLogEvents"],
    },
  ];
}

/** What the role has nothing to do with. */
function outOfReach(stack: LocalStack): Target[] {
  const { outputs } = stack;
  return [
    { what: "the function", service: "lambda", values: { FunctionName: outputs.processorFunctionName }, granted: [] },
    { what: "its rights", service: "iam", values: { RoleName: outputs.processorFunctionName, PolicyName: "input-read" }, granted: [] },
    { what: "itself", service: "sts", values: { RoleArn: processorRoleArn(stack) }, granted: ["GetCallerIdentity"] },
    { what: "the distribution", service: "cloudfront", values: { Id: outputs.distributionId }, granted: [] },
    { what: "the alarms", service: "cloudwatch", values: { DashboardName: outputs.dashboardName }, granted: [] },
    { what: "the topic", service: "sns", values: { TopicArn: outputs.alarmTopicArn }, granted: [] },
    { what: "another table", service: "dynamodb", values: { TableName: "another" }, granted: [] },
    { what: "another bucket", service: "s3", values: { Bucket: "another", Key: "data/x.json", CopySource: "another/x" }, granted: [] },
    { what: "keys", service: "kms", values: {}, granted: [] },
    { what: "secrets", service: "secretsmanager", values: {}, granted: [] },
    { what: "parameters", service: "ssm", values: {}, granted: [] },
    { what: "machines", service: "ec2", values: {}, granted: [] },
  ];
}
