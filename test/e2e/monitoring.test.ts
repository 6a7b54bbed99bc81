import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { DescribeAlarmsCommand, PutMetricDataCommand, SetAlarmStateCommand, type StateValue } from "@aws-sdk/client-cloudwatch";
import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  type InvokeCommandOutput,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { type AlarmName, resourceName } from "../../infrastructure/names";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { sampleSeason } from "../../stack/sample";
import { outcomeOf } from "../../stack/uploads";
import { embeddedMetrics, putMetrics } from "./embedded-metrics";

const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/** The alarms as they are on the embedded AWS: CloudWatch's part of measuring is done here where the emulator does not do it. */
describe("an alarm", function () {
  this.timeout(60_000);
  let stack: LocalStack;
  let mailbox: string;

  before(async () => {
    stack = await startLocalStack({ retrySeconds: 0.05, config: { "goldsport-scheduler:freshnessHours": "3" } });
    mailbox = await subscribedQueue();
  });

  after(() => stack?.stop());

  it("stays silent while all is well", async () => {
    const [orders, profiles] = sampleSeason("2099-01-10", "Europe/Prague").files;
    for (const { key, body } of [orders, profiles].filter((file) => file !== undefined)) {
      await upload(key, body);
      assert.equal((await outcomeOf({ ...stack, name: "local" }, key)).outcome, "accepted");
    }
    await until(async () => (await measured()).filter(({ FilesAccepted }) => FilesAccepted?.[0] === 1).length === 2);
    await takeMetrics();
    await measureQueue();
    const { MetricAlarms = [] } = await stack.clients.cloudwatch.send(new DescribeAlarmsCommand({}));
    assert.equal(MetricAlarms.length, 10);
    assert.deepEqual(
      MetricAlarms.filter(({ StateValue }) => StateValue === "ALARM").map(({ AlarmName }) => AlarmName),
      [],
    );
  });

  it("goes off when a file is rejected: rejected-files", async () => {
    await upload("orders/error-page.tsv", "<!DOCTYPE html><title>502 Bad Gateway</title>");
    await until(async () => (await measured()).some(({ FilesRejected }) => FilesRejected?.[0] === 1));
    await takeMetrics();
    await isTold("rejected-files");
    assert.notEqual(await stateOf("failed-runs"), "ALARM");
  });

  it("goes off when a run fails: failed-runs", async () => {
    await takeAwayTable();
    const { FunctionError } = await invoke(createdEvent("orders/error-page.tsv"));
    assert.equal(FunctionError, "Unhandled");
    await evaluate();
    await isTold("failed-runs");
  });

  it("goes off when the retries failed too: failures-waiting", async () => {
    await upload("orders/in-vain.tsv", "what it holds does not matter: the table cannot be read");
    await until(async () => (await waitingFailures()) === 1);
    await measureQueue();
    await isTold("failures-waiting");
  });

  // After failed-runs: the embedded AWS counts a run that it has no room for as failed, which Lambda does not.
  it("goes off when Lambda has no room: throttled-runs", async () => {
    const { lambda } = stack.clients;
    const FunctionName = stack.outputs.processorFunctionName;
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    await assert.rejects(invoke({ Records: [] }), /Rate Exceeded|Too/i);
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    await evaluate();
    await isTold("throttled-runs");
  });

  it("goes off when runs take more than 80 % of their time: long-runs", async () => {
    await measureLambda("Duration", 239_000);
    assert.equal(await stateOf("long-runs"), "OK");
    await measureLambda("Duration", 241_000);
    await isTold("long-runs");
  });

  it("goes off when a failure does not reach the queue: undelivered-failures", async () => {
    await measureLambda("DestinationDeliveryFailures", 1);
    await isTold("undelivered-failures");
  });

  it("goes off when Lambda gives an event up: dropped-events", async () => {
    await measureLambda("AsyncEventsDropped", 1);
    await isTold("dropped-events");
  });

  it("goes off, its hours being counted, when no export comes: no-fresh-export", async () => {
    // The emulator counts no hours; that the expression does is told in infrastructure/components/freshness.test.ts.
    await stack.clients.cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName: nameOf("no-fresh-export"), StateValue: "ALARM", StateReason: "3 open hours" }),
    );
    await isTold("no-fresh-export");
  });

  const nameOf = (alarm: AlarmName) => resourceName(alarm, "local");

  async function upload(Key: string, Body: string): Promise<void> {
    await stack.clients.s3.send(new PutObjectCommand({ Bucket: stack.outputs.inputBucketName, Key, Body }));
  }

  /** Runs the function as S3 would have Lambda run it: the emulator measures runs that are waited for. */
  function invoke(event: unknown): Promise<InvokeCommandOutput> {
    const FunctionName = stack.outputs.processorFunctionName;
    return stack.clients.lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  }

  function createdEvent(key: string): unknown {
    const object = { key, size: 1, eTag: "", sequencer: "" };
    const record = { eventName: "ObjectCreated:Put", eventTime: "2099-01-01T00:00:00.000Z" };
    return { Records: [{ ...record, s3: { bucket: { name: stack.outputs.inputBucketName }, object } }] };
  }

  async function takeAwayTable(): Promise<void> {
    const RoleName = stack.outputs.processorFunctionName;
    await stack.clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "data-read-write" }));
  }

  /** A queue that gets what the topic tells, as an e-mail address would. */
  async function subscribedQueue(): Promise<string> {
    const { sns, sqs } = stack.clients;
    const QueueArn = stack.outputs.alarmTopicArn.replace(":sns:", ":sqs:").replace(/[^:]+$/, "mailbox");
    const fromTopic = { StringEquals: { "aws:SourceArn": stack.outputs.alarmTopicArn } };
    const statement = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: QueueArn };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, Condition: fromTopic }] });
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "mailbox", Attributes: { Policy } }));
    const subscription = { TopicArn: stack.outputs.alarmTopicArn, Protocol: "sqs", Endpoint: QueueArn };
    await sns.send(new SubscribeCommand({ ...subscription, Attributes: { RawMessageDelivery: "true" } }));
    return QueueUrl;
  }

  /** Waits for the topic's message that this alarm, and no other, has gone off. */
  async function isTold(alarm: AlarmName): Promise<void> {
    const told: string[] = [];
    await until(async () => {
      const { Messages = [] } = await stack.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: mailbox, MaxNumberOfMessages: 10 }));
      told.push(...Messages.map(({ Body = "{}" }) => JSON.parse(Body)).flatMap(alarmOf));
      return told.length > 0;
    });
    assert.deepEqual(told, [nameOf(alarm)]);
    assert.equal(await stateOf(alarm), "ALARM");
  }

  async function stateOf(alarm: AlarmName): Promise<StateValue | undefined> {
    const answer = await stack.clients.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [nameOf(alarm)] }));
    return answer.MetricAlarms?.[0]?.StateValue;
  }

  /** Has the emulator look at its alarms, which it does whenever something is measured. */
  const evaluate = () => measure("Test", "Nothing", 0);

  /** Fifty runs, so that those which really took place are the few. */
  const measureLambda = (name: string, value: number) => measure("AWS/Lambda", name, value, name === "Duration" ? 50 : 1);

  const measureQueue = async () => measure("AWS/SQS", "ApproximateNumberOfMessagesVisible", await waitingFailures());

  async function measure(Namespace: string, MetricName: string, value: number, times = 1): Promise<void> {
    const MetricData = [{ MetricName, Values: [value], Counts: [times] }];
    await stack.clients.cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
  }

  async function waitingFailures(): Promise<number> {
    const queue = { QueueUrl: stack.outputs.failureQueueUrl };
    const { Attributes } = await stack.clients.sqs.send(
      new GetQueueAttributesCommand({ ...queue, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages);
  }

  /** What the function's log says of each upload. */
  const measured = () => embeddedMetrics(stack.clients, stack.outputs.processorFunctionName);

  /** Does what CloudWatch does by itself. */
  async function takeMetrics(): Promise<void> {
    for (const entry of await measured()) {
      await putMetrics(stack.clients, stack.outputs.processorFunctionName, entry);
    }
  }
});

/** The alarm that has gone off, of a message of the topic. */
function alarmOf({ AlarmName, NewStateValue }: { AlarmName: string; NewStateValue: string }): string[] {
  return NewStateValue === "ALARM" ? [AlarmName] : [];
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `it did not happen within ${PATIENCE_MS / 1000} s`);
    await delay(POLL_MS);
  }
}
