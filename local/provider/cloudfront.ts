import {
  type CacheBehavior,
  type CloudFrontClient,
  CreateDistributionWithTagsCommand,
  DeleteDistributionCommand,
  type DistributionConfig,
  GetDistributionCommand,
  type GetDistributionCommandOutput,
  ListTagsForResourceCommand,
  type Origin,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDistributionCommand,
  waitUntilDistributionDeployed,
} from "@aws-sdk/client-cloudfront";
import type { cloudfront as awsCloudfront } from "@pulumi/aws";
import { counted, fromForm, toForm } from "./cloudfront-form";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys, tagList, tagMap } from "./tags";

type DistributionArgs = Inputs<awsCloudfront.DistributionArgs>;
type Behavior = DistributionArgs["defaultCacheBehavior"];
type OrderedBehavior = NonNullable<DistributionArgs["orderedCacheBehaviors"]>[number];

const WAIT = { maxWaitTime: 600, minDelay: 0.1, maxDelay: 5 };

/** CloudFront's own zone, in which every distribution's name lies. */
const HOSTED_ZONE = "Z2FDTNDATAQYW2";

const distribution = handler<awsCloudfront.DistributionArgs>({
  inputs: [
    "comment",
    "enabled",
    "isIpv6Enabled",
    "httpVersion",
    "priceClass",
    "defaultRootObject",
    "origins",
    "defaultCacheBehavior",
    "orderedCacheBehaviors",
    "customErrorResponses",
    "restrictions",
    "viewerCertificate",
    "aliases",
    "webAclId",
    "loggingConfig",
    "tags",
  ],
  replaceOn: [],
  defaults: { httpVersion: "http2", priceClass: "PriceClass_All" },
  taggable: true,

  async create({ cloudfront }, inputs) {
    const CallerReference = `pulumi-${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const DistributionConfigWithTags = {
      DistributionConfig: configuration(inputs, CallerReference),
      Tags: { Items: tagList(inputs.tagsAll) },
    };
    const { Distribution } = await cloudfront.send(new CreateDistributionWithTagsCommand({ DistributionConfigWithTags }));
    await waitUntilDistributionDeployed({ client: cloudfront, ...WAIT }, { Id: Distribution?.Id });
    return Distribution?.Id ?? "";
  },

  async read({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetDistributionCommand({ Id: id })));
    const config = found?.Distribution?.DistributionConfig;
    if (found === undefined || config === undefined) {
      return undefined;
    }
    const { Tags } = await cloudfront.send(new ListTagsForResourceCommand({ Resource: found.Distribution?.ARN }));
    const tagsAll = tagMap(Tags?.Items as { Key: string; Value: string }[]);
    return { inputs: { ...inputsOf(config), tagsAll }, outputs: outputsOf(found) };
  },

  async update({ cloudfront }, id, news, olds) {
    const { ETag, Distribution } = await cloudfront.send(new GetDistributionCommand({ Id: id }));
    const DistributionConfig = configuration(news, Distribution?.DistributionConfig?.CallerReference ?? "");
    await cloudfront.send(new UpdateDistributionCommand({ Id: id, IfMatch: ETag, DistributionConfig }));
    await waitUntilDistributionDeployed({ client: cloudfront, ...WAIT }, { Id: id });
    const Keys = removedKeys(olds.tagsAll, news.tagsAll);
    if (Keys.length > 0) {
      await cloudfront.send(new UntagResourceCommand({ Resource: Distribution?.ARN, TagKeys: { Items: Keys } }));
    }
    await cloudfront.send(new TagResourceCommand({ Resource: Distribution?.ARN, Tags: { Items: tagList(news.tagsAll) } }));
  },

  /** CloudFront deletes only what is switched off, everywhere. */
  async delete({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetDistributionCommand({ Id: id })));
    if (found !== undefined) {
      const IfMatch = await switchOff(cloudfront, id, found);
      await cloudfront.send(new DeleteDistributionCommand({ Id: id, IfMatch }));
    }
  },
});

/** Distributions. */
export const handlers = { "aws:cloudfront/distribution:Distribution": distribution };

async function switchOff(cloudfront: CloudFrontClient, Id: string, found: GetDistributionCommandOutput): Promise<string | undefined> {
  const config = found.Distribution?.DistributionConfig;
  if (config === undefined || !config.Enabled) {
    return found.ETag;
  }
  const off = { ...config, Enabled: false };
  const { ETag } = await cloudfront.send(new UpdateDistributionCommand({ Id, IfMatch: found.ETag, DistributionConfig: off }));
  await waitUntilDistributionDeployed({ client: cloudfront, ...WAIT }, { Id });
  return ETag;
}

function configuration(inputs: DistributionArgs, CallerReference: string): DistributionConfig {
  return {
    CallerReference,
    Comment: inputs.comment ?? "",
    Enabled: inputs.enabled,
    IsIPV6Enabled: inputs.isIpv6Enabled ?? false,
    HttpVersion: (inputs.httpVersion ?? "http2") as "http2",
    PriceClass: (inputs.priceClass ?? "PriceClass_All") as "PriceClass_All",
    DefaultRootObject: inputs.defaultRootObject ?? "",
    Origins: counted(inputs.origins.map(originForm)),
    DefaultCacheBehavior: behaviorForm(inputs.defaultCacheBehavior) as DistributionConfig["DefaultCacheBehavior"],
    CacheBehaviors: counted((inputs.orderedCacheBehaviors ?? []).map((behavior) => behaviorForm(behavior) as CacheBehavior)),
    CustomErrorResponses: counted((inputs.customErrorResponses ?? []).map(errorForm)),
    Restrictions: {
      GeoRestriction: {
        RestrictionType: inputs.restrictions.geoRestriction.restrictionType as "none",
        ...counted(inputs.restrictions.geoRestriction.locations),
      },
    },
    ViewerCertificate: toForm(inputs.viewerCertificate) as DistributionConfig["ViewerCertificate"],
    Aliases: counted(inputs.aliases),
    WebACLId: inputs.webAclId ?? "",
    Logging: {
      Enabled: inputs.loggingConfig !== undefined,
      IncludeCookies: inputs.loggingConfig?.includeCookies ?? false,
      Bucket: inputs.loggingConfig?.bucket ?? "",
      Prefix: inputs.loggingConfig?.prefix ?? "",
    },
  };
}

function inputsOf(config: DistributionConfig): Partial<DistributionArgs> {
  const geo = config.Restrictions?.GeoRestriction;
  return {
    comment: config.Comment,
    enabled: config.Enabled,
    isIpv6Enabled: config.IsIPV6Enabled,
    httpVersion: config.HttpVersion?.toLowerCase(),
    priceClass: config.PriceClass,
    defaultRootObject: config.DefaultRootObject,
    origins: config.Origins?.Items?.map(originOf),
    defaultCacheBehavior: config.DefaultCacheBehavior && behaviorOf(config.DefaultCacheBehavior),
    orderedCacheBehaviors: config.CacheBehaviors?.Items?.map((behavior) => behaviorOf(behavior) as OrderedBehavior),
    customErrorResponses: config.CustomErrorResponses?.Items?.map((response) => ({
      errorCode: response.ErrorCode ?? 0,
      responseCode: response.ResponseCode === undefined ? undefined : Number(response.ResponseCode),
      responsePagePath: response.ResponsePagePath,
      errorCachingMinTtl: response.ErrorCachingMinTTL,
    })),
    restrictions: { geoRestriction: { restrictionType: geo?.RestrictionType ?? "none", locations: geo?.Items } },
    viewerCertificate: fromForm(config.ViewerCertificate) as DistributionArgs["viewerCertificate"],
    aliases: config.Aliases?.Items,
    webAclId: config.WebACLId,
    loggingConfig: loggingOf(config.Logging),
  };
}

function loggingOf(logging: DistributionConfig["Logging"]): DistributionArgs["loggingConfig"] {
  return logging?.Enabled ? { bucket: logging.Bucket ?? "", prefix: logging.Prefix, includeCookies: logging.IncludeCookies } : undefined;
}

function outputsOf({ Distribution, ETag }: GetDistributionCommandOutput) {
  return {
    arn: Distribution?.ARN,
    domainName: Distribution?.DomainName,
    hostedZoneId: HOSTED_ZONE,
    status: Distribution?.Status,
    etag: ETag,
    callerReference: Distribution?.DistributionConfig?.CallerReference,
  };
}

function originForm({ customHeaders, ...origin }: DistributionArgs["origins"][number]): Origin {
  const headers = customHeaders?.map(({ name, value }) => ({ HeaderName: name, HeaderValue: value }));
  const form = toForm(origin) as Origin;
  // CloudFront wants the empty identity beside an access control.
  const s3 =
    form.CustomOriginConfig === undefined && form.S3OriginConfig === undefined ? { OriginAccessIdentity: "" } : form.S3OriginConfig;
  const { OriginId, ...rest } = form as Origin & { OriginId: string };
  return { OriginPath: "", ...rest, Id: OriginId, S3OriginConfig: s3, CustomHeaders: counted(headers) };
}

function originOf({ Id = "", DomainName = "", ...origin }: Origin): DistributionArgs["origins"][number] {
  const { OriginAccessControlId, OriginPath, S3OriginConfig, CustomHeaders } = origin;
  return {
    originId: Id,
    domainName: DomainName,
    originPath: OriginPath,
    originAccessControlId: OriginAccessControlId,
    s3OriginConfig: S3OriginConfig?.OriginAccessIdentity ? { originAccessIdentity: S3OriginConfig.OriginAccessIdentity } : undefined,
    customHeaders: CustomHeaders?.Items?.map(({ HeaderName = "", HeaderValue = "" }) => ({ name: HeaderName, value: HeaderValue })),
  };
}

function behaviorForm({ allowedMethods, cachedMethods, functionAssociations, ...behavior }: Behavior): unknown {
  return {
    ...(toForm(behavior) as object),
    AllowedMethods: { ...counted(allowedMethods), CachedMethods: counted(cachedMethods) },
    FunctionAssociations: counted(functionAssociations?.map(toForm)),
  };
}

function behaviorOf({
  AllowedMethods,
  FunctionAssociations,
  ...behavior
}: NonNullable<DistributionConfig["DefaultCacheBehavior"]>): Behavior {
  return {
    ...(fromForm(behavior) as Behavior),
    allowedMethods: AllowedMethods?.Items ?? [],
    cachedMethods: AllowedMethods?.CachedMethods?.Items ?? [],
    functionAssociations: FunctionAssociations?.Items?.map((association) => fromForm(association)) as Behavior["functionAssociations"],
  };
}

function errorForm(response: NonNullable<DistributionArgs["customErrorResponses"]>[number]) {
  return {
    ErrorCode: response.errorCode,
    ResponseCode: response.responseCode === undefined ? undefined : String(response.responseCode),
    ResponsePagePath: response.responsePagePath,
    ErrorCachingMinTTL: response.errorCachingMinTtl,
  };
}
