import assert from "node:assert/strict";
import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetScheduleCommand, type Target } from "@aws-sdk/client-scheduler";
import { resourceName } from "../../infrastructure/names";
import { REGION } from "../../local/emulator";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { clientsFor } from "../../stack/clients";
import { credentialsOf, type RoleCredentials } from "../proof/role-credentials";

/** What EventBridge Scheduler does every night with the schedule's target is done here by day: it takes on the role, and calls. */
describe("the nightly schedule", function () {
  this.timeout(60_000);
  let stack: LocalStack;
  let target: Target;
  let credentials: RoleCredentials;

  before(async () => {
    stack = await startLocalStack({ retrySeconds: 0.05 });
    const { Target } = await stack.clients.scheduler.send(new GetScheduleCommand({ Name: resourceName("daily", "local") }));
    assert.ok(Target);
    target = Target;
    credentials = await credentialsOf(stack, target.RoleArn ?? "");
  });

  after(() => stack?.stop());

  it("runs the function under its own role, with its own input", async () => {
    const { FunctionError, Payload } = await call();
    assert.equal(FunctionError, undefined);
    const { records, daily } = JSON.parse(Buffer.from(Payload ?? []).toString());
    assert.deepEqual([records, daily.outcome], [[], "accepted"]);
  });

  it("runs nothing once its role may not", async () => {
    const role = target.RoleArn?.split("/").at(-1);
    await stack.clients.iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: "daily-invoke" }));
    await assert.rejects(call(), { name: "AccessDeniedException" });
  });

  const call = () => {
    const { lambda } = clientsFor({ region: REGION, ...stack, credentials });
    return lambda.send(new InvokeCommand({ FunctionName: target.Arn, Payload: target.Input }));
  };
});
