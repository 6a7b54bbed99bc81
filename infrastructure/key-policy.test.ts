import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { ACCOUNT, all, type Recording, record } from "./testing/recorder";

const REGION = "eu-central-1";
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0123abcd`;
const OTHER = "210987654321";

/** The policy of docs/operations.md, as an operator fills it in. */
const [, shown = ""] = /^\*\*`kmsKeyArn`\*\*[\s\S]+?^```\n([\s\S]+?)^```/m.exec(readFileSync("docs/operations.md", "utf8")) ?? [];
const policy = JSON.parse(shown.replaceAll("ACCOUNT", ACCOUNT).replaceAll("REGION", REGION));

describe("the key's policy in docs/operations.md", () => {
  let recording: Recording;

  before(async () => {
    const settings = { "goldsport-scheduler:exportUrl": "https://bookings.example.com/export", "goldsport-scheduler:kmsKeyArn": KEY };
    recording = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...settings }, "dev");
  });

  it("lets CloudWatch Logs encrypt and decrypt every log group of the program, and no other", () => {
    const groups = all(recording, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => String(inputs.name));
    const { Principal, Action, Condition } = policy.Statement.find(({ Sid }: { Sid: string }) => Sid === "Logs");
    const { ArnLike, ...others } = Condition;
    const [[context, pattern]] = Object.entries<string>(ArnLike) as [[string, string]];
    assert.deepEqual([Principal, context, others], [{ Service: `logs.${REGION}.amazonaws.com` }, "kms:EncryptionContext:aws:logs:arn", {}]);
    // What it asks KMS for: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html.
    assert.deepEqual(Action, ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]);
    const included = (group: string) => matchesGlob(`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${group}`, pattern);
    assert.deepEqual([...groups, "/aws/lambda/another"].map(included), [...groups.map(() => true), false]);
    assert.ok(groups.length > 1);
  });

  it("lets CloudFront decrypt, and alarms write to the topic, of this account", async () => {
    assert.ok(await may("cloudfront.amazonaws.com", "Decrypt", { "aws:SourceArn": `arn:aws:cloudfront::${ACCOUNT}:distribution/E1` }));
    for (const action of ["Decrypt", "GenerateDataKey"]) {
      assert.ok(await may("cloudwatch.amazonaws.com", action, { "aws:SourceAccount": ACCOUNT }), action);
    }
  });

  it("lets no service use it for another account", async () => {
    assert.ok(!(await may("cloudfront.amazonaws.com", "Decrypt", { "aws:SourceArn": `arn:aws:cloudfront::${OTHER}:distribution/E1` })));
    assert.ok(!(await may("cloudwatch.amazonaws.com", "Decrypt", { "aws:SourceAccount": OTHER })));
    assert.ok(!(await may("s3.amazonaws.com", "Decrypt", {})));
  });

  it("leaves roles of the account to IAM: they may do what their own policies say", async () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/goldsport-scheduler-engine-dev`;
    const granted = [{ Effect: "Allow", Action: "kms:Decrypt", Resource: KEY }];
    assert.ok(await may(role, "Decrypt", {}, granted));
    assert.ok(!(await may(role, "Encrypt", {}, granted)));
  });
});

/** Whether a value is what a condition with asterisks asks for. */
function matchesGlob(value: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}

async function may(principal: string, action: string, contextVariables: Record<string, string>, granted?: object[]): Promise<boolean> {
  const result = await runSimulation(
    {
      request: { principal, action: `kms:${action}`, resource: { resource: KEY, accountId: ACCOUNT }, contextVariables },
      identityPolicies: granted === undefined ? [] : [{ name: "granted", policy: { Version: "2012-10-17", Statement: granted } }],
      resourcePolicy: policy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result.resultType === "single" ? result.overallResult === "Allowed" : assert.fail(JSON.stringify(result));
}
