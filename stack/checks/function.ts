import { GetRolePolicyCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { type FunctionConfiguration, GetFunctionCommand } from "@aws-sdk/client-lambda";
import type { Statement } from "../../infrastructure/policies";
import type { Deployed } from "./check";

/** The account that the stack is in. */
export const accountOf = ({ outputs }: Deployed): string => outputs.processorFunctionArn.split(":")[4] ?? "";

/** A function's configuration as it is in AWS. */
export async function functionConfiguration({ clients }: Deployed, FunctionName: string): Promise<FunctionConfiguration> {
  const { Configuration } = await clients.lambda.send(new GetFunctionCommand({ FunctionName }));
  return Configuration ?? {};
}

/** Every statement of a role's own policies, as JSON. */
export async function rolePolicies({ clients }: Deployed, RoleName: string): Promise<string[]> {
  const { PolicyNames = [] } = await clients.iam.send(new ListRolePoliciesCommand({ RoleName }));
  const documents = await Promise.all(
    PolicyNames.map((PolicyName) => clients.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  return documents.flatMap(({ PolicyDocument = "" }) =>
    JSON.parse(decodeURIComponent(PolicyDocument)).Statement.map((statement: Statement) => JSON.stringify(statement)),
  );
}
