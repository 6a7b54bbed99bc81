import * as awsx from "@pulumi/awsx";
import type * as pulumi from "@pulumi/pulumi";

/** A metric that can be drawn and watched. */
export type Metric = awsx.classic.cloudwatch.Metric;

/** Seconds over which what happened is added up: an upload is an event, not a stream. */
export const PERIOD = 300;

/** The namespace that the processor's own metrics are in. */
export const NAMESPACE = "GoldSport";

/** What is watched. */
export interface Watched {
  functionName: pulumi.Input<string>;
  /** The function that fetches exports, where there is one. */
  fetcherName?: pulumi.Input<string>;
  /** The office's users and its page, where there is one. */
  office?: { userPoolId: pulumi.Input<string>; clientId: pulumi.Input<string> };
  queueName: pulumi.Input<string>;
  tableName: pulumi.Input<string>;
  distributionId: pulumi.Input<string>;
}

/** A metric by its name: counts are added up over {@link PERIOD}. */
export type Metrics = (name: string) => Metric;

/** The metrics of everything that is watched, by what measures them. */
export interface MetricsOf {
  /** What the processor says of its runs. */
  processor: Metrics;
  /** What the function says that fetches exports; undefined where there is none. */
  fetcher: Metrics | undefined;
  /** What Cognito measures of the office's users; undefined where there is no office. */
  signIn: Metrics | undefined;
  /** What Lambda measures of them. */
  lambda: Metrics;
  queue: Metrics;
  table: Metrics;
  /** CloudFront's are in us-east-1, wherever the stack is. */
  distribution: Metrics;
}

/** The metrics of one stack. */
export function metricsOf({ functionName, fetcherName, office, queueName, tableName, distributionId }: Watched): MetricsOf {
  const of = (namespace: string, dimensions: Record<string, pulumi.Input<string>>) => (name: string) =>
    new awsx.classic.cloudwatch.Metric({ namespace, name, dimensions, statistic: "Sum", period: PERIOD });
  return {
    processor: of(NAMESPACE, { service: functionName }),
    fetcher: fetcherName === undefined ? undefined : of(NAMESPACE, { service: fetcherName }),
    signIn: office && of("AWS/Cognito", { UserPool: office.userPoolId, UserPoolClient: office.clientId }),
    lambda: of("AWS/Lambda", { FunctionName: functionName }),
    queue: of("AWS/SQS", { QueueName: queueName }),
    table: of("AWS/DynamoDB", { TableName: tableName }),
    distribution: of("AWS/CloudFront", { DistributionId: distributionId, Region: "Global" }),
  };
}
