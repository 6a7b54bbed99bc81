import assert from "node:assert/strict";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CLERK, letIn } from "../../local/clerk";
import { REGION } from "../../local/emulator";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { outcomeOf } from "../../stack/uploads";
import { exportOf } from "../e2e/exports";
import { lent, pageSettings, signIn } from "../e2e/office-session";
import { figures, IS_FULL } from "./figures";
import { type Target, tryAll } from "./role-sweep";

const EXPORT = "orders/season.tsv";
const PROFILES = "instructors/profiles.json";

describe("the office's role, lent to a clerk who has signed in", function () {
  this.timeout(240_000);
  let stack: LocalStack;

  before(async () => {
    stack = await startLocalStack({ config: { "goldsport-scheduler:officeUsers": CLERK } });
    const Bucket = stack.outputs.inputBucketName;
    await stack.clients.s3.send(new PutObjectCommand({ Bucket, Key: PROFILES, Body: '{"1": {"name": "Jana"}}' }));
    await stack.clients.s3.send(new PutObjectCommand({ Bucket, Key: EXPORT, Body: exportOf({}) }));
    await outcomeOf({ ...stack, name: "local" }, EXPORT);
    await stack.clients.s3.send(new CreateBucketCommand({ Bucket: "another", CreateBucketConfiguration: { LocationConstraint: REGION } }));
  });

  after(() => stack?.stop());

  it("can do what it must and, tried call by call, nothing else", async () => {
    const targets = IS_FULL ? [...inReach(stack), ...outOfReach(stack)] : inReach(stack).filter(({ isInShort }) => isInShort);
    const password = await letIn(stack.clients, stack.outputs, CLERK);
    const role = await lent(await pageSettings(stack), (await signIn(stack, CLERK, password)).id_token);
    const { notGuarded: _, tried, ...found } = await tryAll(stack, targets, role);
    assert.deepEqual(found, { tooMuch: [], tooLittle: [] });
    figures("doors", { "calls tried as the office's role": tried });
  });
});

/** What the role has some rights to. */
function inReach({ outputs }: LocalStack): Target[] {
  const { inputBucketName: Bucket, dataTableName: TableName } = outputs;
  const item = { PK: { S: "SCHEDULE#2001-01-01" }, SK: { S: "META" } };
  const putting = ["PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"];
  return [
    {
      what: "exports",
      service: "s3",
      values: { Bucket, Key: EXPORT, CopySource: `${Bucket}/${EXPORT}` },
      granted: putting,
    },
    {
      what: "profiles and rosters",
      isInShort: true,
      service: "s3",
      values: { Bucket, Key: PROFILES, CopySource: `${Bucket}/${PROFILES}` },
      granted: [...putting, "CopyObject", "UploadPartCopy", "GetObject", "GetObjectTorrent", "HeadObject"],
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
        ExpressionAttributeValues: { ":pk": { S: "SCHEDULE#2001-01-01" } },
        BatchGetItem: { RequestItems: { [TableName]: { Keys: [item] } } },
        BatchWriteItem: { RequestItems: { [TableName]: [{ DeleteRequest: { Key: item } }] } },
        TransactGetItems: { TransactItems: [{ Get: { TableName, Key: item } }] },
        TransactWriteItems: { TransactItems: [{ Put: { TableName, Item: item } }] },
      },
      granted: ["GetItem", "Query", "TransactGetItems"],
    },
  ];
}

/** What the role has nothing to do with. */
function outOfReach({ outputs }: LocalStack): Target[] {
  const { websiteBucketName, userPoolId } = outputs;
  const inWeb = (Key: string) => ({ Bucket: websiteBucketName, Key, CopySource: `${websiteBucketName}/${Key}` });
  return [
    {
      what: "the rest of the input bucket",
      service: "s3",
      values: { Bucket: outputs.inputBucketName, Key: "fetcher/last.json" },
      granted: [],
    },
    { what: "the documents", service: "s3", values: inWeb("data/schedule.json"), granted: [] },
    { what: "the page", service: "s3", values: inWeb("office/settings.json"), granted: [] },
    { what: "another bucket", service: "s3", values: { Bucket: "another", Key: "orders/x.tsv", CopySource: "another/x" }, granted: [] },
    { what: "another table", service: "dynamodb", values: { TableName: "another" }, granted: [] },
    { what: "the function", service: "lambda", values: { FunctionName: outputs.processorFunctionName }, granted: [] },
    { what: "the failure queue", service: "sqs", values: { QueueUrl: outputs.failureQueueUrl }, granted: [] },
    { what: "the log", service: "logs", values: { logGroupName: `/aws/lambda/${outputs.processorFunctionName}` }, granted: [] },
    {
      what: "its rights",
      service: "iam",
      values: { RoleName: "goldsport-scheduler-office-local", PolicyName: "input-office" },
      granted: [],
    },
    { what: "other roles", service: "sts", values: {}, granted: ["GetCallerIdentity"] },
    { what: "users", service: "cognito-idp", values: { UserPoolId: userPoolId, Username: CLERK }, granted: [] },
    { what: "the distribution", service: "cloudfront", values: { Id: outputs.distributionId }, granted: [] },
    { what: "the topic", service: "sns", values: { TopicArn: outputs.alarmTopicArn }, granted: [] },
    { what: "parameters", service: "ssm", values: {}, granted: [] },
  ];
}
