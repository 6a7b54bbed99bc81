import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Memory, Remembered, Storage } from "./fetch-once";

/**
 * Exports and memory in the input bucket; the memory is the one object that the function may read, outside what the processor is told of.
 * It is replaced by conditional put alone: of two runs, one is refused
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
export function bucketStorage(bucket: string, memoryKey: string, client = new S3Client({})): Storage {
  const clock = clockOf(client);
  return {
    async recall(): Promise<Remembered> {
      const found = await unlessMissing(client.send(new GetObjectCommand({ Bucket: bucket, Key: memoryKey })));
      const now = clock();
      if (found === undefined) {
        return { memory: undefined, version: undefined, ageSeconds: 0, now };
      }
      const memory = JSON.parse((await found.Body?.transformToString()) ?? "") as Memory;
      return { memory, version: found.ETag, ageSeconds: (now.getTime() - (found.LastModified ?? now).getTime()) / 1000, now };
    },

    async remember(memory, version) {
      const condition = version === undefined ? { IfNoneMatch: "*" } : { IfMatch: version };
      const put = client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: memoryKey,
          Body: JSON.stringify(memory),
          ContentType: "application/json",
          ...condition,
        }),
      );
      return (await unlessRefused(put))?.ETag;
    },

    async put(key, body) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: "text/tab-separated-values; charset=utf-8",
          // The office's page tells what became of the uploads that say whose they are.
          Metadata: { "uploaded-by": "fetcher" },
        }),
      );
    },
  };
}

/** What S3 took for the time when it last answered. */
function clockOf(client: S3Client): () => Date {
  let heard = new Date();
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      heard = new Date((result.response as { headers?: Record<string, string> }).headers?.date ?? Date.now());
      return result;
    },
    { step: "deserialize", name: "storageClock", priority: "low" },
  );
  return () => heard;
}

/** Without the right to list, a missing object is "forbidden"; the conditional put that follows tells the two apart. */
async function unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
  return unless(request, [403, 404]);
}

async function unlessRefused<T>(request: Promise<T>): Promise<T | undefined> {
  return unless(request, [409, 412]);
}

async function unless<T>(request: Promise<T>, statuses: number[]): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0)) {
      return undefined;
    }
    throw error;
  }
}
