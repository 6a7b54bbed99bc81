import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import type { lambda as awsLambda } from "@pulumi/aws";
import { archiveZip } from "./assets";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys } from "./tags";
import { differences } from "./values";

type FunctionArgs = Inputs<awsLambda.FunctionArgs>;

const WAIT = { maxWaitTime: 120, minDelay: 0.1, maxDelay: 5 };
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

const CONFIGURATION = [
  "role",
  "runtime",
  "handler",
  "description",
  "timeout",
  "memorySize",
  "environment",
  "loggingConfig",
  "deadLetterConfig",
  "tracingConfig",
] as const;

const fn = handler<awsLambda.FunctionArgs>({
  inputs: [...CONFIGURATION, "name", "code", "sourceCodeHash", "architectures", "packageType", "reservedConcurrentExecutions", "tags"],
  replaceOn: ["name", "packageType"],
  unread: ["code", "sourceCodeHash"],
  kept: ["architectures", "loggingConfig", "sourceCodeHash", "tracingConfig"],
  defaults: {
    timeout: DEFAULT_TIMEOUT_SECONDS,
    memorySize: DEFAULT_MEMORY_MB,
    architectures: ["x86_64"],
    packageType: "Zip",
    tracingConfig: { mode: "PassThrough" },
  },
  autoname: "name",
  taggable: true,

  async create({ lambda }, inputs) {
    const FunctionName = inputs.name ?? "";
    await lambda.send(
      new CreateFunctionCommand({
        ...configuration(inputs),
        FunctionName,
        Role: inputs.role,
        Architectures: inputs.architectures as ["arm64"],
        PackageType: inputs.packageType as "Zip",
        Code: { ZipFile: await archiveZip(inputs.code) },
        Tags: inputs.tagsAll,
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, ...WAIT }, { FunctionName });
    await setConcurrency(lambda, FunctionName, inputs);
    return FunctionName;
  },

  async read({ lambda }, id) {
    const found = await unlessGone(lambda.send(new GetFunctionCommand({ FunctionName: id })));
    if (found?.Configuration === undefined) {
      return undefined;
    }
    const inputs = {
      ...configurationOf(found.Configuration),
      reservedConcurrentExecutions: found.Concurrency?.ReservedConcurrentExecutions,
      tagsAll: found.Tags,
    };
    return { inputs, outputs: functionOutputs(found.Configuration, await lambda.config.region()) };
  },

  async update({ lambda }, id, news, olds) {
    const changes = differences({ ...olds }, { ...news });
    const changed = (...keys: (keyof FunctionArgs)[]) => keys.some((key) => changes.includes(key));
    if (changed("code", "sourceCodeHash", "architectures")) {
      const Architectures = news.architectures as ["arm64"];
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: id, ZipFile: await archiveZip(news.code), Architectures }));
      await waitUntilFunctionUpdatedV2({ client: lambda, ...WAIT }, { FunctionName: id });
    }
    if (changed(...CONFIGURATION)) {
      await lambda.send(new UpdateFunctionConfigurationCommand({ ...configuration(news), FunctionName: id, Role: news.role }));
      await waitUntilFunctionUpdatedV2({ client: lambda, ...WAIT }, { FunctionName: id });
    }
    if (changed("reservedConcurrentExecutions")) {
      await setConcurrency(lambda, id, news);
    }
    if (changed("tagsAll")) {
      await retag(lambda, id, news, olds);
    }
  },

  async delete({ lambda }, id) {
    await unlessGone(lambda.send(new DeleteFunctionCommand({ FunctionName: id })));
  },
});

/** Functions. */
export const handlers = { "aws:lambda/function:Function": fn };

function configuration(inputs: FunctionArgs): Omit<UpdateFunctionConfigurationCommandInput, "FunctionName"> {
  const { loggingConfig: logging } = inputs;
  return {
    Runtime: inputs.runtime as "python3.11",
    Handler: inputs.handler,
    Description: inputs.description,
    Timeout: inputs.timeout ?? DEFAULT_TIMEOUT_SECONDS,
    MemorySize: inputs.memorySize ?? DEFAULT_MEMORY_MB,
    Environment: { Variables: inputs.environment?.variables ?? {} },
    DeadLetterConfig: inputs.deadLetterConfig && { TargetArn: inputs.deadLetterConfig.targetArn },
    TracingConfig: inputs.tracingConfig && { Mode: inputs.tracingConfig.mode as "Active" },
    LoggingConfig: logging && {
      LogFormat: logging.logFormat as "JSON",
      LogGroup: logging.logGroup,
      ApplicationLogLevel: logging.applicationLogLevel as "INFO",
      SystemLogLevel: logging.systemLogLevel as "INFO",
    },
  };
}

function configurationOf(found: FunctionConfiguration): Partial<FunctionArgs> {
  const variables = found.Environment?.Variables ?? {};
  const logging = found.LoggingConfig;
  return {
    name: found.FunctionName,
    role: found.Role,
    runtime: found.Runtime,
    handler: found.Handler,
    description: found.Description,
    timeout: found.Timeout,
    memorySize: found.MemorySize,
    environment: Object.keys(variables).length > 0 ? { variables } : undefined,
    architectures: found.Architectures,
    packageType: found.PackageType,
    deadLetterConfig: found.DeadLetterConfig?.TargetArn ? { targetArn: found.DeadLetterConfig.TargetArn } : undefined,
    tracingConfig: found.TracingConfig?.Mode ? { mode: found.TracingConfig.Mode } : undefined,
    loggingConfig: logging && {
      logFormat: logging.LogFormat ?? "Text",
      logGroup: logging.LogGroup,
      applicationLogLevel: logging.ApplicationLogLevel,
      systemLogLevel: logging.SystemLogLevel,
    },
  };
}

function functionOutputs(found: FunctionConfiguration, region: string) {
  const invokeArn = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${found.FunctionArn}/invocations`;
  return {
    arn: found.FunctionArn,
    invokeArn,
    qualifiedArn: `${found.FunctionArn}:${found.Version}`,
    qualifiedInvokeArn: invokeArn.replace("/invocations", `:${found.Version}/invocations`),
    version: found.Version,
    codeSha256: found.CodeSha256,
    sourceCodeSize: found.CodeSize,
    lastModified: found.LastModified,
  };
}

async function setConcurrency(lambda: LambdaClient, FunctionName: string, inputs: FunctionArgs): Promise<void> {
  const { reservedConcurrentExecutions: reserved } = inputs;
  if (reserved !== undefined && reserved >= 0) {
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }));
  } else {
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  }
}

async function retag(lambda: LambdaClient, id: string, news: FunctionArgs, olds: FunctionArgs): Promise<void> {
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: id }));
  const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
  if (TagKeys.length > 0) {
    await lambda.send(new UntagResourceCommand({ Resource: Configuration?.FunctionArn, TagKeys }));
  }
  await lambda.send(new TagResourceCommand({ Resource: Configuration?.FunctionArn, Tags: news.tagsAll }));
}
