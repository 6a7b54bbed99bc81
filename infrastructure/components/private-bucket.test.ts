import assert from "node:assert/strict";
import { tlsOnlyStatement } from "../policies";
import { all, named, only, type Recording, record } from "../testing/recorder";
import { PrivateBucket } from "./private-bucket";

const BUCKET = "goldsport-scheduler-input-test";

describe("PrivateBucket", () => {
  let recording: Recording;

  before(async () => {
    recording = await record(() => {
      new PrivateBucket("input", { bucketName: BUCKET, protect: false, expireAfterDays: 30 }).setPolicy();
    });
  });

  it("is kept when the stack is destroyed, with all that keeps it closed, encrypted and tidy", () => {
    const kept = recording.registrations.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);
    assert.deepEqual(
      kept.sort(),
      ["bucket", "encryption", "lifecycle", "ownership", "policy", "public-access"].map((what) => `input-${what}`),
    );
    assert.deepEqual(only(recording, "aws:s3/bucket:Bucket").inputs, { bucket: BUCKET });
  });

  it("can be deleted, unless it is protected", async () => {
    assert.equal(only(recording, "aws:s3/bucket:Bucket").protect, false);
    const guarded = await record(() => new PrivateBucket("input", { bucketName: BUCKET, protect: true }));
    assert.equal(only(guarded, "aws:s3/bucket:Bucket").protect, true);
  });

  it("is closed, then given to its owner, then given its policy: S3 refuses to change two of them at the same time", () => {
    const waits = (name: string) => named(recording, name).dependsOn;
    assert.deepEqual(waits("input-ownership"), ["input-public-access"]);
    assert.deepEqual(waits("input-policy"), ["input-ownership"]);
  });

  it("has no versions", () => {
    assert.deepEqual(all(recording, "aws:s3/bucketVersioning:BucketVersioning"), []);
  });

  it("is closed to the public in all four ways", () => {
    assert.deepEqual(only(recording, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs, {
      bucket: BUCKET,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("belongs to its owner alone", () => {
    assert.deepEqual(only(recording, "aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs, {
      bucket: BUCKET,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  });

  it("is encrypted", () => {
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    assert.deepEqual(only(recording, type).inputs, {
      bucket: BUCKET,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
  });

  it("drops unfinished uploads after a day, and objects after their time", () => {
    assert.deepEqual(only(recording, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs, {
      bucket: BUCKET,
      rules: [
        {
          id: "abort-unfinished-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
        { id: "expire-objects", status: "Enabled", filter: { prefix: "" }, expiration: { days: 30 } },
      ],
    });
  });

  it("keeps objects for good where no time is given", async () => {
    const lasting = await record(() => new PrivateBucket("web", { bucketName: BUCKET, protect: false }));
    const { rules } = only(lasting, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs;
    assert.deepEqual(
      (rules as { id: string }[]).map(({ id }) => id),
      ["abort-unfinished-uploads"],
    );
  });

  it("logs access where told, and no longer than told", async () => {
    const type = "aws:s3/bucketLogging:BucketLogging";
    assert.deepEqual(all(recording, type), []);
    const logged = only(
      await record(() => new PrivateBucket("web", { bucketName: BUCKET, protect: false, accessLogBucket: "logs" })),
      type,
    );
    assert.deepEqual(logged.inputs, { bucket: BUCKET, targetBucket: "logs", targetPrefix: `${BUCKET}/` });
    assert.equal(logged.retainOnDelete, false);
  });

  it("refuses plain HTTP", () => {
    const { policy } = only(recording, "aws:s3/bucketPolicy:BucketPolicy").inputs;
    const { Statement } = JSON.parse(String(policy));
    assert.deepEqual(Statement, [tlsOnlyStatement(`arn:aws:s3:mock:123456789012:${BUCKET}`)]);
  });
});
