import {
  DeleteCachePolicyCommand,
  DeleteDistributionCommand,
  DeleteOriginAccessControlCommand,
  DeleteResponseHeadersPolicyCommand,
  GetCachePolicyCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  GetOriginAccessControlCommand,
  GetResponseHeadersPolicyCommand,
  ListCachePoliciesCommand,
  ListOriginAccessControlsCommand,
  ListResponseHeadersPoliciesCommand,
  paginateListDistributions,
  UpdateDistributionCommand,
  waitUntilDistributionDeployed,
} from "@aws-sdk/client-cloudfront";
import type { Clients } from "../../stack/clients";
import type { Kind, Thing } from "./kind";

const PATIENCE_SECONDS = 1800;

/** What a stack makes in CloudFront. A distribution has no name: ours bear their bucket's as a comment. */
export const CLOUDFRONT_KINDS: Kind[] = [
  { kind: "distribution", all: allDistributions, remove: removeDistribution },
  {
    kind: "response headers policy",
    all: async ({ cloudfront }) => {
      const { ResponseHeadersPolicyList } = await cloudfront.send(new ListResponseHeadersPoliciesCommand({ Type: "custom" }));
      return (ResponseHeadersPolicyList?.Items ?? []).map(({ ResponseHeadersPolicy: each }) => ({
        name: each?.ResponseHeadersPolicyConfig?.Name ?? "",
        id: each?.Id,
      }));
    },
    remove: async ({ cloudfront }, Id) => {
      const { ETag } = await cloudfront.send(new GetResponseHeadersPolicyCommand({ Id }));
      await cloudfront.send(new DeleteResponseHeadersPolicyCommand({ Id, IfMatch: ETag }));
    },
  },
  {
    kind: "cache policy",
    all: async ({ cloudfront }) => {
      const { CachePolicyList } = await cloudfront.send(new ListCachePoliciesCommand({ Type: "custom" }));
      return (CachePolicyList?.Items ?? []).map(({ CachePolicy: each }) => ({ name: each?.CachePolicyConfig?.Name ?? "", id: each?.Id }));
    },
    remove: async ({ cloudfront }, Id) => {
      const { ETag } = await cloudfront.send(new GetCachePolicyCommand({ Id }));
      await cloudfront.send(new DeleteCachePolicyCommand({ Id, IfMatch: ETag }));
    },
  },
  {
    kind: "origin access control",
    all: async ({ cloudfront }) => {
      const { OriginAccessControlList } = await cloudfront.send(new ListOriginAccessControlsCommand());
      return (OriginAccessControlList?.Items ?? []).map(({ Name = "", Id }) => ({ name: Name, id: Id }));
    },
    remove: async ({ cloudfront }, Id) => {
      const { ETag } = await cloudfront.send(new GetOriginAccessControlCommand({ Id }));
      await cloudfront.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: ETag }));
    },
  },
];

async function allDistributions({ cloudfront }: Clients): Promise<Thing[]> {
  const found: Thing[] = [];
  for await (const { DistributionList } of paginateListDistributions({ client: cloudfront }, {})) {
    found.push(...(DistributionList?.Items ?? []).map(({ Comment = "", Id }) => ({ name: Comment, id: Id })));
  }
  return found;
}

/** Only one that is disabled everywhere can be deleted, which takes CloudFront minutes. */
async function removeDistribution({ cloudfront }: Clients, Id: string): Promise<void> {
  const { DistributionConfig, ETag } = await cloudfront.send(new GetDistributionConfigCommand({ Id }));
  if (DistributionConfig !== undefined && DistributionConfig.Enabled !== false) {
    const disabled = { ...DistributionConfig, Enabled: false };
    await cloudfront.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: disabled }));
  }
  await waitUntilDistributionDeployed({ client: cloudfront, maxWaitTime: PATIENCE_SECONDS }, { Id });
  const current = await cloudfront.send(new GetDistributionCommand({ Id }));
  await cloudfront.send(new DeleteDistributionCommand({ Id, IfMatch: current.ETag }));
}
