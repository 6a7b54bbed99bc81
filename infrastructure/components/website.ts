import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PREVIEW_PAGE } from "../../common/preview";
import type { BuiltSite } from "../built";
import { distributionReadStatement, type Keys, policyDocument, readWriteKeyStatements, readWriteObjectsStatement } from "../policies";
import { PrivateBucket, type PrivateBucketArgs } from "./private-bucket";
import { grant } from "./roles";
import { inWaves, putFile, type SiteFile } from "./site-files";
import { DATA_TTL, OFFICE_PATH, OWN_SITE, officeSources, securityHeaders, type Trust } from "./website-delivery";

/** AWS's managed policy that caches as an object's own headers say, and compresses: docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html. */
const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";

const READ_METHODS = ["GET", "HEAD"];
/** What is shown for a page that is not there. */
export const NOT_FOUND_PAGE = "/404.html";

/** Seconds for which CloudFront remembers that an object is missing: the first schedule must appear soon. */
const NOT_FOUND_TTL = 5;

/** The bucket's name is also that of what CloudFront keeps for it. */
export interface WebsiteArgs extends Omit<PrivateBucketArgs, "expireAfterDays"> {
  site: BuiltSite;
  /**
   * A web ACL of AWS WAF that stands before it.
   * @default none
   */
  webAclArn?: string;
  /**
   * The addresses that the office's page speaks to, where there is one. It has the display a second time then, for a frame of its own.
   * @default no such page
   */
  officeSpeaksTo?: pulumi.Input<string[]>;
}

/**
 * The website: a private bucket that only its CloudFront distribution reads, and the built files in it.
 *
 * What lies under `data/` is left to those to whom it is granted.
 */
