import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { distributionReadStatement, tlsOnlyStatement } from "../policies";
import { ACCOUNT, all, named, only, type Recording, record } from "../testing/recorder";
import { Website } from "./website";

const BUCKET = "goldsport-scheduler-web-test";
const BUCKET_ARN = `arn:aws:s3:mock:${ACCOUNT}:${BUCKET}`;

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0123abcd";
const FILES = ["404.html", "assets/index-abc.js", "index.html", "sw.js"];

describe("Website", () => {
  let recording: Recording;
  let folder: string;
  let distribution: Record<string, unknown>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-site-"));
    mkdirSync(join(folder, "assets"));
    for (const file of FILES) {
      writeFileSync(join(folder, file), `content of ${file}`);
    }
    recording = await record(() => {
      const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
      new Website("web", { bucketName: BUCKET, site: { folder, files: FILES }, protect: false }).grantReadWrite(role, "data/*");
    });
    distribution = only(recording, "aws:cloudfront/distribution:Distribution").inputs;
  });

  after(() => rmSync(folder, { recursive: true }));

  it("has index.html for its index document", () => {
    assert.deepEqual(only(recording, "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration").inputs, {
      bucket: BUCKET,
      indexDocument: { suffix: "index.html" },
    });
  });

  it("is read through the bucket's REST endpoint, with signed requests", () => {
    assert.deepEqual(distribution.origins, [
      { originId: "bucket", domainName: `${BUCKET}.s3.mock.amazonaws.com`, originAccessControlId: "web-access-id" },
    ]);
    assert.deepEqual(only(recording, "aws:cloudfront/originAccessControl:OriginAccessControl").inputs, {
      name: BUCKET,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  });

  it("is read by its own distribution alone, which may not list", () => {
    const { policy } = only(recording, "aws:s3/bucketPolicy:BucketPolicy").inputs;
    const distributionArn = `arn:aws:cloudfront:mock:${ACCOUNT}:web-distribution`;
    assert.deepEqual(JSON.parse(String(policy)).Statement, [
      tlsOnlyStatement(BUCKET_ARN),
      distributionReadStatement(BUCKET_ARN, distributionArn),
    ]);
    assert.equal(distributionReadStatement(BUCKET_ARN, distributionArn).Action, "s3:GetObject");
  });

  it("is served over HTTPS alone, compressed, over every protocol, from Europe and America, with pages of its own for what is not there", () => {
    const delivery = {
      targetOriginId: "bucket",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      responseHeadersPolicyId: "web-headers-id",
    };
    const { origins: _, ...rest } = distribution;
    assert.deepEqual(rest, {
      comment: BUCKET,
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_100",
      defaultRootObject: "index.html",
      // AWS's own "CachingOptimized": as an object's headers say.
      defaultCacheBehavior: { ...delivery, cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
      orderedCacheBehaviors: [{ ...delivery, pathPattern: "data/*", cachePolicyId: "web-data-cache-id" }],
      customErrorResponses: [403, 404].map((errorCode) => ({
        errorCode,
        responseCode: 404,
        responsePagePath: "/404.html",
        errorCachingMinTtl: 5,
      })),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
  });

  it("keeps documents of data/ in its cache for seconds", () => {
    const { minTtl, defaultTtl, maxTtl } = only(recording, "aws:cloudfront/cachePolicy:CachePolicy").inputs;
    assert.deepEqual({ minTtl, defaultTtl, maxTtl }, { minTtl: 0, defaultTtl: 5, maxTtl: 30 });
  });

  it("tells browsers to trust this site alone, over HTTPS, in no frame, and to tell nobody of it", () => {
    const { securityHeadersConfig, customHeadersConfig } = only(
      recording,
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    ).inputs;
    assert.deepEqual(securityHeadersConfig, {
      strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, override: true },
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'", override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    });
    assert.deepEqual(customHeadersConfig, { items: [{ header: "X-Robots-Tag", value: "noindex", override: true }] });
  });

  const uploadsOf = (of: Recording) => all(of, "aws:s3/bucketObjectv2:BucketObjectv2");

  it("uploads the built files with their content types and cache headers, and keeps them with the bucket", () => {
    const inputs = (name: string) => named(recording, name).inputs;
    assert.deepEqual(inputs("web/index.html"), {
      bucket: BUCKET,
      key: "index.html",
      contentType: "text/html; charset=utf-8",
      cacheControl: "no-cache",
      source: join(folder, "index.html"),
      serverSideEncryption: "AES256",
      etag: "44517018f05a0408168d4a612224e2ce",
    });
    assert.deepEqual(inputs("web/assets/index-abc.js"), {
      bucket: BUCKET,
      key: "assets/index-abc.js",
      contentType: "text/javascript; charset=utf-8",
      cacheControl: "public, max-age=31536000, immutable",
      source: join(folder, "assets/index-abc.js"),
      serverSideEncryption: "AES256",
      etag: "b23b9a72e2e7fc1baa8eba9e187fa5a5",
    });
    assert.deepEqual(
      uploadsOf(recording).map(({ retainOnDelete }) => retainOnDelete),
      FILES.map(() => true),
    );
  });

  it("puts each file after those that it may name, and the page and its service worker last", () => {
    const order = Object.fromEntries(uploadsOf(recording).map(({ inputs, dependsOn }) => [inputs.key, dependsOn.sort()]));
    assert.deepEqual(order, {
      "assets/index-abc.js": [],
      "404.html": ["web/assets/index-abc.js"],
      "index.html": ["web/404.html", "web/assets/index-abc.js"],
      "sw.js": ["web/404.html", "web/assets/index-abc.js"],
    });
  });

  it("puts each file under the key that there is, so that another key has all of them written anew", async () => {
    const args = { bucketName: BUCKET, site: { folder, files: FILES }, protect: false, kmsKeyArn: KEY };
    for (const { inputs } of uploadsOf(await record(() => new Website("web", args)))) {
      const { serverSideEncryption, kmsKeyId, bucketKeyEnabled, etag } = inputs;
      assert.deepEqual([serverSideEncryption, kmsKeyId, bucketKeyEnabled, etag], ["aws:kms", KEY, true, undefined]);
    }
  });

  it("puts each file as a new one where the key is taken back: a change would go on with the former key's id, which S3 refuses", () => {
    for (const { replaceOnChanges, deleteBeforeReplace } of uploadsOf(recording)) {
      assert.deepEqual([replaceOnChanges, deleteBeforeReplace], [["serverSideEncryption"], true]);
    }
  });

  it("grants to read, write and delete under data/, and not to list", () => {
    assert.deepEqual(JSON.parse(String(named(recording, "web-read-write").inputs.policy)).Statement, [
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: `${BUCKET_ARN}/data/*` },
    ]);
  });
});
