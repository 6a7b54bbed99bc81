/** A statement of an IAM or resource policy, as AWS spells it. */
export interface Statement {
  Effect: "Allow" | "Deny";
  Principal?: string | Record<string, string>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy document ready to hand to AWS. */
export function policyDocument(...statements: Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets an AWS service take on a role: the role's trust policy. */
export function trustPolicy(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

/** Lets an AWS service take on a role, on behalf of one account alone. */
export function trustPolicyOfAccount(service: string, account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
}

/** Lets those take on a role who have signed in, with an identity of one identity pool. */
export function trustPolicyOfIdentities(identityPoolId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "cognito-identity.amazonaws.com:aud": identityPoolId },
          "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
        },
      },
    ],
  });
}

/** What it takes to call a function. */
export function invokeStatement(functionArn: string): Statement {
  return { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn };
}

/** What a reader of one parameter needs, by its name. A SecureString under AWS's own key needs no more. */
export function readParameterStatement(region: string, account: string, name: string): Statement {
  return {
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`,
  };
}

/** What puts exports where the office uploads them, and may read and replace the one object that says what was put last. */
export function putExportsStatements(bucketArn: string, memoryKey: string): Statement[] {
  return [
    { Effect: "Allow", Action: "s3:PutObject", Resource: `${bucketArn}/orders/*` },
    { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: `${bucketArn}/${memoryKey}` },
  ];
}

/**
 * What the office needs of the bucket that it uploads to: to put what the function takes, and to read rosters and profiles, so that it can put
 * one over the very one that it knows. S3 asks for both rights when a put is conditional.
 */
export function officeFilesStatements(bucketArn: string): Statement[] {
  return [
    { Effect: "Allow", Action: "s3:PutObject", Resource: [`${bucketArn}/orders/*`, `${bucketArn}/instructors/*`] },
    { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/instructors/*` },
  ];
}

/** Of a table's partitions, those that the office shows: days, instructors, which profiles are in force, and what became of each upload. */
const OFFICE_KEYS = ["SCHEDULE#*", "INSTRUCTOR#*", "SOURCE#profiles", "REJECTED", "UPLOADS"];

/** What the office needs of the table: to read, by their key, the items that it shows. */
export function officeItemsStatement(tableArn: string): Statement {
  return {
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:Query"],
    Resource: tableArn,
    Condition: {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": OFFICE_KEYS },
      // All of none are like these, too: a request has to name a partition.
      Null: { "dynamodb:LeadingKeys": "false" },
    },
  };
}

/** What a reader of a bucket needs: its objects, and to list them, so that a missing one is "not found" and not "forbidden". */
export function readStatements(bucketArn: string): Statement[] {
  return [
    { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketArn}/*` },
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
  ];
}

/**
 * What a writer of some of a bucket's objects needs: to read, write and delete those whose keys match `pattern`.
 *
 * It may not list: a missing object is "forbidden" to it, and only a conditional write tells the two apart.
 */
export function readWriteObjectsStatement(bucketArn: string, pattern: string): Statement {
  return { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: `${bucketArn}/${pattern}` };
}

/** What a reader and writer of a table's items needs who reads in batches and writes in transactions. No scan: it would read everyone's. */
export function readWriteItemsStatement(tableArn: string): Statement {
  return {
    Effect: "Allow",
    Action: ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query"],
    Resource: tableArn,
  };
}

/** What a function needs to write to its own log group, which it may not create: to the group, and to the streams in it. */
export function writeLogStatement(logGroupArn: string): Statement {
  return { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [logGroupArn, `${logGroupArn}:*`] };
}

/** What a function needs to hand an event that it could not process to its failure queue. */
export function sendMessageStatement(queueArn: string): Statement {
  return { Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn };
}

/** The KMS keys of one's own that something is under: AWS's keys where there is none. */
export interface Keys {
  /** For what is written from now on. */
  kmsKeyArn?: string;
  /** For what was written before, and is not written anew yet. */
  formerKmsKeyArns?: string[];
}

/** What a reader needs of the keys that it reads under. */
export function readKeyStatements({ kmsKeyArn, formerKmsKeyArns = [] }: Keys): Statement[] {
  const keys = [...(kmsKeyArn === undefined ? [] : [kmsKeyArn]), ...formerKmsKeyArns];
  return keys.map((key) => ({ Effect: "Allow", Action: "kms:Decrypt", Resource: key }));
}

/** What a reader and writer needs of the keys: what is under a former one it may only read. */
export function readWriteKeyStatements({ kmsKeyArn, formerKmsKeyArns }: Keys): Statement[] {
  const current: Statement[] =
    kmsKeyArn === undefined ? [] : [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: kmsKeyArn }];
  return [...current, ...readKeyStatements({ formerKmsKeyArns })];
}

/** Lets one CloudFront distribution, and no other, read a bucket's objects. It may not list them. */
export function distributionReadStatement(bucketArn: string, distributionArn: string): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: `${bucketArn}/*`,
    Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
  };
}

/** Refuses any request to a bucket that does not come over TLS (AWS Foundational Security Best Practices, S3.5). */
export function tlsOnlyStatement(bucketArn: string): Statement {
  return refusePlainHttp("s3:*", [bucketArn, `${bucketArn}/*`]);
}

/** Refuses any request to a queue that does not come over TLS. */
export function tlsOnlyQueueStatement(queueArn: string): Statement {
  return refusePlainHttp("sqs:*", queueArn);
}

/** Lets the alarms of one account and region, and nobody else, publish to a topic. */
export function alarmsPublishStatement(topicArn: string, region: string, account: string): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
    },
  };
}

/** Refuses any message to a topic that does not come over TLS; a topic's policy cannot speak of every action at once. */
export function tlsOnlyTopicStatement(topicArn: string): Statement {
  return refusePlainHttp("sns:Publish", topicArn);
}

function refusePlainHttp(action: string, resource: string | string[]): Statement {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
