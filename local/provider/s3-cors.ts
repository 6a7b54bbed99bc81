import { type CORSRule, DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand, type S3Client } from "@aws-sdk/client-s3";
import type { s3 as awsS3 } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type CorsArgs = Inputs<awsS3.BucketCorsConfigurationArgs>;
type Rule = CorsArgs["corsRules"][number];

const cors = handler<awsS3.BucketCorsConfigurationArgs>({
  inputs: ["bucket", "corsRules"],
  replaceOn: ["bucket"],

  create: ({ s3 }, inputs) => putCors(s3, inputs),

  async read({ s3 }, id) {
    const found = await unlessGone(s3.send(new GetBucketCorsCommand({ Bucket: id })));
    return found && { inputs: { bucket: id, corsRules: found.CORSRules?.map(ruleOf) }, outputs: {} };
  },

  async update({ s3 }, _id, news) {
    await putCors(s3, news);
  },

  async delete({ s3 }, id) {
    await unlessGone(s3.send(new DeleteBucketCorsCommand({ Bucket: id })));
  },
});

/** From which pages a bucket is spoken to. */
export const handlers = { "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": cors };

async function putCors(s3: S3Client, { bucket, corsRules }: CorsArgs): Promise<string> {
  const CORSRules = corsRules.map(
    (rule): CORSRule => ({
      ID: rule.id,
      AllowedOrigins: rule.allowedOrigins,
      AllowedMethods: rule.allowedMethods,
      AllowedHeaders: rule.allowedHeaders,
      ExposeHeaders: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    }),
  );
  await s3.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }));
  return bucket;
}

function ruleOf(rule: CORSRule): Rule {
  return {
    id: rule.ID,
    allowedOrigins: rule.AllowedOrigins ?? [],
    allowedMethods: rule.AllowedMethods ?? [],
    allowedHeaders: rule.AllowedHeaders,
    exposeHeaders: rule.ExposeHeaders,
    maxAgeSeconds: rule.MaxAgeSeconds,
  };
}
