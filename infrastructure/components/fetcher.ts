import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  invokeStatement,
  policyDocument,
  readKeyStatements,
  readParameterStatement,
  trustPolicy,
  trustPolicyOfAccount,
  writeLogStatement,
} from "../policies";
import { fetchTimes } from "./fetch-times";
import type { OpeningHours } from "./freshness";

/** Seconds after which a fetch is ended; shorter than the claim of lambda/fetcher/fetch-once.ts holds. */
export const FETCH_TIMEOUT_SECONDS = 60;

const MEMORY_MIB = 512;
const EVENT_AGE_SECONDS = 60;

export interface FetcherArgs {
  /** Physical name of the function; its roles, its schedules and its log group are named after it. */
  functionName: string;
  /** Where the stack, and so the parameter, is. */
  region: string;
  /** Folder that holds the bundled function. */
  codeFolder: string;
  /** Environment variables of the function. */
  environment: Record<string, pulumi.Input<string>>;
  /** Name of the SecureString parameter that the function may read. */
  secretName?: string;
  openingHours: OpeningHours;
  everyMinutes: number;
  /** IANA name of the zone that the opening hours are in. */
  timeZone: string;
  /** Days for which the log is kept. */
  logRetentionDays: number;
  /**
   * A KMS key of one's own, for the log; the parameter may be under it too.
   * @default AWS's keys
   */
  kmsKeyArn?: string;
}

/**
 * The function that fetches exports by itself while the school is open, with its role, its log and what calls it.
 *
 * The role may write its log and read its one parameter; where it may put exports is granted by the bucket's owner.
 */
export class Fetcher extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly functionName: pulumi.Output<string>;
  readonly role: aws.iam.Role;

  constructor(
    private readonly name: string,
    private readonly args: FetcherArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:Fetcher", name, {}, opts);

    const logGroup = this.createLogGroup();
    this.role = this.createRole("role", args.functionName, trustPolicy("lambda.amazonaws.com"));
    this.grantWriteLog(logGroup);
    this.grantReadSecret();
    this.function = this.createFunction(logGroup);
    this.neverRetry();
    this.functionName = this.function.name;
    this.registerOutputs({ functionName: this.functionName });
  }

  /** Has EventBridge Scheduler call the function while the school is open, once all of `after` is there. */
  start(after: pulumi.Resource[]): void {
    const { functionName, openingHours, everyMinutes, timeZone } = this.args;
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const trust = accountId.apply((account) => trustPolicyOfAccount("scheduler.amazonaws.com", account));
    const role = this.createRole("schedule-role", `${functionName}-schedule`, trust);
    const grant = this.grant(
      role,
      "invoke",
      this.function.arn.apply((arn) => policyDocument(invokeStatement(arn))),
    );
    for (const [index, scheduleExpression] of fetchTimes(openingHours, everyMinutes).entries()) {
      new aws.scheduler.Schedule(
        `${this.name}-schedule-${index + 1}`,
        {
          name: `${functionName}-${index + 1}`,
          scheduleExpression,
          scheduleExpressionTimezone: timeZone,
          flexibleTimeWindow: { mode: "OFF" },
          // The next fetch is the retry.
          target: {
            arn: this.function.arn,
            roleArn: role.arn,
            retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: EVENT_AGE_SECONDS },
          },
        },
        { parent: this, dependsOn: [grant, ...after] },
      );
    }
  }

  private createLogGroup(): aws.cloudwatch.LogGroup {
    const { functionName, logRetentionDays, kmsKeyArn } = this.args;
    const key = kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn };
    return new aws.cloudwatch.LogGroup(
      `${this.name}-log`,
      { name: `/aws/lambda/${functionName}`, retentionInDays: logRetentionDays, ...key },
      { parent: this },
    );
  }

  private createRole(what: string, name: string, assumeRolePolicy: pulumi.Input<string>): aws.iam.Role {
    return new aws.iam.Role(`${this.name}-${what}`, { name, assumeRolePolicy }, { parent: this });
  }

  private createFunction(logGroup: aws.cloudwatch.LogGroup): aws.lambda.Function {
    return new aws.lambda.Function(
      `${this.name}-function`,
      {
        name: this.args.functionName,
        role: this.role.arn,
        runtime: "nodejs22.x",
        handler: "index.main",
        architectures: ["arm64"],
        code: new pulumi.asset.FileArchive(this.args.codeFolder),
        timeout: FETCH_TIMEOUT_SECONDS,
        memorySize: MEMORY_MIB,
        environment: { variables: this.args.environment },
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      },
      { parent: this },
    );
  }

  private neverRetry(): void {
    new aws.lambda.FunctionEventInvokeConfig(
      `${this.name}-retries`,
      { functionName: this.function.name, maximumRetryAttempts: 0, maximumEventAgeInSeconds: EVENT_AGE_SECONDS },
      { parent: this },
    );
  }

  private grantWriteLog(logGroup: aws.cloudwatch.LogGroup): void {
    this.grant(
      this.role,
      "write-log",
      logGroup.arn.apply((arn) => policyDocument(writeLogStatement(arn))),
    );
  }

  private grantReadSecret(): void {
    const { secretName, region, kmsKeyArn } = this.args;
    if (secretName !== undefined) {
      const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
      const policy = accountId.apply((account) =>
        policyDocument(readParameterStatement(region, account, secretName), ...readKeyStatements({ kmsKeyArn })),
      );
      this.grant(this.role, "read-secret", policy);
    }
  }

  private grant(role: aws.iam.Role, what: string, policy: pulumi.Input<string>): aws.iam.RolePolicy {
    const name = `${this.name}-${what}`;
    return new aws.iam.RolePolicy(name, { name, role: role.name, policy }, { parent: this });
  }
}
