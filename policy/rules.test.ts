import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackConfiguration } from "../infrastructure/configuration";
import goldsportScheduler from "../infrastructure/index";
import { withBuiltOffice } from "../infrastructure/testing/built-office";
import { record } from "../infrastructure/testing/recorder";
import type { Resource } from "./rule";
import { RULES } from "./rules";

const TYPES = {
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  publicAccess: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  table: "aws:dynamodb/table:Table",
  permission: "aws:lambda/permission:Permission",
  function: "aws:lambda/function:Function",
  distribution: "aws:cloudfront/distribution:Distribution",
  accessControl: "aws:cloudfront/originAccessControl:OriginAccessControl",
  queue: "aws:sqs/queue:Queue",
  queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
  topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  userPool: "aws:cognito/userPool:UserPool",
  identityPool: "aws:cognito/identityPool:IdentityPool",
} as const;

type Props = Record<string, unknown>;

/** Something that breaks a rule: a resource with other inputs, one that there should not be, or one that is missing. */
type Breach = [type: string, props: Props] | { added: [type: string, props: Props] } | { missing: string };

const allow = (statement: object) => ({ policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }) });
const passwords = {
  minimumLength: 12,
  temporaryPasswordValidityDays: 7,
  ...{ requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true },
};
const origin = { domainName: "goldsport-scheduler-web-dev.s3.eu-central-1.amazonaws.com", originAccessControlId: "E1" };

