import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { scheduleRoleName } from "../names";
import { policyDocument, readKeyStatements, readParameterStatement } from "../policies";
import { fetchTimes } from "./fetch-times";
import type { OpeningHours } from "./freshness";
import { type FunctionRoleArgs, functionRole, grant, scheduleRole } from "./roles";

/** Seconds after which a fetch is ended; shorter than the claim of lambda/fetcher/fetch-once.ts holds. */
export const FETCH_TIMEOUT_SECONDS = 60;

const MEMORY_MIB = 512;
const EVENT_AGE_SECONDS = 60;

/** Its schedules and their role are named after the function too; the parameter may be under the key as well. */
export interface FetcherArgs extends FunctionRoleArgs {
  /** Where the stack, and so the parameter, is. */
  region: string;
  /** Folder that holds the bundled function. */
  codeFolder: string;
  /** Environment variables of the function. */
  environment: Record<string, pulumi.Input<string>>;
  /** Name of the SecureString parameter that the function may read. */
  secretName?: string;
  /**
   * Keys that the parameter may still be under.
   * @default none
   */
  formerKmsKeyArns?: string[];
  openingHours: OpeningHours;
  everyMinutes: number;
  /** IANA name of the zone that the opening hours are in. */
  timeZone: string;
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
  /** What has to be there before the function is called. */
  private readonly ready: pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly args: FetcherArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:Fetcher", name, {}, opts);

    const { logGroup, role, logGrant } = functionRole(this, name, args);
    this.role = role;
    this.function = this.createFunction(logGroup);
    this.ready = [logGrant, ...this.grantReadSecret(), this.neverRetry()];
    this.functionName = this.function.name;
    this.registerOutputs({ functionName: this.functionName });
  }

  /** Has EventBridge Scheduler call the function while the school is open, once all of `after` is there, and its own grants are. */
  start(after: pulumi.Resource[]): void {
    const { functionName, openingHours, everyMinutes, timeZone } = this.args;
    const { role, invokeGrant } = scheduleRole(
      this,
      `${this.name}-schedule-role`,
      scheduleRoleName(functionName),
      `${this.name}-invoke`,
      this.function.arn,
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
        { parent: this, dependsOn: [invokeGrant, ...this.ready, ...after] },
      );
    }
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

  private neverRetry(): pulumi.Resource {
    return new aws.lambda.FunctionEventInvokeConfig(
      `${this.name}-retries`,
      { functionName: this.function.name, maximumRetryAttempts: 0, maximumEventAgeInSeconds: EVENT_AGE_SECONDS },
      { parent: this },
    );
  }

  private grantReadSecret(): pulumi.Resource[] {
    const { secretName, region, kmsKeyArn, formerKmsKeyArns } = this.args;
    if (secretName === undefined) {
      return [];
    }
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const policy = accountId.apply((account) =>
      policyDocument(readParameterStatement(region, account, secretName), ...readKeyStatements({ kmsKeyArn, formerKmsKeyArns })),
    );
    return [grant(this, `${this.name}-read-secret`, this.role, policy)];
  }
}
