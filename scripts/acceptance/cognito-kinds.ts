import { DeleteIdentityPoolCommand, paginateListIdentityPools } from "@aws-sdk/client-cognito-identity";
import {
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  paginateListUserPools,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Clients } from "../../stack/clients";
import type { Kind, Thing } from "./kind";

const PAGE = { MaxResults: 60 };

/** What an office makes in Cognito. */
export const COGNITO_KINDS: Kind[] = [
  {
    kind: "identity pool",
    all: async ({ cognitoIdentity }) => {
      const found: Thing[] = [];
      for await (const { IdentityPools = [] } of paginateListIdentityPools({ client: cognitoIdentity }, PAGE)) {
        found.push(...IdentityPools.map(({ IdentityPoolName = "", IdentityPoolId }) => ({ name: IdentityPoolName, id: IdentityPoolId })));
      }
      return found;
    },
    remove: ({ cognitoIdentity }, IdentityPoolId) => cognitoIdentity.send(new DeleteIdentityPoolCommand({ IdentityPoolId })),
  },
  {
    kind: "user pool",
    all: async ({ cognitoIdp }) => {
      const found: Thing[] = [];
      for await (const { UserPools = [] } of paginateListUserPools({ client: cognitoIdp }, PAGE)) {
        found.push(...UserPools.map(({ Name = "", Id }) => ({ name: Name, id: Id })));
      }
      return found;
    },
    remove: removeUserPool,
  },
];

/** Its sign-in pages go first: Cognito keeps a pool that has them. */
async function removeUserPool({ cognitoIdp }: Clients, UserPoolId: string): Promise<void> {
  const { UserPool } = await cognitoIdp.send(new DescribeUserPoolCommand({ UserPoolId }));
  if (UserPool?.Domain !== undefined) {
    await cognitoIdp.send(new DeleteUserPoolDomainCommand({ Domain: UserPool.Domain, UserPoolId }));
  }
  await cognitoIdp.send(new DeleteUserPoolCommand({ UserPoolId }));
}