/** Of each rule, everything that breaks it. */
const BREACHES: Record<string, Breach[]> = {
  "S3.2": [
    [TYPES.bucketPolicy, allow({ Principal: "*", Action: "s3:GetObject" })],
    [TYPES.bucketPolicy, allow({ Principal: { AWS: ["*"] }, Action: "s3:*" })],
  ],
  "S3.3": [[TYPES.bucketPolicy, allow({ Principal: { AWS: "*" }, Action: ["s3:PutObject"] })]],
  "S3.5": [[TYPES.bucketPolicy, allow({ Principal: { Service: "cloudfront.amazonaws.com" } })], { missing: TYPES.bucketPolicy }],
  "S3.6": [
    [TYPES.bucketPolicy, allow({ Principal: { AWS: "arn:aws:iam::210987654321:root" }, Action: "s3:GetObject" })],
    [TYPES.bucketPolicy, allow({ Principal: { Service: "cloudfront.amazonaws.com" }, Action: "s3:GetObject" })],
  ],
  "S3.8": [[TYPES.publicAccess, { restrictPublicBuckets: false }], { missing: TYPES.publicAccess }],
  "S3.12": [[TYPES.ownership, { rule: { objectOwnership: "ObjectWriter" } }], { missing: TYPES.ownership }],
  "S3.13": [[TYPES.lifecycle, { rules: [{ status: "Disabled" }] }], { missing: TYPES.lifecycle }],
  "DynamoDB.1": [[TYPES.table, { billingMode: "PROVISIONED" }]],
  "DynamoDB.2": [
    [TYPES.table, { pointInTimeRecovery: { enabled: false } }],
    [TYPES.table, { pointInTimeRecovery: undefined }],
  ],
  "Lambda.1": [
    [TYPES.permission, { principal: "*" }],
    [TYPES.permission, { sourceAccount: undefined }],
    { added: ["aws:lambda/functionUrl:FunctionUrl", {}] },
  ],
  "Lambda.2": [[TYPES.function, { runtime: "python3.8" }]],
  "CloudFront.1": [[TYPES.distribution, { defaultRootObject: "" }]],
  "CloudFront.3": [
    [TYPES.distribution, { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } }],
    [TYPES.distribution, { orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }] }],
  ],
  "CloudFront.12": [[TYPES.distribution, { origins: [{ ...origin, domainName: "gone.s3.eu-central-1.amazonaws.com" }] }]],
  "CloudFront.13": [
    [TYPES.distribution, { origins: [{ ...origin, originAccessControlId: undefined }] }],
    [TYPES.accessControl, { signingBehavior: "never" }],
  ],
  "Cognito.2": [
    [TYPES.identityPool, { allowUnauthenticatedIdentities: true }],
    [TYPES.identityPool, { cognitoIdentityProviders: [{ clientId: "client", serverSideTokenCheck: false }] }],
  ],
  "Cognito.3": [
    [TYPES.userPool, { passwordPolicy: undefined }],
    [TYPES.userPool, { passwordPolicy: { ...passwords, minimumLength: 8 } }],
    [TYPES.userPool, { passwordPolicy: { ...passwords, requireSymbols: false } }],
    [TYPES.userPool, { passwordPolicy: { ...passwords, temporaryPasswordValidityDays: 30 } }],
  ],
  "Cognito.5": [[TYPES.userPool, { mfaConfiguration: "OFF" }]],
  "SQS.1": [[TYPES.queue, { sqsManagedSseEnabled: false }]],
  "SQS.3": [[TYPES.queuePolicy, allow({ Principal: "*", Action: "sqs:SendMessage" })]],
  "SNS.4": [
    [TYPES.topicPolicy, allow({ Principal: "*", Action: "sns:Publish" })],
    [TYPES.topicPolicy, allow({ Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish" })],
  ],
  "IAM.1": [
    [TYPES.rolePolicy, allow({ Action: "*", Resource: "arn:aws:s3:::one" })],
    [TYPES.rolePolicy, allow({ Action: ["s3:GetObject"], Resource: ["*"] })],
  ],
  "IAM.21": [
    [TYPES.rolePolicy, allow({ Action: "s3:Get*", Resource: "arn:aws:s3:::one" })],
    { added: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", {}] },
  ],
  "CloudWatch.15": [[TYPES.alarm, { alarmActions: [] }]],
  "CloudWatch.17": [[TYPES.alarm, { actionsEnabled: false }]],
};

describe("the policy pack", function () {
  this.timeout(30_000);
  withBuiltOffice();
  let program: Resource[];

  before(async () => {
    const office = { "goldsport-scheduler:officeUsers": "anna@example.com" };
    const { registrations } = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...office }, "dev");
    program = registrations.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
  });

  it("has a rule for each row of the security table that is a yes, and for no other", () => {
    const rows = [
      ...readFileSync(join(__dirname, "..", "docs/architecture.md"), "utf8").matchAll(/^\| \*?([\w.]+)\*? \| [^|]+ \| yes \|/gm),
    ];
    assert.deepEqual(RULES.map(({ control }) => control).sort(), rows.map(([, control]) => control).sort());
  });

  for (const { control, asks, against, againstAll } of RULES) {
    const problems = (resources: Resource[]) => [
      ...resources.flatMap((resource) => against?.(resource) ?? []),
      ...(againstAll?.(resources) ?? []),
    ];

    it(`${control}, ${asks}: has nothing against the program, and something against all that breaks it`, () => {
      assert.deepEqual(problems(program), []);
      const breaches = BREACHES[control] ?? [];
      assert.notEqual(breaches.length, 0);
      for (const breach of breaches) {
        assert.equal(problems(broken(program, breach)).length, 1, JSON.stringify(breach));
      }
    });
  }
});

/** The program with one thing wrong. */
function broken(program: Resource[], breach: Breach): Resource[] {
  if ("added" in breach) {
    const [type, props] = breach.added;
    return [...program, { type, name: "added", props }];
  }
  const type = "missing" in breach ? breach.missing : breach[0];
  const place = program.findIndex((resource) => resource.type === type);
  const found = program[place];
  assert.ok(found, type);
  const instead = "missing" in breach ? [] : [{ ...found, props: { ...found.props, ...breach[1] } }];
  return program.toSpliced(place, 1, ...instead);
}
