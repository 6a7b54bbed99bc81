import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { s3 as awsS3 } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { type Tags, tagList, tagMap } from "./tags";

const bucket = handler<awsS3.BucketArgs>({
  inputs: ["bucket", "forceDestroy", "tags"],
  replaceOn: ["bucket"],
  unread: ["forceDestroy"],
  autoname: "bucket",
  taggable: true,

  async create({ s3 }, { bucket: Bucket = "", tagsAll }) {
    await s3.send(new CreateBucketCommand({ Bucket, ...location(await s3.config.region()) }));
    await tagBucket(s3, Bucket, tagsAll);
    return Bucket;
  },

  async read({ s3 }, id) {
    if ((await unlessGone(s3.send(new HeadBucketCommand({ Bucket: id })))) === undefined) {
      return undefined;
    }
    const region = await s3.config.region();
    const tagging = await unlessGone(s3.send(new GetBucketTaggingCommand({ Bucket: id })));
    return {
      inputs: { bucket: id, tagsAll: tagMap(tagging?.TagSet) },
      outputs: {
        arn: `arn:aws:s3:::${id}`,
        bucketDomainName: `${id}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
        bucketRegion: region,
        region,
      },
    };
  },

  update: ({ s3 }, id, { tagsAll }) => tagBucket(s3, id, tagsAll),

  async delete({ s3 }, id, { forceDestroy }) {
    if (forceDestroy) {
      await emptyBucket(s3, id);
    }
    await unlessGone(s3.send(new DeleteBucketCommand({ Bucket: id })));
  },
});

const publicAccessBlock = handler<awsS3.BucketPublicAccessBlockArgs>({
  inputs: ["bucket", "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putPublicAccessBlock(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetPublicAccessBlockCommand({ Bucket: id })));
    const blocks = found?.PublicAccessBlockConfiguration;
    return (
      blocks && {
        inputs: {
          bucket: id,
          blockPublicAcls: blocks.BlockPublicAcls,
          blockPublicPolicy: blocks.BlockPublicPolicy,
          ignorePublicAcls: blocks.IgnorePublicAcls,
          restrictPublicBuckets: blocks.RestrictPublicBuckets,
        },
        outputs: {},
      }
    );
  },

  async update({ s3 }, _id, news) {
    await putPublicAccessBlock(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeletePublicAccessBlockCommand({ Bucket: id })));
  },
});

const ownershipControls = handler<awsS3.BucketOwnershipControlsArgs>({
  inputs: ["bucket", "rule"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putOwnershipControls(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketOwnershipControlsCommand({ Bucket: id })));
    const objectOwnership = found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    return objectOwnership && { inputs: { bucket: id, rule: { objectOwnership } }, outputs: {} };
  },

  async update({ s3 }, _id, news) {
    await putOwnershipControls(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket: id })));
  },
});

const encryption = handler<awsS3.BucketServerSideEncryptionConfigurationArgs>({
  inputs: ["bucket", "rules"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putEncryption(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketEncryptionCommand({ Bucket: id })));
    const rules = found?.ServerSideEncryptionConfiguration?.Rules;
    return rules && { inputs: { bucket: id, rules: rules.map(encryptionRuleOf) }, outputs: {} };
  },

  async update({ s3 }, _id, news) {
    await putEncryption(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteBucketEncryptionCommand({ Bucket: id })));
  },
});

const policy = handler<awsS3.BucketPolicyArgs>({
  inputs: ["bucket", "policy"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putPolicy(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketPolicyCommand({ Bucket: id })));
    return found && { inputs: { bucket: id, policy: found.Policy }, outputs: {} };
  },

  async update({ s3 }, _id, news) {
    await putPolicy(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteBucketPolicyCommand({ Bucket: id })));
  },
});

/** A bucket, who may reach it, and how it keeps its objects. */
export const handlers = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": publicAccessBlock,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownershipControls,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": encryption,
  "aws:s3/bucketPolicy:BucketPolicy": policy,
};

/** Where to make a bucket; S3 wants its first region unsaid. */
function location(region: string): Pick<CreateBucketCommandInput, "CreateBucketConfiguration"> {
  const LocationConstraint = region as NonNullable<CreateBucketCommandInput["CreateBucketConfiguration"]>["LocationConstraint"];
  return region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint } };
}

async function tagBucket(s3: S3Client, Bucket: string, tags: Tags | undefined): Promise<void> {
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(tags) } }));
}

async function emptyBucket(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) {
      return;
    }
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
  }
}

async function putPublicAccessBlock(s3: S3Client, inputs: Inputs<awsS3.BucketPublicAccessBlockArgs>): Promise<string> {
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket: inputs.bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: inputs.blockPublicAcls ?? false,
        BlockPublicPolicy: inputs.blockPublicPolicy ?? false,
        IgnorePublicAcls: inputs.ignorePublicAcls ?? false,
        RestrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
      },
    }),
  );
  return inputs.bucket;
}

async function putOwnershipControls(s3: S3Client, inputs: Inputs<awsS3.BucketOwnershipControlsArgs>): Promise<string> {
  const ObjectOwnership = inputs.rule.objectOwnership as "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: inputs.bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }));
  return inputs.bucket;
}

type EncryptionArgs = Inputs<awsS3.BucketServerSideEncryptionConfigurationArgs>;

async function putEncryption(s3: S3Client, { bucket, rules }: EncryptionArgs): Promise<string> {
  const Rules = rules.map(
    ({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled }): ServerSideEncryptionRule => ({
      BucketKeyEnabled: bucketKeyEnabled,
      ApplyServerSideEncryptionByDefault: byDefault && {
        SSEAlgorithm: byDefault.sseAlgorithm as "AES256" | "aws:kms",
        KMSMasterKeyID: byDefault.kmsMasterKeyId,
      },
    }),
  );
  await s3.send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules } }));
  return bucket;
}

function encryptionRuleOf(rule: ServerSideEncryptionRule): EncryptionArgs["rules"][number] {
  const byDefault = rule.ApplyServerSideEncryptionByDefault;
  return {
    bucketKeyEnabled: rule.BucketKeyEnabled,
    applyServerSideEncryptionByDefault: byDefault && {
      sseAlgorithm: byDefault.SSEAlgorithm ?? "",
      kmsMasterKeyId: byDefault.KMSMasterKeyID,
    },
  };
}

async function putPolicy(s3: S3Client, inputs: Inputs<awsS3.BucketPolicyArgs>): Promise<string> {
  const text = typeof inputs.policy === "string" ? inputs.policy : JSON.stringify(inputs.policy);
  await s3.send(new PutBucketPolicyCommand({ Bucket: inputs.bucket, Policy: text }));
  return inputs.bucket;
}
