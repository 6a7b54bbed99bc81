import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Clients } from "../../stack/clients";
import type { Properties } from "./values";

/** The functions of `@pulumi/aws` that look something up. */
export const functions: Record<string, (clients: Clients, args: Properties) => Promise<Properties>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": async ({ sts }) => {
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand());
    return { id: Account, accountId: Account, arn: Arn, userId: UserId };
  },

  "aws:index/getRegion:getRegion": async ({ s3 }) => {
    const region = await s3.config.region();
    return { id: region, name: region, region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
  },

  "aws:index/getPartition:getPartition": async () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
};
