import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as mime from "mime-types";

/** S3's own key. */
const OWN_KEY = { serverSideEncryption: "AES256" };

/** By which a browser finds a new version: the page, and the service worker. */
const ENTRIES = ["index.html", "sw.js"];

/** Where files are put, and under which key. */
export interface SiteBucket {
  bucketName: pulumi.Input<string>;
  /**
   * A KMS key of one's own.
   * @default S3's own key
   */
  kmsKeyArn?: string;
}

/** One file of a site: a file on disk, or a text. */
export interface SiteFile {
  key: string;
  content: { path: string } | { text: pulumi.Input<string> };
  /** The name by which its content type is known. @default its key */
  likeFile?: string;
  /** Whether it stays when the program names it no more. @default true: who runs the former build may still ask for its files */
  isKept?: boolean;
}

/** Puts a file, once all of `dependsOn` is there. */
export function putFile(parent: pulumi.Resource, name: string, bucket: SiteBucket, file: SiteFile, dependsOn: pulumi.Resource[]) {
  const { kmsKeyArn } = bucket;
  // Said for each file, whatever the bucket's own encryption is at that moment; another key has the file written anew.
  const encryption = kmsKeyArn === undefined ? OWN_KEY : { serverSideEncryption: "aws:kms", kmsKeyId: kmsKeyArn, bucketKeyEnabled: true };
  const { source, md5 } = contentOf(file);
  return new aws.s3.BucketObjectv2(
    name,
    {
      bucket: bucket.bucketName,
      key: file.key,
      source,
      contentType: contentTypeOf(file.likeFile ?? file.key),
      cacheControl: cacheControlOf(file.key),
      ...encryption,
      // What is in the bucket is compared by this alone; under a KMS key it is not the content's hash.
      ...(kmsKeyArn === undefined && { etag: md5 }),
    },
    {
      parent,
      retainOnDelete: file.isKept ?? true,
      dependsOn,
      // Put as a new file where a key is taken back: Pulumi's provider keeps a kmsKeyId that is left out, and S3 takes none beside its own encryption.
      replaceOnChanges: ["serverSideEncryption"],
      // The new file has the former one's key in the bucket: deleted afterwards, it would be gone.
      deleteBeforeReplace: true,
    },
  );
}

function contentOf({ content }: SiteFile): { source: pulumi.Input<pulumi.asset.Asset>; md5: pulumi.Input<string> } {
  if ("path" in content) {
    return { source: new pulumi.asset.FileAsset(content.path), md5: md5Of(readFileSync(content.path)) };
  }
  const text = pulumi.output(content.text);
  return { source: text.apply((known) => new pulumi.asset.StringAsset(known)), md5: text.apply(md5Of) };
}

function md5Of(content: string | Buffer): string {
  return createHash("md5").update(content).digest("hex");
}

/**
 * A site's files in the order in which they are to be put: hashed files, what may name them, and at last the two by which a browser finds a new
 * version.
 */
export function inWaves(files: string[]): string[][] {
  const wave = (file: string) => (file.startsWith("assets/") ? 0 : ENTRIES.includes(file) ? 2 : 1);
  return [0, 1, 2].map((number) => files.filter((file) => wave(file) === number));
}

/** The content type that a file is served with; text always as UTF-8. */
export function contentTypeOf(file: string): string {
  return mime.contentType(file.slice(file.lastIndexOf("/") + 1)) || "application/octet-stream";
}

/** How long a file may be kept: for good where its name changes with its content, and not at all where it does not. */
export function cacheControlOf(file: string): string {
  return /^(office\/)?assets\//.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
}
