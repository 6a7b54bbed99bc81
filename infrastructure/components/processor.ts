import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, readWriteKeyStatements, sendMessageStatement, tlsOnlyQueueStatement } from "../policies";
import { type FunctionRoleArgs, functionRole, grant } from "./roles";

/** Seconds after which a run is ended; also what the alarm on long runs is measured against. */
export const TIMEOUT_SECONDS = 300;

/** What a run has, and what becomes of an event whose run fails. */
export const MEMORY_MIB = 512;
export const RETRIES = 2;
export const EVENT_AGE_SECONDS = 60 * 60;
const FAILURE_RETENTION_SECONDS = 14 * 24 * 60 * 60;

/** A key of one's own is for the queue too. */
export interface ProcessorArgs extends FunctionRoleArgs {
  /** Physical name of the queue for events that could not be processed. */
  queueName: string;
  /** The function's archive, or the folder that holds its code with all it needs. */
  code: string;
  /** Environment variables of the function. */
  environment: Record<string, pulumi.Input<string>>;
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

    const { logGroup, role, logGrant } = functionRole(this, name, args);
    this.role = role;
    this.function = this.createFunction(args, logGroup);
    this.failureQueue = this.createFailureQueue(args);
    const failureGrant = this.grantSendFailures(args);
    const failurePath = this.sendFailuresToQueue(failureGrant);

    this.functionName = this.function.name;
    this.functionArn = this.function.arn;
    this.ready = [logGrant, failureGrant, failurePath];
    this.registerOutputs({ functionName: this.functionName, functionArn: this.functionArn });
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
        code: new pulumi.asset.FileArchive(args.code),
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

  private grantSendFailures({ kmsKeyArn }: ProcessorArgs): aws.iam.RolePolicy {
    return grant(
      this,
      `${this.name}-send-failures`,
      this.role,
      this.failureQueue.arn.apply((arn) => policyDocument(sendMessageStatement(arn), ...readWriteKeyStatements({ kmsKeyArn }))),
    );
  }
}
