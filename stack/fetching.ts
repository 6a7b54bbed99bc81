import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { FetchResult } from "../lambda/fetcher/fetch-once";
import { UserError } from "./command";
import type { Stack } from "./stack";

/**
 * Has the stack fetch its export now, and waits for what happens.
 *
 * @throws UserError When it fetches none, or the function itself breaks.
 */
export async function fetchNow({ name, clients, outputs }: Stack): Promise<FetchResult> {
  const { fetcherFunctionName } = outputs;
  if (fetcherFunctionName === undefined) {
    throw new UserError(`the stack "${name}" fetches no export: set exportUrl, and deploy it`);
  }
  const { FunctionError, Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName: fetcherFunctionName }));
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString("utf8") || "{}");
  if (FunctionError !== undefined) {
    throw new UserError(
      `the function ${fetcherFunctionName} broke: ${answer.errorMessage} (its log is /aws/lambda/${fetcherFunctionName})`,
    );
  }
  return answer;
}
