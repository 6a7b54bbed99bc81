import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { invokeStatement, policyDocument, trustPolicy, trustPolicyOfAccount, writeLogStatement } from "../policies";

/** What a function's log and role are made of. */
export interface FunctionRoleArgs {
  /** Physical name of the function; its role and its log group are named after it. */
  functionName: string;
  /** Days for which the log is kept. */
  logRetentionDays: number;
  /**
   * A KMS key of one's own, for the log.
   * @default AWS's keys
   */
  kmsKeyArn?: string;
}

/** Gives `role` one more policy of its own, as a part of `parent`. */
export function grant(parent: pulumi.Resource, name: string, role: aws.iam.Role, policy: pulumi.Input<string>): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(name, { name, role: role.name, policy }, { parent });
}

/** A function's log, which expires, and its role, which may write that log and nothing else until somebody grants it more. */
export function functionRole(parent: pulumi.Resource, name: string, { functionName, logRetentionDays, kmsKeyArn }: FunctionRoleArgs) {
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-log`,
    {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: logRetentionDays,
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
    },
    { parent },
  );
  const role = new aws.iam.Role(`${name}-role`, { name: functionName, assumeRolePolicy: trustPolicy("lambda.amazonaws.com") }, { parent });
  const logGrant = grant(
    parent,
    `${name}-write-log`,
    role,
    logGroup.arn.apply((arn) => policyDocument(writeLogStatement(arn))),
  );
  return { logGroup, role, logGrant };
}

/**
 * A role for the schedules of this account alone, which may call one function and nothing else, with the grant of that.
 *
 * @param name Of the role in the program.
 * @param physicalName Of the role in AWS.
 */
export function scheduleRole(
  parent: pulumi.Resource,
  name: string,
  physicalName: string,
  grantName: string,
  functionArn: pulumi.Input<string>,
) {
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  const assumeRolePolicy = accountId.apply((account) => trustPolicyOfAccount("scheduler.amazonaws.com", account));
  const role = new aws.iam.Role(name, { name: physicalName, assumeRolePolicy }, { parent });
  const policy = pulumi.output(functionArn).apply((arn) => policyDocument(invokeStatement(arn)));
  return { role, invokeGrant: grant(parent, grantName, role, policy) };
}
