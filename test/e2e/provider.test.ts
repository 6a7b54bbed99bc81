import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import { type Emulator, REGION, startEmulator } from "../../local/emulator";
import { createProvider, type Provider } from "../../local/provider";
import type { Properties } from "../../local/provider/values";
import { type Clients, clientsFor, ROOT } from "../../stack/clients";
import { ARN, expiry, LAMBDA_TRUST, LIVES } from "./provider-lives";

const DEFAULT_TAGS = { project: "school" };

describe("the provider, in front of the embedded AWS", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let clients: Clients;
  let provider: Provider;

  before(async () => {
    emulator = await startEmulator();
    clients = clientsFor({ region: REGION, endpoint: emulator.endpoint, certificate: emulator.certificate, credentials: ROOT });
    provider = createProvider(clients);
    await makeSchool(provider, emulator.folder);
  });

  after(() => emulator?.stop());

  for (const { type, inputs, change, id: importId } of LIVES) {
    it(`makes, finds, ${change === undefined ? "" : "changes, "}imports and removes ${type}`, async () => {
      const made = await provider.create(type, "it", inputs, DEFAULT_TAGS);
      assert.deepEqual(await provider.read(type, made.id, made.inputs, DEFAULT_TAGS), made, "what is found is what was made");

      if (change !== undefined) {
        const news = await provider.check(type, "it", { ...inputs, ...change }, DEFAULT_TAGS, made.inputs);
        assert.deepEqual(provider.diff(type, made.inputs, news).replaces, []);
        const changed = await provider.update(type, made.id, made.inputs, news);
        const found = await provider.read(type, made.id, made.inputs, DEFAULT_TAGS);
        assert.notDeepEqual(found?.state, made.state, "AWS has it otherwise than before");
        assert.deepEqual(found?.inputs.tagsAll, news.tagsAll);
        assert.deepEqual(provider.diff(type, changed.inputs, news).changes, []);
      }

      const imported = await provider.read(type, importId ?? made.id, {}, DEFAULT_TAGS);
      assert.ok(imported, "an import finds it by its id alone");

      await provider.delete(type, made.id, made.state);
      assert.equal(await provider.read(type, made.id, made.inputs), undefined, "it is gone");
      await provider.delete(type, made.id, made.state);
    });
  }

  it("makes and changes a function: its code, its settings and its tags", async () => {
    const type = "aws:lambda/function:Function";
    const made = await provider.create(type, "other", functionInputs(emulator.folder, "return 1"), DEFAULT_TAGS);
    const wanted = {
      ...functionInputs(emulator.folder, "return 2"),
      timeout: 300,
      environment: { variables: { TABLE: "data" } },
      tags: { a: "b" },
    };
    const changed = await provider.update(type, made.id, made.inputs, await provider.check(type, "other", wanted, DEFAULT_TAGS));
    assert.notEqual(changed.state.codeSha256, made.state.codeSha256);
    assert.deepEqual(await provider.read(type, made.id, changed.inputs), changed);
    await provider.delete(type, made.id, changed.state);
    assert.equal(await provider.read(type, made.id, changed.inputs), undefined);
  });

  it("encrypts a bucket, which S3 goes on to do when it is told to no more", async () => {
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
    const made = await provider.create(type, "it", { bucket: "school", rules });
    assert.deepEqual(await provider.read(type, "school", made.inputs), made);
    await provider.delete(type, "school", made.state);
    assert.deepEqual(await provider.read(type, "school", made.inputs), made);
  });

  it("refuses a bucket and a table that are there already, in AWS's words", async () => {
    await assert.rejects(provider.create("aws:s3/bucket:Bucket", "again", { bucket: "school" }), /again\): BucketAlreadyOwnedByYou: /);
    const table = { name: "twice", hashKey: "PK", attributes: [{ name: "PK", type: "S" }], billingMode: "PAY_PER_REQUEST" };
    await provider.create("aws:dynamodb/table:Table", "twice", table);
    await assert.rejects(provider.create("aws:dynamodb/table:Table", "twice", table), /ResourceInUseException: /);
  });

  it("refuses what it would drop from inside an input", async () => {
    const rules = [{ ...expiry(30), transitions: [{ days: 5, storageClass: "GLACIER" }] }];
    await assert.rejects(
      provider.create("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "cold", { bucket: "school", rules }),
      /cold\): rules was to be .*GLACIER.*, but AWS has /,
    );
  });

  it("tells who is asking, and where", async () => {
    assert.equal((await provider.call("aws:index/getCallerIdentity:getCallerIdentity", {})).accountId, "000000000000");
    assert.equal((await provider.call("aws:index/getRegion:getRegion", {})).region, REGION);
  });
});

/** What the others belong to. */
async function makeSchool(provider: Provider, folder: string): Promise<void> {
  await provider.create("aws:s3/bucket:Bucket", "school", { bucket: "school" });
  await provider.create("aws:sns/topic:Topic", "school", { name: "school" });
  await provider.create("aws:iam/role:Role", "school", { name: "school", assumeRolePolicy: LAMBDA_TRUST });
  await provider.create("aws:lambda/function:Function", "school", { ...functionInputs(folder, "pass"), name: "school" });
  const permission = { function: "school", action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" };
  await provider.create("aws:lambda/permission:Permission", "school", { ...permission, sourceArn: `${ARN}s3:::school` });
}

/** A function whose body is `line`; its code is a folder of its own in `folder`. */
function functionInputs(folder: string, line: string): Properties {
  const path = mkdtempSync(join(folder, "code-"));
  writeFileSync(join(path, "handler.py"), `def main(event, context):\n    ${line}\n`);
  const role = `${ARN}iam::000000000000:role/school`;
  return { name: "other", role, runtime: "python3.11", handler: "handler.main", code: new asset.FileArchive(path) };
}
