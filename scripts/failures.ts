import { InvokeCommand } from "@aws-sdk/client-lambda";
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { outcomeText } from "../stack/outcome-text";
import type { Stack } from "../stack/stack";
import type { Outcome } from "../stack/uploads";

/** An event that could not be processed, as the failure queue holds it. */
export interface Failure {
  /** What was uploaded, for people; nothing of the queue's when the message is no event. */
  keys: string[];
  /** When Lambda gave it up. */
  failedAt: string | undefined;
  /** What the last run said. */
  error: string;
  /** The event itself; undefined when the message holds none. */
  event: unknown;
  message: Message;
}

/** What came of running an event again. */
export interface Rerun {
  succeeded: boolean;
  /** What became of each upload, or why the run failed. */
  said: string[];
}

/** What Lambda sends on failure: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html. */
interface Envelope {
  timestamp?: string;
  requestPayload?: { Records?: { s3?: { object?: { key?: string } } }[] };
  responsePayload?: { errorMessage?: string } | null;
}

/** Longer than a run may take, so that nobody else takes the same events meanwhile. */
const TAKEN_SECONDS = 15 * 60;

/** SQS looks at all of its servers when it is given time. */
const WAIT_SECONDS = 1;

/** Takes every event out of the failure queue, for a quarter of an hour: each has then to be either done with or put back. */
export async function takeFailures({ clients, outputs }: Stack): Promise<Failure[]> {
  const taken = new Map<string, Failure>();
  for (;;) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: outputs.failureQueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: TAKEN_SECONDS,
        WaitTimeSeconds: WAIT_SECONDS,
      }),
    );
    const before = taken.size;
    for (const message of Messages) {
      taken.set(message.MessageId ?? "", failureOf(message));
    }
    if (taken.size === before) {
      return [...taken.values()];
    }
  }
}

/** Runs an event again, and waits until the run has ended. */
export async function runAgain({ clients, outputs }: Stack, { event }: Failure): Promise<Rerun> {
  if (event === undefined) {
    return { succeeded: false, said: ["the message holds no event of the function"] };
  }
  const { FunctionError, Payload } = await clients.lambda.send(
    new InvokeCommand({ FunctionName: outputs.processorFunctionName, Payload: JSON.stringify(event) }),
  );
  const answer = JSON.parse(Payload?.transformToString() || "null");
  if (FunctionError !== undefined) {
    return { succeeded: false, said: [`it failed again: ${answer?.errorMessage ?? FunctionError}`] };
  }
  const records: Outcome[] = answer?.records ?? [];
  return { succeeded: true, said: records.map((record) => outcomeText({ ...record, reason: record.reason ?? undefined })) };
}

/** Takes an event off the queue for good. */
export async function remove({ clients, outputs }: Stack, { message }: Failure): Promise<void> {
  await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: outputs.failureQueueUrl, ReceiptHandle: message.ReceiptHandle }));
}

/** Puts an event back for whoever asks next. */
export async function putBack({ clients, outputs }: Stack, { message }: Failure): Promise<void> {
  const command = { QueueUrl: outputs.failureQueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 };
  await clients.sqs.send(new ChangeMessageVisibilityCommand(command));
}

function failureOf(message: Message): Failure {
  const { timestamp, requestPayload, responsePayload } = envelopeOf(message);
  const keys = requestPayload?.Records?.flatMap(({ s3 }) => s3?.object?.key ?? []) ?? [];
  return {
    keys: keys.map((key) => decodeURIComponent(key.replaceAll("+", " "))),
    failedAt: timestamp,
    error: responsePayload?.errorMessage ?? "no reason given",
    event: requestPayload,
    message,
  };
}

function envelopeOf({ Body = "" }: Message): Envelope {
  try {
    const envelope: unknown = JSON.parse(Body);
    return typeof envelope === "object" && envelope !== null ? envelope : {};
  } catch {
    return {};
  }
}
