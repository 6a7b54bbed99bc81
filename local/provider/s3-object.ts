import {
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { s3 as awsS3 } from "@pulumi/aws";
import { assetBytes } from "./assets";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { type Tags, tagList, tagMap } from "./tags";
import { differences } from "./values";

type ObjectArgs = Inputs<awsS3.BucketObjectv2Args>;

/** What can only be changed by putting the object again; a tag can be changed alone. */
const CONTENT = [
  "source",
  "content",
  "contentType",
  "cacheControl",
  "etag",
  "sourceHash",
  "serverSideEncryption",
  "kmsKeyId",
  "bucketKeyEnabled",
] as const;

const object = handler<awsS3.BucketObjectv2Args>({
  inputs: ["bucket", "key", ...CONTENT, "tags"],
  replaceOn: ["bucket", "key"],
  // The embedded AWS does not tell of bucket keys.
  unread: ["source", "content", "sourceHash", "bucketKeyEnabled"],
  kept: ["contentType", "etag", "serverSideEncryption", "kmsKeyId", "bucketKeyEnabled"],
  defaults: { contentType: "application/octet-stream" },
  autoname: "key",
  taggable: true,

  async create({ s3 }, inputs) {
    await put(s3, inputs);
    return `${inputs.bucket}/${inputs.key}`;
  },

  async read({ s3 }, id, known) {
    const { Bucket, Key } = place(id);
    const found = await unlessGone(s3.send(new HeadObjectCommand({ Bucket, Key })));
    if (found === undefined) {
      return undefined;
    }
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    const etag = found.ETag?.replaceAll('"', "");
    return {
      inputs: {
        bucket: Bucket,
        key: Key,
        contentType: found.ContentType,
        cacheControl: found.CacheControl,
        serverSideEncryption: found.ServerSideEncryption,
        kmsKeyId: found.SSEKMSKeyId,
        // An input only for who states it: otherwise the source alone says what is in the object.
        etag: known.etag === undefined ? undefined : etag,
        tagsAll: tagMap(TagSet),
      },
      outputs: { arn: `arn:aws:s3:::${id}`, etag, contentType: found.ContentType },
    };
  },

  async update({ s3 }, _id, news, olds) {
    const changes = differences({ ...olds }, { ...news });
    await (changes.some((key) => (CONTENT as readonly string[]).includes(key)) ? put(s3, news) : tag(s3, news));
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteObjectCommand(place(id))));
  },
});

/** Objects that the program itself puts into a bucket. */
export const handlers = { "aws:s3/bucketObjectv2:BucketObjectv2": object };

/** The bucket and the key of `bucket/some/key`. */
function place(id: string): { Bucket: string; Key: string } {
  const slash = id.indexOf("/");
  return { Bucket: id.slice(0, slash), Key: id.slice(slash + 1) };
}

async function put(s3: S3Client, inputs: ObjectArgs): Promise<void> {
  // S3's own words: the embedded AWS lets it pass.
  if (inputs.kmsKeyId && inputs.serverSideEncryption !== "aws:kms") {
    throw new Error("Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms");
  }
  await s3.send(
    new PutObjectCommand({
      Bucket: inputs.bucket as string,
      Key: inputs.key,
      Body: inputs.source === undefined ? inputs.content : await assetBytes(inputs.source),
      ContentType: inputs.contentType,
      CacheControl: inputs.cacheControl,
      ServerSideEncryption: inputs.serverSideEncryption as "AES256" | "aws:kms" | undefined,
      SSEKMSKeyId: inputs.kmsKeyId as string | undefined,
      BucketKeyEnabled: inputs.bucketKeyEnabled as boolean | undefined,
      Tagging: new URLSearchParams(inputs.tagsAll).toString(),
    }),
  );
}

async function tag(s3: S3Client, { bucket, key, tagsAll }: ObjectArgs): Promise<void> {
  await s3.send(new PutObjectTaggingCommand({ Bucket: bucket as string, Key: key, Tagging: { TagSet: tagList(tagsAll as Tags) } }));
}
