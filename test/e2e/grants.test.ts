import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { published } from "../../stack/published";
import type { Stack } from "../../stack/stack";
import { outcomeOf, send } from "../../stack/uploads";
import { exportOf } from "./exports";
import { RoleProbe } from "./role-probe";

const PATIENCE_MS = 60_000;

/** The grants that a run uses itself. */
const GRANTS = ["input-read", "data-read-write", "web-read-write"];

/** The grants that the Lambda service uses in the role's name. */
const SERVICE_GRANTS = [
  {
    grant: "engine-send-failures",
    service: "sqs",
    operation: "send_message",
    args: ({ outputs }: LocalStack) => ({ QueueUrl: outputs.failureQueueUrl, MessageBody: "{}" }),
  },
  {
    grant: "engine-write-log",
    service: "logs",
    operation: "put_log_events",
    args: ({ outputs }: LocalStack) => ({
      logGroupName: `/aws/lambda/${outputs.processorFunctionName}`,
      logStreamName: "probe",
      logEvents: [{ timestamp: Date.now(), message: "probe" }],
    }),
  },
];

describe("with a grant taken away", function () {
  this.timeout(120_000);
  let stack: LocalStack & Stack;
  let uploads = 0;

  before(async () => {
    stack = { ...(await startLocalStack({ retrySeconds: 0.05 })), name: "local" };
  });

  after(() => stack?.stop());

  it("nothing yet: an upload is published", async () => {
    const key = await upload();
    assert.equal((await outcomeOf(stack, key)).outcome, "accepted");
    await published(stack.url, key);
  });

  for (const grant of GRANTS) {
    it(`${grant}: the run fails, and its event waits in the failure queue; given back, all goes on`, async () => {
      const failures = await failuresSoFar();
      await without(grant, async () => {
        await upload();
        await eventually(async () => (await failuresSoFar()) > failures);
      });
      const key = await upload();
      assert.equal((await outcomeOf(stack, key)).outcome, "accepted");
      await published(stack.url, key);
    });
  }

  // The embedded AWS's Lambda service writes logs and hands over failures without asking the role: a function under the role asks.
  for (const { grant, service, operation, args } of SERVICE_GRANTS) {
    it(`${grant}: the role is refused what it was granted, and allowed it again once that is given back`, async () => {
      const probe = await RoleProbe.create(stack);
      try {
        await probe.refusal("logs", "create_log_stream", { logGroupName: logGroup(), logStreamName: "probe" });
        const refusal = () => probe.refusal(service, operation, args(stack));
        assert.equal(await refusal(), undefined);
        await without(grant, async () => assert.match((await refusal()) ?? "", /AccessDenied/));
        assert.equal(await refusal(), undefined);
      } finally {
        await probe.remove();
      }
    });
  }

  function logGroup(): string {
    return `/aws/lambda/${stack.outputs.processorFunctionName}`;
  }

  async function upload(): Promise<string> {
    uploads += 1;
    const key = `orders/upload-${uploads}.tsv`;
    await send(stack, { key, body: Buffer.from(exportOf({ name_participant: `Eva${uploads}` })) });
    return key;
  }

  async function without(grant: string, work: () => Promise<void>): Promise<void> {
    const policy = { RoleName: stack.outputs.processorFunctionName, PolicyName: grant };
    const { PolicyDocument } = await stack.clients.iam.send(new GetRolePolicyCommand(policy));
    await stack.clients.iam.send(new DeleteRolePolicyCommand(policy));
    try {
      await work();
    } finally {
      await stack.clients.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: decodeURIComponent(PolicyDocument ?? "") }));
    }
  }

  async function failuresSoFar(): Promise<number> {
    const { Attributes } = await stack.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: stack.outputs.failureQueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages);
  }
});

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `it did not come to pass within ${PATIENCE_MS / 1000} s`);
    await delay(50);
  }
}
