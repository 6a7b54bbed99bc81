import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import type { Statement } from "./policies";
import { withBuiltOffice } from "./testing/built-office";
import { all, only, type Recording, record } from "./testing/recorder";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0123abcd-4567-89ab-cdef-0123456789ab";
const WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/site/0123abcd-4567-89ab-cdef-0123456789ab";

/** Every setting that makes a stack stricter, turned on. */
const STRICT: Record<string, string> = {
  kmsKeyArn: KEY,
  accessLogBucket: "the-logs",
  webAclArn: WEB_ACL,
  protect: "true",
  logRetentionDays: "365",
};

/** What the security table says of a control. */
interface Row {
  control: string;
  met: string;
  how: string;
}

/** How each control that is met, or has nothing to be met by, shows in what the program registers. */
const RULES: Record<string, (program: Recording) => void> = {
  "S3.2": (program) => each(bucketStatements(program), (statement) => assert.ok(!isForEveryone(statement))),
  "S3.3": (program) => each(bucketStatements(program), (statement) => assert.ok(!isForEveryone(statement))),
  "S3.5": (program) => {
    const policies = ofType(program, "aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(bucketsOf(policies), bucketsOf(buckets(program)));
    each(policies, ({ policy }) => assert.ok(statementsOf(policy).some(refusesPlainHttp)));
  },
  "S3.6": (program) => {
    const allowed = bucketStatements(program).filter(({ Effect }) => Effect === "Allow");
    assert.deepEqual(
      allowed.map(({ Principal, Action }) => [Principal, Action]),
      [[{ Service: "cloudfront.amazonaws.com" }, "s3:GetObject"]],
    );
    assert.match(JSON.stringify(allowed[0]?.Condition), /"AWS:SourceArn":"arn:aws:cloudfront:[^*"]+"/);
  },
  "S3.8": (program) => {
    const blocks = ofType(program, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    assert.deepEqual(bucketsOf(blocks), bucketsOf(buckets(program)));
    each(blocks, ({ bucket, ...block }) => assert.deepEqual(Object.values(block), [true, true, true, true]));
  },
  "S3.9": (program) => assert.deepEqual(bucketsOf(ofType(program, "aws:s3/bucketLogging:BucketLogging")), bucketsOf(buckets(program))),
  "S3.12": (program) => {
    const controls = ofType(program, "aws:s3/bucketOwnershipControls:BucketOwnershipControls");
    assert.deepEqual(bucketsOf(controls), bucketsOf(buckets(program)));
    each(controls, ({ rule }) => assert.deepEqual(rule, { objectOwnership: "BucketOwnerEnforced" }));
  },
  "S3.13": (program) =>
    assert.deepEqual(
      bucketsOf(ofType(program, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")),
      bucketsOf(buckets(program)),
    ),
  "S3.17": (program) => {
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    each(ofType(program, type), ({ rules }) => assert.match(JSON.stringify(rules), new RegExp(`"kmsMasterKeyId":"${KEY}"`)));
    assert.deepEqual(only(program, "aws:dynamodb/table:Table").inputs.serverSideEncryption, { enabled: true, kmsKeyArn: KEY });
    each(ofType(program, "aws:cloudwatch/logGroup:LogGroup"), ({ kmsKeyId }) => assert.equal(kmsKeyId, KEY));
    assert.equal(only(program, "aws:sqs/queue:Queue").inputs.kmsMasterKeyId, KEY);
    assert.ok(
      roleStatements(program).some(({ Action, Resource }) => Resource === KEY && String(Action) === "kms:Decrypt,kms:GenerateDataKey"),
    );
  },
  "S3.19": none(/accessPoint/i),
  "S3.24": none(/multiRegionAccessPoint/i),
  "S3.25": none(/directoryBucket/i),
  "DynamoDB.1": (program) => assert.equal(only(program, "aws:dynamodb/table:Table").inputs.billingMode, "PAY_PER_REQUEST"),
  "DynamoDB.2": (program) => assert.deepEqual(only(program, "aws:dynamodb/table:Table").inputs.pointInTimeRecovery, { enabled: true }),
  "DynamoDB.3": none(/:dax\//),
  "DynamoDB.6": (program) => assert.equal(only(program, "aws:dynamodb/table:Table").inputs.deletionProtectionEnabled, true),
  "DynamoDB.7": none(/:dax\//),
  "Lambda.1": (program) => {
    const { principal, sourceArn, sourceAccount } = only(program, "aws:lambda/permission:Permission").inputs;
    assert.equal(principal, "s3.amazonaws.com");
    assert.match(`${sourceArn} ${sourceAccount}`, /^arn:aws:s3:\S*goldsport-scheduler-input-\w+ \d{12}$/);
    none(/functionUrl/i)(program);
  },
  "Lambda.2": (program) =>
    each(functions(program), ({ name, runtime }) => assert.equal(runtime, /-fetcher-/.test(String(name)) ? "nodejs22.x" : "python3.11")),
  "Lambda.5": (program) => each(functions(program), ({ vpcConfig }) => assert.equal(vpcConfig, undefined)),
  "CloudFront.1": (program) => assert.equal(distribution(program).defaultRootObject, "index.html"),
  "CloudFront.3": (program) => {
    const { defaultCacheBehavior, orderedCacheBehaviors } = distribution(program);
    const behaviors = [defaultCacheBehavior, orderedCacheBehaviors].flat() as { viewerProtocolPolicy: string }[];
    each(behaviors, ({ viewerProtocolPolicy }) => assert.equal(viewerProtocolPolicy, "redirect-to-https"));
  },
  "CloudFront.5": (program) => assert.ok(distribution(program).loggingConfig),
  "CloudFront.6": (program) => assert.equal(distribution(program).webAclId, WEB_ACL),
  "CloudFront.8": (program) => assert.deepEqual(distribution(program).viewerCertificate, { cloudfrontDefaultCertificate: true }),
  "CloudFront.9": withoutCustomOrigin,
  "CloudFront.10": withoutCustomOrigin,
  "CloudFront.12": (program) => {
    const origins = distribution(program).origins as { domainName: string }[];
    const names = bucketsOf(buckets(program));
    each(origins, ({ domainName }) => assert.ok(names.some((name) => domainName.startsWith(`${name}.s3.`))));
  },
  "CloudFront.13": (program) => {
    const { signingBehavior, originAccessControlOriginType } = only(
      program,
      "aws:cloudfront/originAccessControl:OriginAccessControl",
    ).inputs;
    assert.deepEqual([signingBehavior, originAccessControlOriginType], ["always", "s3"]);
    each(distribution(program).origins as { originAccessControlId?: string }[], ({ originAccessControlId }) =>
      assert.ok(originAccessControlId),
    );
  },
  "CloudFront.16": none(/functionUrl/i),
  "Cognito.2": (program) =>
    whereThereAre(
      ofType(program, "aws:cognito/identityPool:IdentityPool"),
      ({ allowUnauthenticatedIdentities, cognitoIdentityProviders }) => {
        assert.equal(allowUnauthenticatedIdentities, false);
        each(cognitoIdentityProviders as { serverSideTokenCheck: boolean }[], ({ serverSideTokenCheck }) =>
          assert.ok(serverSideTokenCheck),
        );
      },
    ),
  "Cognito.3": (program) =>
    whereThereAre(userPools(program), ({ passwordPolicy }) => {
      const { minimumLength, temporaryPasswordValidityDays, ...required } = passwordPolicy as Record<string, unknown>;
      assert.ok(Number(minimumLength) >= 12 && Number(temporaryPasswordValidityDays) <= 7);
      assert.deepEqual(Object.values(required), [true, true, true, true]);
    }),
  "Cognito.4": (program) => {
    whereThereAre(userPools(program), ({ lambdaConfig }) => assert.equal(lambdaConfig, undefined));
    whereThereAre(ofType(program, "aws:cognito/userPoolClient:UserPoolClient"), ({ explicitAuthFlows }) =>
      assert.deepEqual(explicitAuthFlows, ["ALLOW_REFRESH_TOKEN_AUTH"]),
    );
  },
  "Cognito.5": (program) =>
    whereThereAre(userPools(program), ({ mfaConfiguration, softwareTokenMfaConfiguration }) =>
      assert.deepEqual([mfaConfiguration, softwareTokenMfaConfiguration], ["OPTIONAL", { enabled: true }]),
    ),
  "Cognito.6": (program) => whereThereAre(userPools(program), ({ deletionProtection }) => assert.equal(deletionProtection, "ACTIVE")),
  "SQS.1": (program) => {
    const { sqsManagedSseEnabled, kmsMasterKeyId } = only(program, "aws:sqs/queue:Queue").inputs;
    assert.ok(sqsManagedSseEnabled === true || kmsMasterKeyId === KEY);
  },
  "SQS.3": (program) =>
    each(statementsOf(only(program, "aws:sqs/queuePolicy:QueuePolicy").inputs.policy), ({ Effect }) => assert.equal(Effect, "Deny")),
  "SNS.1": (program) => assert.equal(only(program, "aws:sns/topic:Topic").inputs.kmsMasterKeyId, KEY),
  "SNS.4": (program) => {
    const allowed = statementsOf(only(program, "aws:sns/topicPolicy:TopicPolicy").inputs.policy).filter(({ Effect }) => Effect === "Allow");
    assert.deepEqual(
      allowed.map(({ Principal }) => Principal),
      [{ Service: "cloudwatch.amazonaws.com" }],
    );
    assert.match(JSON.stringify(allowed[0]?.Condition), /"aws:SourceAccount":"\d{12}"/);
  },
  "IAM.1": (program) => each(roleStatements(program), ({ Action, Resource }) => assert.ok(![Action, Resource].flat().includes("*"))),
  "IAM.2": none(/aws:iam\/(user|group)/i),
  "IAM.21": (program) => {
    each(roleStatements(program), ({ Action }) => assert.ok(![Action].flat().some((action) => action.includes("*"))));
    none(/[pP]olicyAttachment|aws:iam\/policy:/)(program);
  },
  "EventBridge.3": none(/eventBus/i),
  "EventBridge.4": none(/eventEndpoint/i),
  "CloudWatch.15": (program) => each(alarms(program), ({ alarmActions }) => assert.equal((alarmActions as string[]).length, 1)),
  "CloudWatch.16": (program) =>
    each(ofType(program, "aws:cloudwatch/logGroup:LogGroup"), ({ retentionInDays }) => assert.ok(Number(retentionInDays) >= 365)),
  "CloudWatch.17": (program) => each(alarms(program), ({ actionsEnabled }) => assert.notEqual(actionsEnabled, false)),
};

describe("the security table", () => {
  const rows = tableRows();
  let dev: Recording;
  let prod: Recording;
  let strict: Recording;
  /** With all that there may be beside the display: what fetches, and the office. */
  let full: Recording;
  let fullStrict: Recording;
  withBuiltOffice();

  before(async () => {
    dev = await record(goldsportScheduler, stackConfiguration("dev"), "dev");
    prod = await record(goldsportScheduler, stackConfiguration("prod"), "prod");
    const settings = Object.entries(STRICT).map(([key, value]) => [`goldsport-scheduler:${key}`, value]);
    const strictest = { ...stackConfiguration("dev"), ...Object.fromEntries(settings) };
    strict = await record(goldsportScheduler, strictest, "dev");
    const more = {
      "goldsport-scheduler:exportUrl": "https://bookings.example.com/export",
      "goldsport-scheduler:exportSecret": "export",
      "goldsport-scheduler:officeUsers": "anna@example.com",
    };
    full = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...more }, "dev");
    fullStrict = await record(goldsportScheduler, { ...strictest, ...more }, "dev");
  });

  it("has a row for each rule, once, and a rule for each row that is not a no", () => {
    const ruled = rows.filter(({ met }) => met !== "no").map(({ control }) => control);
    assert.deepEqual(ruled.sort(), Object.keys(RULES).sort());
    assert.equal(new Set(rows.map(({ control }) => control)).size, rows.length);
  });

  for (const { control, met, how } of rows) {
    if (met === "yes" || met === "not here") {
      it(`is right that ${control} is ${met === "yes" ? "met" : "about what is not here"}`, () => {
        each([dev, prod, strict, full, fullStrict], (program) => RULES[control]?.(program));
      });
    } else if (met === "setting") {
      it(`is right that ${control} is met by the setting that it names, and not without`, () => {
        const settings = Object.keys(STRICT).filter((setting) => how.includes(`\`${setting}\``));
        assert.equal(settings.length, 1);
        each([strict, fullStrict], (program) => RULES[control]?.(program));
        assert.throws(() => RULES[control]?.(full), assert.AssertionError);
      });
    } else {
      it(`says why ${control} is not met`, () => {
        assert.equal(met, "no");
        assert.ok(how.length > 40);
      });
    }
  }
});

function tableRows(): Row[] {
  const [, section = ""] = readFileSync(join(__dirname, "..", "docs/architecture.md"), "utf8").split("\n## Security\n");
  const [own = ""] = section.split("\n## ");
  const cells = own.split("\n").map((line) => line.split(" | ").map((cell) => cell.replace(/^\||\|$/g, "").trim()));
  return cells
    .filter((row) => row.length === 4 && row[0] !== "control")
    .map(([control = "", , met = "", how = ""]) => ({ control: control.replaceAll("*", ""), met, how }));
}

type Inputs = Record<string, unknown>;

function each<T>(things: T[], holds: (thing: T) => void): void {
  assert.notEqual(things.length, 0);
  things.forEach(holds);
}

/** As `each`, for what a stack need not have. */
function whereThereAre<T>(things: T[], holds: (thing: T) => void): void {
  things.forEach(holds);
}

function ofType(program: Recording, type: string): Inputs[] {
  return all(program, type).map(({ inputs }) => inputs);
}

function none(type: RegExp): (program: Recording) => void {
  return ({ registrations }) =>
    assert.deepEqual(
      registrations.filter((registration) => type.test(registration.type)),
      [],
    );
}

function withoutCustomOrigin(program: Recording): void {
  each(distribution(program).origins as { customOriginConfig?: unknown }[], ({ customOriginConfig }) =>
    assert.equal(customOriginConfig, undefined),
  );
}

function buckets(program: Recording): Inputs[] {
  return ofType(program, "aws:s3/bucket:Bucket");
}

function bucketsOf(inputs: Inputs[]): string[] {
  return inputs.map(({ bucket }) => String(bucket)).sort();
}

function distribution(program: Recording): Inputs {
  return only(program, "aws:cloudfront/distribution:Distribution").inputs;
}

function functions(program: Recording): Inputs[] {
  return ofType(program, "aws:lambda/function:Function");
}

/** None where there is no office. */
function userPools(program: Recording): Inputs[] {
  return ofType(program, "aws:cognito/userPool:UserPool");
}

function alarms(program: Recording): Inputs[] {
  return ofType(program, "aws:cloudwatch/metricAlarm:MetricAlarm");
}

function statementsOf(policy: unknown): Statement[] {
  return JSON.parse(String(policy)).Statement;
}

function bucketStatements(program: Recording): Statement[] {
  return ofType(program, "aws:s3/bucketPolicy:BucketPolicy").flatMap(({ policy }) => statementsOf(policy));
}

function roleStatements(program: Recording): Statement[] {
  return ofType(program, "aws:iam/rolePolicy:RolePolicy").flatMap(({ policy }) => statementsOf(policy));
}

function isForEveryone({ Effect, Principal }: Statement): boolean {
  return Effect === "Allow" && /"\*"/.test(JSON.stringify(Principal));
}

function refusesPlainHttp({ Effect, Condition }: Statement): boolean {
  return Effect === "Deny" && Condition?.Bool?.["aws:SecureTransport"] === "false";
}
