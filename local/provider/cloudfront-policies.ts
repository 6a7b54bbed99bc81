import {
  type CachePolicyConfig,
  CreateCachePolicyCommand,
  CreateOriginAccessControlCommand,
  CreateResponseHeadersPolicyCommand,
  DeleteCachePolicyCommand,
  DeleteOriginAccessControlCommand,
  DeleteResponseHeadersPolicyCommand,
  GetCachePolicyCommand,
  GetOriginAccessControlCommand,
  GetResponseHeadersPolicyCommand,
  type OriginAccessControlConfig,
  type ResponseHeadersPolicyConfig,
  UpdateCachePolicyCommand,
  UpdateOriginAccessControlCommand,
  UpdateResponseHeadersPolicyCommand,
} from "@aws-sdk/client-cloudfront";
import type { cloudfront as awsCloudfront } from "@pulumi/aws";
import { fromForm, toForm } from "./cloudfront-form";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type AccessArgs = Inputs<awsCloudfront.OriginAccessControlArgs>;
type HeadersArgs = Inputs<awsCloudfront.ResponseHeadersPolicyArgs>;
type CacheArgs = Inputs<awsCloudfront.CachePolicyArgs>;

const accessControl = handler<awsCloudfront.OriginAccessControlArgs>({
  inputs: ["name", "description", "originAccessControlOriginType", "signingBehavior", "signingProtocol"],
  replaceOn: ["name"],
  autoname: "name",

  async create({ cloudfront }, inputs) {
    const command = new CreateOriginAccessControlCommand({ OriginAccessControlConfig: accessConfig(inputs) });
    return (await cloudfront.send(command)).OriginAccessControl?.Id ?? "";
  },

  async read({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetOriginAccessControlCommand({ Id: id })));
    const inputs = fromForm(found?.OriginAccessControl?.OriginAccessControlConfig) as AccessArgs | undefined;
    return inputs && { inputs, outputs: { etag: found?.ETag } };
  },

  async update({ cloudfront }, id, news) {
    const { ETag } = await cloudfront.send(new GetOriginAccessControlCommand({ Id: id }));
    const config = accessConfig(news);
    await cloudfront.send(new UpdateOriginAccessControlCommand({ Id: id, IfMatch: ETag, OriginAccessControlConfig: config }));
  },

  async delete({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetOriginAccessControlCommand({ Id: id })));
    if (found !== undefined) {
      await cloudfront.send(new DeleteOriginAccessControlCommand({ Id: id, IfMatch: found.ETag }));
    }
  },
});

const headersPolicy = handler<awsCloudfront.ResponseHeadersPolicyArgs>({
  inputs: ["name", "comment", "securityHeadersConfig", "customHeadersConfig", "removeHeadersConfig"],
  replaceOn: ["name"],
  autoname: "name",

  async create({ cloudfront }, inputs) {
    const command = new CreateResponseHeadersPolicyCommand({ ResponseHeadersPolicyConfig: toForm(inputs) as ResponseHeadersPolicyConfig });
    return (await cloudfront.send(command)).ResponseHeadersPolicy?.Id ?? "";
  },

  async read({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetResponseHeadersPolicyCommand({ Id: id })));
    const inputs = fromForm(found?.ResponseHeadersPolicy?.ResponseHeadersPolicyConfig) as HeadersArgs | undefined;
    return inputs && { inputs, outputs: { etag: found?.ETag } };
  },

  async update({ cloudfront }, id, news) {
    const { ETag } = await cloudfront.send(new GetResponseHeadersPolicyCommand({ Id: id }));
    const config = toForm(news) as ResponseHeadersPolicyConfig;
    await cloudfront.send(new UpdateResponseHeadersPolicyCommand({ Id: id, IfMatch: ETag, ResponseHeadersPolicyConfig: config }));
  },

  async delete({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetResponseHeadersPolicyCommand({ Id: id })));
    if (found !== undefined) {
      await cloudfront.send(new DeleteResponseHeadersPolicyCommand({ Id: id, IfMatch: found.ETag }));
    }
  },
});

const cachePolicy = handler<awsCloudfront.CachePolicyArgs>({
  inputs: ["name", "comment", "minTtl", "defaultTtl", "maxTtl", "parametersInCacheKeyAndForwardedToOrigin"],
  replaceOn: ["name"],
  autoname: "name",

  async create({ cloudfront }, inputs) {
    const command = new CreateCachePolicyCommand({ CachePolicyConfig: cacheConfig(inputs) });
    return (await cloudfront.send(command)).CachePolicy?.Id ?? "";
  },

  async read({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetCachePolicyCommand({ Id: id })));
    const inputs = fromForm(found?.CachePolicy?.CachePolicyConfig) as CacheArgs | undefined;
    return inputs && { inputs, outputs: { etag: found?.ETag } };
  },

  async update({ cloudfront }, id, news) {
    const { ETag } = await cloudfront.send(new GetCachePolicyCommand({ Id: id }));
    await cloudfront.send(new UpdateCachePolicyCommand({ Id: id, IfMatch: ETag, CachePolicyConfig: cacheConfig(news) }));
  },

  async delete({ cloudfront }, id) {
    const found = await unlessGone(cloudfront.send(new GetCachePolicyCommand({ Id: id })));
    if (found !== undefined) {
      await cloudfront.send(new DeleteCachePolicyCommand({ Id: id, IfMatch: found.ETag }));
    }
  },
});

/** What a distribution is told by name: how it signs, which headers it adds, how long it caches. */
export const handlers = {
  "aws:cloudfront/originAccessControl:OriginAccessControl": accessControl,
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": headersPolicy,
  "aws:cloudfront/cachePolicy:CachePolicy": cachePolicy,
};

function accessConfig(inputs: AccessArgs): OriginAccessControlConfig {
  return toForm({ ...inputs, description: inputs.description ?? "" }) as OriginAccessControlConfig;
}

function cacheConfig(inputs: CacheArgs): CachePolicyConfig {
  const { parametersInCacheKeyAndForwardedToOrigin: parameters, ...rest } = inputs;
  // CloudFront wants both said.
  const encodings = { enableAcceptEncodingBrotli: false, enableAcceptEncodingGzip: false };
  return toForm({ minTtl: 0, ...rest, parametersInCacheKeyAndForwardedToOrigin: { ...encodings, ...parameters } }) as CachePolicyConfig;
}
