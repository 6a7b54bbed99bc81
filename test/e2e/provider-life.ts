import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import type { Provider } from "../../local/provider";
import type { Properties } from "../../local/provider/values";
import { ARN, LAMBDA_TRUST, type Life, statement } from "./provider-lives";

export const FUNCTION = "aws:lambda/function:Function";
export const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** What a bucket is encrypted with that has no key of one's own. */
export const OWN_KEYS = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];

/** What a bucket's policy has to say before S3 takes it for access logs. */
const LOG_DELIVERY = statement({
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: `${ARN}s3:::school-logs/*`,
});

const DEFAULT_TAGS = { project: "school" };

/** Makes, finds, changes, imports and removes a resource. */
export async function lead(provider: Provider, { type, inputs, change, id: importId, idPrefix = "" }: Life): Promise<void> {
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

  const imported = await provider.read(type, importId ?? idPrefix + made.id, {}, DEFAULT_TAGS);
  assert.ok(imported, "an import finds it by its id alone");

  await provider.delete(type, made.id, made.state);
  assert.equal(await provider.read(type, made.id, made.inputs), undefined, "it is gone");
  await provider.delete(type, made.id, made.state);
}

/** Makes a function, changes its code, its settings and its tags, and removes it; its code lies in `folder`. */
export async function leadFunction(provider: Provider, folder: string): Promise<void> {
  const made = await provider.create(FUNCTION, "other", functionInputs(folder, "return 1"), DEFAULT_TAGS);
  const wanted = {
    ...functionInputs(folder, "return 2"),
    timeout: 300,
    environment: { variables: { TABLE: "data" } },
    tags: { a: "b" },
  };
  const changed = await provider.update(FUNCTION, made.id, made.inputs, await provider.check(FUNCTION, "other", wanted, DEFAULT_TAGS));
  assert.notEqual(changed.state.codeSha256, made.state.codeSha256);
  assert.deepEqual(await provider.read(FUNCTION, made.id, changed.inputs), changed);
  await provider.delete(FUNCTION, made.id, changed.state);
  assert.equal(await provider.read(FUNCTION, made.id, changed.inputs), undefined);
}

/** Makes the bucket, queue, function, role and topic `school`, which others belong to. */
export async function makeSchool(provider: Provider, folder: string): Promise<void> {
  await provider.create("aws:s3/bucket:Bucket", "school", { bucket: "school" });
  await provider.create("aws:s3/bucket:Bucket", "logs", { bucket: "school-logs" });
  await provider.create("aws:s3/bucketPolicy:BucketPolicy", "logs", { bucket: "school-logs", policy: LOG_DELIVERY });
  await provider.create("aws:sns/topic:Topic", "school", { name: "school" });
  await provider.create("aws:sqs/queue:Queue", "school", { name: "school" });
  await provider.create("aws:iam/role:Role", "school", { name: "school", assumeRolePolicy: LAMBDA_TRUST });
  await provider.create(FUNCTION, "school", { ...functionInputs(folder, "pass"), name: "school" });
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