export class Website extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly distributionId: pulumi.Output<string>;
  private readonly keys: Keys;

  constructor(
    private readonly name: string,
    args: WebsiteArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:Website", name, {}, opts);

    const bucket = new PrivateBucket(name, args, { parent: this });
    this.setIndexDocument(bucket);
    const distribution = this.createDistribution(args, bucket);
    bucket.setPolicy(pulumi.all([bucket.bucketArn, distribution.arn]).apply(([arn, reader]) => distributionReadStatement(arn, reader)));
    this.upload(args, bucket);

    this.keys = args;
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
    this.distributionId = distribution.id;
    this.url = pulumi.interpolate`https://${distribution.domainName}`;
    this.registerOutputs({ bucketName: this.bucketName, url: this.url, distributionId: this.distributionId });
  }

  /** Lets `role` read, write and delete the objects whose keys match `pattern`, for example `data/*`. */
  grantReadWrite(role: aws.iam.Role, pattern: string): aws.iam.RolePolicy {
    return grant(
      this,
      `${this.name}-read-write`,
      role,
      this.bucketArn.apply((arn) => policyDocument(readWriteObjectsStatement(arn, pattern), ...readWriteKeyStatements(this.keys))),
    );
  }

  /** For whoever reads the bucket as a website. CloudFront does not: it asks the REST endpoint, and has a root object of its own. */
  private setIndexDocument(bucket: PrivateBucket): void {
    new aws.s3.BucketWebsiteConfiguration(
      `${this.name}-index`,
      { bucket: bucket.bucketName, indexDocument: { suffix: "index.html" } },
      { parent: this, retainOnDelete: true },
    );
  }

  private createDistribution(args: WebsiteArgs, bucket: PrivateBucket): aws.cloudfront.Distribution {
    const { bucketName, webAclArn, accessLogBucket } = args;
    const origin = "bucket";
    const delivery = {
      targetOriginId: origin,
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: READ_METHODS,
      cachedMethods: READ_METHODS,
      compress: true,
      cachePolicyId: CACHING_OPTIMIZED,
      responseHeadersPolicyId: this.createHeaders("headers", bucketName, { contentSecurityPolicy: OWN_SITE }).id,
    };
    return new aws.cloudfront.Distribution(
      `${this.name}-distribution`,
      {
        comment: bucketName,
        enabled: true,
        isIpv6Enabled: true,
        httpVersion: "http2and3",
        priceClass: "PriceClass_100",
        defaultRootObject: "index.html",
        origins: [
          { originId: origin, domainName: bucket.regionalDomainName, originAccessControlId: this.createAccessControl(bucketName).id },
        ],
        defaultCacheBehavior: delivery,
        orderedCacheBehaviors: [
          { ...delivery, pathPattern: "data/*", cachePolicyId: this.createDataCache(bucketName).id },
          ...this.createOfficeHeaders(args).map(([pathPattern, { id }]) => ({ ...delivery, pathPattern, responseHeadersPolicyId: id })),
        ],
        // S3 says 403 for a missing object to a reader who may not list.
        customErrorResponses: [403, 404].map((errorCode) => ({
          errorCode,
          responseCode: 404,
          responsePagePath: NOT_FOUND_PAGE,
          errorCachingMinTtl: NOT_FOUND_TTL,
        })),
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        ...(webAclArn !== undefined && { webAclId: webAclArn }),
        ...(accessLogBucket !== undefined && {
          loggingConfig: { bucket: `${accessLogBucket}.s3.amazonaws.com`, prefix: `${bucketName}/cloudfront/` },
        }),
      },
      { parent: this },
    );
  }

  private createAccessControl(name: string): aws.cloudfront.OriginAccessControl {
    return new aws.cloudfront.OriginAccessControl(
      `${this.name}-access`,
      { name, originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
      { parent: this },
    );
  }

  /** What differs for the office's page, and for the display in its frame; CloudFront takes the first path that fits. */
  private createOfficeHeaders({
    bucketName,
    officeSpeaksTo,
  }: WebsiteArgs): [path: string, headers: aws.cloudfront.ResponseHeadersPolicy][] {
    if (officeSpeaksTo === undefined) {
      return [];
    }
    const framed: Trust = { contentSecurityPolicy: OWN_SITE, frameOption: "SAMEORIGIN" };
    const office = { contentSecurityPolicy: pulumi.output(officeSpeaksTo).apply(officeSources) };
    return [
      [PREVIEW_PAGE, this.createHeaders("office-preview-headers", `${bucketName}-office-preview`, framed)],
      [`${OFFICE_PATH}*`, this.createHeaders("office-headers", `${bucketName}-office`, office)],
    ];
  }

  private createHeaders(what: string, name: string, trust: Trust): aws.cloudfront.ResponseHeadersPolicy {
    return new aws.cloudfront.ResponseHeadersPolicy(`${this.name}-${what}`, { name, ...securityHeaders(trust) }, { parent: this });
  }

  private createDataCache(bucketName: string): aws.cloudfront.CachePolicy {
    return new aws.cloudfront.CachePolicy(
      `${this.name}-data-cache`,
      {
        name: `${bucketName}-data`,
        ...DATA_TTL,
        parametersInCacheKeyAndForwardedToOrigin: {
          cookiesConfig: { cookieBehavior: "none" },
          headersConfig: { headerBehavior: "none" },
          queryStringsConfig: { queryStringBehavior: "none" },
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        },
      },
      { parent: this },
    );
  }

  /** Puts each file after those that it may name, so that a page which is loaded meanwhile, or after half an update, finds all of them. */
  private upload(args: WebsiteArgs, bucket: PrivateBucket): void {
    let before: pulumi.Resource[] = [];
    for (const files of inWaves(args.site.files)) {
      before = [...before, ...files.map((file) => this.uploadFile(file, { key: file }, args, bucket, before))];
    }
    if (args.officeSpeaksTo !== undefined) {
      this.uploadFile("index.html", { key: PREVIEW_PAGE, likeFile: "index.html", isKept: false }, args, bucket, before);
    }
  }

  private uploadFile(
    name: string,
    file: Omit<SiteFile, "content">,
    { site, kmsKeyArn }: WebsiteArgs,
    bucket: PrivateBucket,
    dependsOn: pulumi.Resource[],
  ): pulumi.Resource {
    const content = { path: join(site.folder, name) };
    return putFile(this, `${this.name}/${file.key}`, { bucketName: bucket.bucketName, kmsKeyArn }, { ...file, content }, dependsOn);
  }
}
