import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  policyDocument,
  readWriteKeyStatements,
  sendMessageStatement,
  tlsOnlyQueueStatement,
  trustPolicy,
  writeLogStatement,
} from "../policies";

/** Seconds after which a run is ended; also what the alarm on long runs is measured against. */
export const TIMEOUT_SECONDS = 300;

/** What a run has, and what becomes of an event whose run fails. */
export const MEMORY_MIB = 512;
export const RETRIES = 2;
export const EVENT_AGE_SECONDS = 60 * 60;
const FAILURE_RETENTION_SECONDS = 14 * 24 * 60 * 60;

export interface ProcessorArgs {
  /** Physical name of the function; its role and its log group are named after it. */
  functionName: string;
  /** Physical name of the queue for events that could not be processed. */
  queueName: string;
  /** Folder that holds the function's code with all it needs. */
  codeFolder: string;
  /** Environment variables of the function. */
  environment: Record<string, pulumi.Input<string>>;
  /** Days for which the log is kept. */
  logRetentionDays: number;
  /**
   * A KMS key of one's own, for the log and the queue.
   * @default AWS's keys
   */
  kmsKeyArn?: string;
}

/**
 * The function that turns uploads into the schedule, with its role, its log and its failure queue.
 *
 * The role may write its log and hand over failures; everything else is granted by those who own it.
 */
export class Processor extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly functionName: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  readonly role: aws.iam.Role;
  readonly failureQueue: aws.sqs.Queue;
  /** What has to be there before the function is called: the log's grant and the failure path. */
  readonly ready: pulumi.Resource[];

  constructor(
    private readonly name: string,
    args: ProcessorArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:Processor", name, {}, opts);

    const logGroup = this.createLogGroup(args);
    this.role = this.createRole(args);
    const logGrant = this.grantWriteLog(logGroup);
    this.function = this.createFunction(args, logGroup);
    this.failureQueue = this.createFailureQueue(args);
    const failureGrant = this.grantSendFailures(args);
    const failurePath = this.sendFailuresToQueue(failureGrant);

    this.functionName = this.function.name;
    this.functionArn = this.function.arn;
    this.ready = [logGrant, failureGrant, failurePath];
    this.registerOutputs({ functionName: this.functionName, functionArn: this.functionArn });
  }

  private createLogGroup({ functionName, logRetentionDays, kmsKeyArn }: ProcessorArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      `${this.name}-log`,
      {
        name: `/aws/lambda/${functionName}`,
        retentionInDays: logRetentionDays,
        ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
      },
      { parent: this },
    );
  }

  private createRole({ functionName }: ProcessorArgs): aws.iam.Role {
    return new aws.iam.Role(
      `${this.name}-role`,
      { name: functionName, assumeRolePolicy: trustPolicy("lambda.amazonaws.com") },
      { parent: this },
    );
  }

  private createFunction(args: ProcessorArgs, logGroup: aws.cloudwatch.LogGroup): aws.lambda.Function {
    return new aws.lambda.Function(
      `${this.name}-function`,
      {
        name: args.functionName,
        role: this.role.arn,
        runtime: "python3.11",
        handler: "handler.main",
        architectures: ["arm64"],
        code: new pulumi.asset.FileArchive(args.codeFolder),
        timeout: TIMEOUT_SECONDS,
        memorySize: MEMORY_MIB,
        environment: { variables: args.environment },
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      },
      { parent: this },
    );
  }

  private createFailureQueue({ queueName, kmsKeyArn }: ProcessorArgs): aws.sqs.Queue {
    const queue = new aws.sqs.Queue(
      `${this.name}-failures`,
      {
        name: queueName,
        messageRetentionSeconds: FAILURE_RETENTION_SECONDS,
        ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
      },
      { parent: this },
    );
    new aws.sqs.QueuePolicy(
      `${this.name}-failures-policy`,
      { queueUrl: queue.url, policy: queue.arn.apply((arn) => policyDocument(tlsOnlyQueueStatement(arn))) },
      { parent: this },
    );
    return queue;
  }

  private sendFailuresToQueue(grant: pulumi.Resource): pulumi.Resource {
    return new aws.lambda.FunctionEventInvokeConfig(
      `${this.name}-retries`,
      {
        functionName: this.function.name,
        maximumRetryAttempts: RETRIES,
        maximumEventAgeInSeconds: EVENT_AGE_SECONDS,
        destinationConfig: { onFailure: { destination: this.failureQueue.arn } },
      },
      // Lambda checks the role's right to the queue when the destination is set.
      { parent: this, dependsOn: grant },
    );
  }

  private grantWriteLog(logGroup: aws.cloudwatch.LogGroup): aws.iam.RolePolicy {
    return this.grant(
      "write-log",
      logGroup.arn.apply((arn) => policyDocument(writeLogStatement(arn))),
    );
  }

  private grantSendFailures({ kmsKeyArn }: ProcessorArgs): aws.iam.RolePolicy {
    return this.grant(
      "send-failures",
      this.failureQueue.arn.apply((arn) => policyDocument(sendMessageStatement(arn), ...readWriteKeyStatements({ kmsKeyArn }))),
    );
  }

  private grant(what: string, policy: pulumi.Input<string>): aws.iam.RolePolicy {
    const name = `${this.name}-${what}`;
    return new aws.iam.RolePolicy(name, { name, role: this.role.name, policy }, { parent: this });
  }
}
