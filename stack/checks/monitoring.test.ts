import assert from "node:assert/strict";
import type { Deployed } from "./check";
import { topicChecks } from "./monitoring";

describe("the rule on the address that alarms are told to", () => {
  const rule = topicChecks.find((check) => check.rule.startsWith("was confirmed"));
  const told = (SubscriptionArn: string) =>
    rule?.holds({
      outputs: { alarmTopicArn: "arn:aws:sns:eu-central-1:000000000000:alarms" },
      clients: {
        sns: { send: async () => ({ Subscriptions: [{ Protocol: "email", Endpoint: "office@school.example", SubscriptionArn }] }) },
      },
    } as unknown as Deployed);

  it("holds once the address has confirmed", async () => {
    await told("arn:aws:sns:eu-central-1:000000000000:alarms:0123");
  });

  it("is broken until then, and tells what to do", async () => {
    const expected = { message: "AWS has written to office@school.example: follow the link in that mail" };
    await assert.rejects(async () => told("PendingConfirmation"), expected);
  });
});
