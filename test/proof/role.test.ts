import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { execa } from "execa";
import { trustPolicy } from "../../infrastructure/policies";
import { REGION } from "../../local/emulator";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { published } from "../../stack/published";
import { exportOf } from "../e2e/exports";
import { processorRoleArn } from "../e2e/role-probe";
import { figures, IS_FULL } from "./figures";
import { credentialsOf, type RoleCredentials } from "./role-credentials";

/** A service, its resources that are tried, and the operations that may go through. */
interface Target {
  what: string;
  service: string;
  values: Record<string, unknown>;
  granted: string[];
  /** Whether the short form of the proof tries it. */
  isInShort?: true;
}

/** For these the embedded AWS asks for the right to list, to read or to write, which the role has where they went through. */
const ASK_ANOTHER_RIGHT = [
  "CreateSession",
  "GetBucketAbac",
  "GetBucketMetadataConfiguration",
  "GetBucketMetadataTableConfiguration",
  "RenameObject",
  "SelectObjectContent",
];

const REFUSED = /^(AccessDenied\w*|AuthorizationError\w*) |\b403$/;

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
    const answers = await sweep(targets, await credentialsOf(stack, processorRoleArn(stack)));
    // What even a role without any right is not refused, the embedded AWS does not guard; what the policy says of it,
    // `infrastructure/grants.test.ts` shows.
    const nobodys = await sweep(targets, await credentialsOf(stack, await roleWithoutRights()));
    const found = { tooMuch: [] as string[], tooLittle: [] as string[], notGuarded: [] as string[] };
    targets.forEach(({ what, granted }, place) => {
      for (const [operation, code] of Object.entries(answers[place] ?? {})) {
        const isGranted = granted.includes(operation);
        const line = `${what}: ${operation} ${code ?? "went through"}`;
        if (REFUSED.test(code ?? "")) {
          found.tooLittle.push(...(isGranted ? [line] : []));
        } else if (!REFUSED.test(nobodys[place]?.[operation] ?? "") || ASK_ANOTHER_RIGHT.includes(operation)) {
          found.notGuarded.push(operation);
        } else if (!isGranted) {
          found.tooMuch.push(line);
        }
      }
      assert.deepEqual(
        granted.filter((operation) => answers[place]?.[operation] === undefined),
        [],
        "there is no such operation",
      );
    });
    assert.deepEqual({ ...found, notGuarded: [] }, { tooMuch: [], tooLittle: [], notGuarded: [] });
    const tried = answers.reduce((sum, answer) => sum + Object.keys(answer).length, 0);
    figures("doors", {
      "calls tried as the function's role": tried,
      "not guarded by the embedded AWS": [...new Set(found.notGuarded)].sort(),
    });
  });

  async function roleWithoutRights(): Promise<string> {
    const { Role } = await stack.clients.iam.send(
      new CreateRoleCommand({ RoleName: "nobody", AssumeRolePolicyDocument: trustPolicy("lambda.amazonaws.com") }),
    );
    return Role?.Arn ?? "";
  }

  /** Tries every operation of each target's service under a role; the answers are error codes by operation. */
  async function sweep(targets: Target[], role: RoleCredentials): Promise<Record<string, string | null>[]> {
    const bundle = join(stack.emulator.folder, "role.pem");
    writeFileSync(bundle, stack.certificate);
    const { stdout } = await execa(".venv/bin/python", ["test/proof/role_sweep.py"], {
      input: JSON.stringify(targets.map(({ service, values }) => ({ service, values }))),
      env: {
        AWS_ENDPOINT_URL: stack.endpoint,
        AWS_CA_BUNDLE: bundle,
        AWS_DEFAULT_REGION: REGION,
        AWS_ACCESS_KEY_ID: role.accessKeyId,
        AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
        AWS_SESSION_TOKEN: role.sessionToken,
      },
    });
    return JSON.parse(stdout);
  }
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
