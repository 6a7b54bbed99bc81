import {
  type DistributionConfig,
  GetCachePolicyCommand,
  GetDistributionConfigCommand,
  GetOriginAccessControlCommand,
  GetResponseHeadersPolicyCommand,
} from "@aws-sdk/client-cloudfront";
import { NOT_FOUND_PAGE } from "../../infrastructure/components/website";
import { DATA_TTL, OWN_SITE } from "../../infrastructure/components/website-delivery";
import { type Check, checksOf, type Deployed, equal } from "./check";

export const distributionChecks: Check[] = checksOf("CloudFront", {
  "is on, with index.html at its root": async (deployed) => {
    const { Enabled, DefaultRootObject } = await distributionConfiguration(deployed);
    equal({ Enabled, DefaultRootObject }, { Enabled: true, DefaultRootObject: "index.html" });
  },
  "reads the bucket's REST endpoint with signed requests": async (deployed) => {
    const [origin] = (await distributionConfiguration(deployed)).Origins?.Items ?? [];
    equal(origin?.DomainName, `${deployed.outputs.websiteBucketName}.s3.${deployed.outputs.region}.amazonaws.com`);
    const { OriginAccessControl } = await deployed.clients.cloudfront.send(
      new GetOriginAccessControlCommand({ Id: origin?.OriginAccessControlId }),
    );
    const { SigningBehavior, SigningProtocol, OriginAccessControlOriginType } = OriginAccessControl?.OriginAccessControlConfig ?? {};
    equal([SigningBehavior, SigningProtocol, OriginAccessControlOriginType], ["always", "sigv4", "s3"]);
  },
  "has its web ACL and its access log where told": async (deployed) => {
    const { WebACLId, Logging } = await distributionConfiguration(deployed);
    const { accessLogBucket, webAclArn } = deployed.settings;
    equal([WebACLId || undefined, Logging?.Bucket || undefined], [webAclArn, accessLogBucket && `${accessLogBucket}.s3.amazonaws.com`]);
  },
  "serves HTTPS only, compressed": async (deployed) => {
    const { DefaultCacheBehavior, CacheBehaviors } = await distributionConfiguration(deployed);
    for (const behavior of [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])]) {
      equal([behavior?.ViewerProtocolPolicy, behavior?.Compress], ["redirect-to-https", true]);
    }
  },
  "caches data/* for seconds": async (deployed) => {
    const [data] = (await distributionConfiguration(deployed)).CacheBehaviors?.Items ?? [];
    equal(data?.PathPattern, "data/*");
    const { CachePolicy } = await deployed.clients.cloudfront.send(new GetCachePolicyCommand({ Id: data?.CachePolicyId }));
    const { MinTTL, DefaultTTL, MaxTTL } = CachePolicy?.CachePolicyConfig ?? {};
    equal([MinTTL, DefaultTTL, MaxTTL], [DATA_TTL.minTtl, DATA_TTL.defaultTtl, DATA_TTL.maxTtl]);
  },
  "sends the security headers": async (deployed) => {
    const Id = (await distributionConfiguration(deployed)).DefaultCacheBehavior?.ResponseHeadersPolicyId;
    const { ResponseHeadersPolicy } = await deployed.clients.cloudfront.send(new GetResponseHeadersPolicyCommand({ Id }));
    const headers = ResponseHeadersPolicy?.ResponseHeadersPolicyConfig;
    const security = headers?.SecurityHeadersConfig;
    equal(security?.ContentSecurityPolicy?.ContentSecurityPolicy, OWN_SITE);
    equal(security?.FrameOptions?.FrameOption, "DENY");
    equal(security?.ReferrerPolicy?.ReferrerPolicy, "no-referrer");
    equal(security?.ContentTypeOptions?.Override, true);
    equal((security?.StrictTransportSecurity?.AccessControlMaxAgeSec ?? 0) > 0, true);
    equal(
      headers?.CustomHeadersConfig?.Items?.map(({ Header, Value }) => `${Header}: ${Value}`),
      ["X-Robots-Tag: noindex"],
    );
  },
  "answers 404 with a page for what is not there": async (deployed) => {
    const { CustomErrorResponses } = await distributionConfiguration(deployed);
    equal(
      CustomErrorResponses?.Items?.map(({ ErrorCode, ResponseCode, ResponsePagePath }) => [ErrorCode, ResponseCode, ResponsePagePath]),
      [
        [403, "404", NOT_FOUND_PAGE],
        [404, "404", NOT_FOUND_PAGE],
      ],
    );
  },
});

export const websiteChecks: Check[] = checksOf("website", {
  "shows its page": async ({ url }) => {
    const answer = await fetch(url);
    equal([answer.status, answer.headers.get("content-security-policy")], [200, OWN_SITE]);
  },
  "says 404 for what is not there": async ({ url }) => equal((await fetch(`${url}/not-there`)).status, 404),
});

/** The distribution's configuration as it is in AWS. */
export async function distributionConfiguration({ clients, outputs }: Deployed): Promise<Partial<DistributionConfig>> {
  const answer = await clients.cloudfront.send(new GetDistributionConfigCommand({ Id: outputs.distributionId }));
  return answer.DistributionConfig ?? {};
}
