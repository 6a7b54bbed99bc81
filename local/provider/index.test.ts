import assert from "node:assert/strict";
import { clientsFor } from "../../stack/clients";
import { createProvider } from "./index";
import { defaultTagsOf } from "./tags";
import { UNKNOWN } from "./values";

const QUEUE = "aws:sqs/queue:Queue";
const TABLE = "aws:dynamodb/table:Table";

describe("the provider", () => {
  // Nothing here reaches AWS, so there is none behind these.
  const provider = createProvider(clientsFor({ region: "eu-central-1" }));

  it("refuses a type that it does not know, naming it", async () => {
    const sentence = "local/provider does not know aws:foo/bar:Bar";
    await assert.rejects(provider.create("aws:foo/bar:Bar", "bar", {}), { message: sentence });
    assert.throws(() => provider.diff("aws:foo/bar:Bar", {}, {}), { message: sentence });
  });

  it("refuses a function that it does not know, naming it", async () => {
    await assert.rejects(provider.call("aws:foo/getBar:getBar", {}), {
      message: "local/provider does not know the function aws:foo/getBar:getBar",
    });
  });

  it("refuses an input that it does not act on, rather than to drop it", async () => {
    await assert.rejects(provider.check(QUEUE, "jobs", { fifoQueue: true }), {
      message: "local/provider does not know the input fifoQueue of aws:sqs/queue:Queue (jobs)",
    });
  });

  it("makes a name from the logical one and seven digits, and keeps it from then on", async () => {
    const first = await provider.check(QUEUE, "jobs", {});
    assert.match(String(first.name), /^jobs-[0-9a-f]{7}$/);
    assert.equal((await provider.check(QUEUE, "jobs", {}, {}, first)).name, first.name);
    assert.equal((await provider.check(QUEUE, "jobs", { name: "mine" }, {}, first)).name, "mine");
  });

  it("adds the default tags to a resource's own, which win", async () => {
    const defaults = { project: "school", stack: "dev" };
    const { tags, tagsAll } = await provider.check(QUEUE, "jobs", { tags: { stack: "own", owner: "office" } }, defaults);
    assert.deepEqual(tags, { stack: "own", owner: "office" });
    assert.deepEqual(tagsAll, { project: "school", stack: "own", owner: "office" });
  });

  it("tags nothing that has no tags", async () => {
    assert.deepEqual(await provider.check("aws:sqs/queuePolicy:QueuePolicy", "policy", { queueUrl: "u", policy: "{}" }, { stack: "dev" }), {
      queueUrl: "u",
      policy: "{}",
    });
  });

  it("reads the default tags of a provider, which arrive as a text", () => {
    assert.deepEqual(defaultTagsOf({ region: "eu-central-1", defaultTags: '{"tags":{"stack":"dev"}}' }), { stack: "dev" });
    assert.deepEqual(defaultTagsOf({ region: "eu-central-1" }), {});
  });

  it("changes in place what AWS lets change, and replaces for the rest", () => {
    const olds = { name: "data", hashKey: "PK", billingMode: "PAY_PER_REQUEST" };
    assert.deepEqual(provider.diff(TABLE, olds, { ...olds, ttl: { attributeName: "t", enabled: true } }), {
      changes: ["ttl"],
      replaces: [],
    });
    assert.deepEqual(provider.diff(TABLE, olds, { ...olds, hashKey: "ID" }), { changes: ["hashKey"], replaces: ["hashKey"] });
  });

  it("replaces what AWS cannot change at all", () => {
    const olds = { statementId: "s", action: "lambda:InvokeFunction" };
    const difference = provider.diff("aws:lambda/permission:Permission", olds, { ...olds, action: "*" });
    assert.deepEqual(difference, { changes: ["action"], replaces: ["action"] });
  });

  it("sees no change in an AWS default that is spelled out", () => {
    assert.deepEqual(provider.diff(QUEUE, { name: "jobs" }, { name: "jobs", visibilityTimeoutSeconds: 30 }), { changes: [], replaces: [] });
  });

  it("takes what is not known yet for a change", () => {
    assert.deepEqual(provider.diff(QUEUE, { name: "jobs" }, { name: UNKNOWN }), { changes: ["name"], replaces: ["name"] });
  });
});
