/** The security table's *yes* rows: what holds of every stack, whatever its settings. */
import { about, allowing, buckets, does, everyBucketHas, isForEveryone, type Resource, type Rule, statements } from "./rule";

const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const TABLE = "aws:dynamodb/table:Table";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const USER_POOL = "aws:cognito/userPool:UserPool";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Runtimes that Lambda supports and the functions' libraries have: docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html. */
const RUNTIMES = ["python3.11", "python3.12", "python3.13", "nodejs22.x"];

/** AWS fixes these: what a policy lets an AWS service do for one account's or resource's sake alone. */
const SOURCE_KEYS = ["aws:SourceArn", "aws:SourceAccount"];

const S3: Rule[] = [
  {
    control: "S3.2",
    asks: "no public read",
    against: about(BUCKET_POLICY, ({ policy }) =>
      allowing(policy).some((statement) => isForEveryone(statement) && does(statement, /^s3:(Get|List)/))
        ? "its policy lets everyone read"
        : undefined,
    ),
  },
  {
    control: "S3.3",
    asks: "no public write",
    against: about(BUCKET_POLICY, ({ policy }) =>
      allowing(policy).some((statement) => isForEveryone(statement) && does(statement, /^s3:(?!Get|List)/))
        ? "its policy lets everyone write"
        : undefined,
    ),
  },
  {
    control: "S3.5",
    asks: "TLS only",
    against: about(BUCKET_POLICY, ({ policy }) => (refusesPlainHttp(policy, "s3:*") ? undefined : "its policy does not refuse plain HTTP")),
    againstAll: everyBucketHas(BUCKET_POLICY),
  },
  {
    control: "S3.6",
    asks: "no rights for other accounts",
    against: about(BUCKET_POLICY, ({ policy }) =>
      allowing(policy).every(({ Principal, Condition }) => isService(Principal) && isTiedToSource(Condition))
        ? undefined
        : "its policy allows more than an AWS service to act for one of this account's resources",
    ),
  },
  {
    control: "S3.8",
    asks: "public access blocked for each bucket",
    against: about(PUBLIC_ACCESS_BLOCK, (block) => {
      const off = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].filter(
        (part) => block[part] !== true,
      );
      return off.length === 0 ? undefined : `it leaves off ${off.join(", ")}`;
    }),
    againstAll: everyBucketHas(PUBLIC_ACCESS_BLOCK),
  },
  {
    control: "S3.12",
    asks: "no ACLs",
    against: about(OWNERSHIP, ({ rule }) => {
      const { objectOwnership } = rule as { objectOwnership?: string };
      return objectOwnership === "BucketOwnerEnforced" ? undefined : `the owner is ${objectOwnership}, not BucketOwnerEnforced`;
    }),
    againstAll: everyBucketHas(OWNERSHIP),
  },
  {
    control: "S3.13",
    asks: "a lifecycle",
    against: about(LIFECYCLE, ({ rules }) =>
      (rules as { status: string }[]).some(({ status }) => status === "Enabled") ? undefined : "none of its rules is on",
    ),
    againstAll: everyBucketHas(LIFECYCLE),
  },
];

const PROCESSING: Rule[] = [
  {
    control: "DynamoDB.1",
    asks: "capacity follows demand",
    against: about(TABLE, ({ billingMode }) => (billingMode === "PAY_PER_REQUEST" ? undefined : `it is billed as ${billingMode}`)),
  },
  {
    control: "DynamoDB.2",
    asks: "point-in-time recovery",
    against: about(TABLE, ({ pointInTimeRecovery }) =>
      (pointInTimeRecovery as { enabled?: boolean } | undefined)?.enabled === true ? undefined : "it cannot be restored",
    ),
  },
  {
    control: "Lambda.1",
    asks: "no public access",
    against: ({ type, props: { principal, sourceArn, sourceAccount } }) => {
      if (type === "aws:lambda/functionUrl:FunctionUrl") {
        return "a function URL can be called from anywhere";
      }
      const isTied = isServiceName(principal) && Boolean(sourceArn) && Boolean(sourceAccount);
      return type !== "aws:lambda/permission:Permission" || isTied
        ? undefined
        : "it lets more than one resource of this account call the function";
    },
  },
  {
    control: "Lambda.2",
    asks: "a supported runtime",
    against: about("aws:lambda/function:Function", ({ runtime }) =>
      RUNTIMES.includes(String(runtime)) ? undefined : `its runtime is ${runtime}, none of ${RUNTIMES.join(", ")}`,
    ),
  },
  {
    control: "SQS.1",
    asks: "encryption at rest",
    against: about("aws:sqs/queue:Queue", ({ sqsManagedSseEnabled, kmsMasterKeyId }) =>
      sqsManagedSseEnabled === true || kmsMasterKeyId ? undefined : "its messages are not encrypted",
    ),
  },
  {
    control: "SQS.3",
    asks: "no public access",
    against: about("aws:sqs/queuePolicy:QueuePolicy", ({ policy }) =>
      allowing(policy).some(isForEveryone) ? "its policy lets everyone in" : undefined,
    ),
  },
];

