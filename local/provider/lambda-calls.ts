import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  type LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import type { lambda as awsLambda } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type EventInvokeArgs = Inputs<awsLambda.FunctionEventInvokeConfigArgs>;

const permission = handler<awsLambda.PermissionArgs>({
  inputs: ["statementId", "function", "action", "principal", "sourceArn", "sourceAccount", "qualifier"],
  replaceOn: [],
  unread: ["function", "qualifier"],
  autoname: "statementId",

  async create({ lambda }, { statementId = "", ...inputs }) {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: inputs.function as string,
        StatementId: statementId,
        Action: inputs.action,
        Principal: inputs.principal,
        SourceArn: inputs.sourceArn,
        SourceAccount: inputs.sourceAccount,
        Qualifier: inputs.qualifier,
      }),
    );
    return statementId;
  },

  /** An import names it as `function/statement`. */
  async read({ lambda }, id, known) {
    const [FunctionName = "", Sid = ""] = id.includes("/") ? id.split("/") : [known.function as string, id];
    const found = await unlessGone(lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: known.qualifier })));
    const { Statement = [] } = JSON.parse(found?.Policy ?? "{}") as { Statement?: PermissionStatement[] };
    const statement = Statement.find((candidate) => candidate.Sid === Sid);
    return (
      statement && {
        inputs: {
          statementId: Sid,
          function: FunctionName,
          action: statement.Action,
          principal:
            typeof statement.Principal === "string" ? statement.Principal : (statement.Principal.Service ?? statement.Principal.AWS),
          sourceArn: statement.Condition?.ArnLike?.["AWS:SourceArn"],
          sourceAccount: statement.Condition?.StringEquals?.["AWS:SourceAccount"],
        },
        outputs: {},
      }
    );
  },

  async delete({ lambda }, id, { function: FunctionName, qualifier: Qualifier }) {
    await unlessGone(lambda.send(new RemovePermissionCommand({ FunctionName: FunctionName as string, StatementId: id, Qualifier })));
  },
});

const eventInvokeConfig = handler<awsLambda.FunctionEventInvokeConfigArgs>({
  inputs: ["functionName", "maximumEventAgeInSeconds", "maximumRetryAttempts", "destinationConfig"],
  replaceOn: ["functionName"],

  create: ({ lambda }, inputs) => putEventInvokeConfig(lambda, inputs),

  async read({ lambda }, id) {
    const found = await unlessGone(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: id })));
    if (found === undefined) {
      return undefined;
    }
    const target = (end: { Destination?: string } | undefined) => (end?.Destination ? { destination: end.Destination } : undefined);
    const onFailure = target(found.DestinationConfig?.OnFailure);
    const onSuccess = target(found.DestinationConfig?.OnSuccess);
    return {
      inputs: {
        functionName: id,
        maximumEventAgeInSeconds: found.MaximumEventAgeInSeconds,
        maximumRetryAttempts: found.MaximumRetryAttempts,
        destinationConfig: onFailure || onSuccess ? { onFailure, onSuccess } : undefined,
      },
      outputs: {},
    };
  },

  async update({ lambda }, _id, news) {
    await putEventInvokeConfig(lambda, news);
  },

  async delete({ lambda }, id) {
    await unlessGone(lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: id })));
  },
});

/** Who may call a function, and what becomes of events that fail. */
export const handlers = {
  "aws:lambda/permission:Permission": permission,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": eventInvokeConfig,
};

interface PermissionStatement {
  Sid: string;
  Action: string;
  Principal: string | { Service?: string; AWS?: string };
  Condition?: { ArnLike?: Record<string, string>; StringEquals?: Record<string, string> };
}

async function putEventInvokeConfig(lambda: LambdaClient, inputs: EventInvokeArgs): Promise<string> {
  const { onFailure, onSuccess } = inputs.destinationConfig ?? {};
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: inputs.functionName,
      MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
      MaximumRetryAttempts: inputs.maximumRetryAttempts,
      DestinationConfig: {
        OnFailure: onFailure && { Destination: onFailure.destination },
        OnSuccess: onSuccess && { Destination: onSuccess.destination },
      },
    }),
  );
  return inputs.functionName;
}
