import assert from "node:assert/strict";
import { lookupIn, stackConfiguration } from "../../infrastructure/configuration";
import { settingsFrom } from "../../infrastructure/settings";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { CHECKS, runChecks } from "../../stack/checks";
import { outcomeOf, send } from "../../stack/uploads";
import { exportOf } from "./exports";

const ID = "0123abcd-4567-89ab-cdef-0123456789ab";
const STRICT = {
  "goldsport-scheduler:kmsKeyArn": `arn:aws:kms:eu-central-1:000000000000:key/${ID}`,
  "goldsport-scheduler:formerKmsKeyArns": "arn:aws:kms:eu-central-1:000000000000:key/1123abcd",
  "goldsport-scheduler:accessLogBucket": "the-logs",
  "goldsport-scheduler:webAclArn": `arn:aws:wafv2:us-east-1:000000000000:global/webacl/site/${ID}`,
};

describe("a stack with a key, access logs and a web ACL", function () {
  this.timeout(60_000);
  let stack: LocalStack;

  before(async () => {
    stack = await startLocalStack({ config: STRICT });
  });

  after(() => stack?.stop());

  it("is what its settings say", async () => {
    const settings = settingsFrom(lookupIn({ ...stackConfiguration("local"), ...STRICT }));
    const findings = await runChecks(CHECKS, { ...stack, name: "local", settings });
    assert.deepEqual(
      findings.filter(({ problem }) => problem !== undefined),
      [],
    );
  });

  it("takes uploads as any other", async () => {
    const reached = { ...stack, name: "local" };
    await send(reached, { key: "orders/season.tsv", body: Buffer.from(exportOf({})) });
    assert.equal((await outcomeOf(reached, "orders/season.tsv")).outcome, "accepted");
  });
});
