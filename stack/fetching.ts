import { paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
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

/** A fetch as the function's log tells it. */
export interface LoggedFetch extends FetchResult {
  /** When, in milliseconds since 1970. */
  at: number;
}

/** What the function's log tells of fetches from `since` on, in milliseconds since 1970; the oldest first. */
export async function fetchesSince({ clients, outputs }: Stack, since: number): Promise<LoggedFetch[]> {
  const logGroupName = `/aws/lambda/${outputs.fetcherFunctionName}`;
  const found: LoggedFetch[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client: clients.logs }, { logGroupName, startTime: since })) {
    for (const { timestamp = since, message = "" } of events) {
      const line = message.startsWith("{") ? JSON.parse(message) : {};
      if (line.message === "fetch") {
        found.push({ ...line, at: timestamp });
      }
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