const DELIVERY: Rule[] = [
  {
    control: "CloudFront.1",
    asks: "a root object",
    against: about(DISTRIBUTION, ({ defaultRootObject }) => (defaultRootObject ? undefined : "it has no default root object")),
  },
  {
    control: "CloudFront.3",
    asks: "HTTPS for viewers",
    against: about(DISTRIBUTION, ({ defaultCacheBehavior, orderedCacheBehaviors }) =>
      ([defaultCacheBehavior, orderedCacheBehaviors ?? []].flat() as { viewerProtocolPolicy: string }[]).every(({ viewerProtocolPolicy }) =>
        ["redirect-to-https", "https-only"].includes(viewerProtocolPolicy),
      )
        ? undefined
        : "it serves over plain HTTP",
    ),
  },
  {
    control: "CloudFront.12",
    asks: "no origin that does not exist",
    againstAll: (resources) => {
      const own = buckets(resources);
      return resources
        .filter(({ type }) => type === DISTRIBUTION)
        .flatMap(({ props }) => props.origins as { domainName: string }[])
        .filter(({ domainName }) => !own.some((bucket) => domainName.startsWith(`${bucket}.s3.`)))
        .map(({ domainName }) => `the origin ${domainName} is none of the stack's buckets`);
    },
  },
  {
    control: "CloudFront.13",
    asks: "origin access control",
    against: ({ type, props: { origins, signingBehavior } }) => {
      if (type === "aws:cloudfront/originAccessControl:OriginAccessControl") {
        return signingBehavior === "always" ? undefined : `it signs ${signingBehavior}`;
      }
      const isOpen = ({ originAccessControlId }: { originAccessControlId?: string }) => !originAccessControlId;
      return type === DISTRIBUTION && (origins as object[]).some(isOpen) ? "an origin is read without a signature" : undefined;
    },
  },
];

const OFFICE: Rule[] = [
  {
    control: "Cognito.2",
    asks: "no guests",
    against: about("aws:cognito/identityPool:IdentityPool", ({ allowUnauthenticatedIdentities, cognitoIdentityProviders }) =>
      allowUnauthenticatedIdentities === false && asksEachTime(cognitoIdentityProviders)
        ? undefined
        : "it lends rights to those who have not signed in, or whose right to was taken back",
    ),
  },
  {
    control: "Cognito.3",
    asks: "strong passwords",
    against: about(USER_POOL, ({ passwordPolicy }) => {
      const { minimumLength, temporaryPasswordValidityDays, ...required } = (passwordPolicy ?? {}) as Record<string, unknown>;
      const kinds = ["requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols"];
      const isStrong = Number(minimumLength) >= 12 && Number(temporaryPasswordValidityDays) <= 7 && kinds.every((kind) => required[kind]);
      return isStrong
        ? undefined
        : "it takes passwords of less than 12 characters or four kinds, or has invitations hold for more than a week";
    }),
  },
  {
    control: "Cognito.5",
    asks: "a second factor",
    against: about(USER_POOL, ({ mfaConfiguration }) =>
      mfaConfiguration === "ON" || mfaConfiguration === "OPTIONAL" ? undefined : "nobody can set up a second factor",
    ),
  },
];

const ACCOUNT: Rule[] = [
  {
    control: "SNS.4",
    asks: "no public access",
    against: about("aws:sns/topicPolicy:TopicPolicy", ({ policy }) =>
      allowing(policy).every(({ Principal, Condition }) => isService(Principal) && isTiedToSource(Condition))
        ? undefined
        : "its policy lets in more than AWS's services for this account",
    ),
  },
  {
    control: "IAM.1",
    asks: "no full administrative rights",
    against: grants(({ Action, Resource }) => [Action, Resource].flat().includes("*"), "it grants everything, or on everything"),
  },
  {
    control: "IAM.21",
    asks: "no wildcard actions",
    against: (resource) =>
      /policyAttachment/i.test(resource.type)
        ? "it attaches a managed policy, which grants more than is needed"
        : grants(({ Action }) => [Action].flat().some((action) => action.includes("*")), "it grants actions by a wildcard")(resource),
  },
  {
    control: "CloudWatch.15",
    asks: "alarms act",
    against: about(ALARM, ({ alarmActions }) =>
      Array.isArray(alarmActions) && alarmActions.length > 0 ? undefined : "it tells nobody when it goes off",
    ),
  },
  {
    control: "CloudWatch.17",
    asks: "alarm actions are on",
    against: about(ALARM, ({ actionsEnabled }) => (actionsEnabled === false ? "its actions are off" : undefined)),
  },
];

/** Every rule, in the table's order as far as it goes. */
export const RULES: Rule[] = [...S3, ...PROCESSING, ...DELIVERY, ...OFFICE, ...ACCOUNT];

function grants(isTooMuch: (statement: ReturnType<typeof statements>[number]) => boolean, says: string) {
  return ({ type, props }: Resource): string | undefined =>
    ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"].includes(type) && allowing(props.policy).some(isTooMuch) ? says : undefined;
}

/** Whether each provider of an identity pool is asked whenever it is to lend rights. */
function asksEachTime(providers: unknown): boolean {
  return (providers as { serverSideTokenCheck?: boolean }[]).every(({ serverSideTokenCheck }) => serverSideTokenCheck === true);
}

function refusesPlainHttp(policy: unknown, action: string): boolean {
  return statements(policy).some(
    (statement) =>
      statement.Effect === "Deny" &&
      isForEveryone(statement) &&
      [statement.Action].flat().includes(action) &&
      statement.Condition?.Bool?.["aws:SecureTransport"] === "false",
  );
}

function isService(principal: ReturnType<typeof statements>[number]["Principal"]): boolean {
  return typeof principal === "object" && Object.keys(principal).join() === "Service" && [principal.Service].flat().every(isServiceName);
}

function isServiceName(principal: unknown): boolean {
  return /^[a-z0-9-]+\.amazonaws\.com$/.test(String(principal));
}

function isTiedToSource(condition: Record<string, Record<string, string>> = {}): boolean {
  const tied = Object.entries(condition).flatMap(([operator, keys]) =>
    /^(String|Arn)(Equals|Like)$/.test(operator) ? Object.entries(keys) : [],
  );
  return tied.some(([key, value]) => SOURCE_KEYS.some((one) => one.toLowerCase() === key.toLowerCase()) && value !== "*");
}
