import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { send } from "../../stack/uploads";
import { exportOf, tomorrow } from "../e2e/exports";
import { figures } from "./figures";

const EXPORTS = 24;
const PATIENCE_MS = 90_000;
const PROFILES = { jana: { name: "Jana" }, petr: { name: "Petr" } };

describe("uploads one right after the other, through S3's own notifications", function () {
  this.timeout(2 * PATIENCE_MS);
  let stack: LocalStack;

  before(async () => {
    stack = await startLocalStack({ retrySeconds: 0.1 });
  });

  after(() => stack?.stop());

  it("end in the newest of each kind, with nothing in the failure queue", async () => {
    const date = tomorrow();
    const roster = (who: string) => JSON.stringify({ date, assignments: [{ instructor_id: who, booking_ids: ["b-1"] }] });
    for (let number = 1; number <= EXPORTS; number += 1) {
      await upload(`orders/${number}.tsv`, exportOf({ level: `level ${number}`, booking_id: "b-1" }));
      if (number % 4 === 0) {
        await upload("orders/broken.tsv", "<!doctype html>");
        await upload("instructors/profiles.json", JSON.stringify({ ...PROFILES, [`i${number}`]: { name: "New" } }));
        await upload(`instructors/roster-${date}.json`, roster(number % 8 === 0 ? "jana" : "petr"));
      }
    }
    const expected = `level ${EXPORTS} ${EXPORTS % 8 === 0 ? "Jana" : "Petr"}`;
    const deadline = Date.now() + PATIENCE_MS;
    while ((await shown(date)) !== expected) {
      assert.ok(Date.now() < deadline, `what is shown stayed ${await shown(date)}, and should be ${expected}`);
      await delay(100);
    }
    const { Attributes } = await stack.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: stack.outputs.failureQueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    assert.equal(Attributes?.ApproximateNumberOfMessages, "0");
    figures("notifications", { "exports uploaded one right after the other": EXPORTS });
  });

  const upload = (key: string, text: string) => send({ ...stack, name: "local" }, { key, body: Buffer.from(text) });

  async function shown(date: string): Promise<string> {
    const answer = await fetch(`${stack.url}/data/days/${date}.json`);
    if (answer.status !== 200) {
      return "nothing";
    }
    const { lessons } = (await answer.json()) as { lessons: { level: string; instructor: { name: string } | null }[] };
    return lessons.map(({ level, instructor }) => `${level} ${instructor?.name}`).join(", ");
  }
});
