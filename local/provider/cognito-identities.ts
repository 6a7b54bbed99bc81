import {
  CreateIdentityPoolCommand,
  type CreateIdentityPoolCommandInput,
  DeleteIdentityPoolCommand,
  DescribeIdentityPoolCommand,
  GetIdentityPoolRolesCommand,
  SetIdentityPoolRolesCommand,
  UpdateIdentityPoolCommand,
  type UpdateIdentityPoolCommandInput,
} from "@aws-sdk/client-cognito-identity";
import type { cognito as awsCognito } from "@pulumi/aws";
import { fromForm, toForm } from "./cloudfront-form";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type PoolArgs = Inputs<awsCognito.IdentityPoolArgs>;

const identityPool = handler<awsCognito.IdentityPoolArgs>({
  inputs: ["identityPoolName", "allowUnauthenticatedIdentities", "allowClassicFlow", "cognitoIdentityProviders", "tags"],
  replaceOn: [],
  taggable: true,

  async create({ cognitoIdentity }, inputs) {
    const { IdentityPoolId } = await cognitoIdentity.send(new CreateIdentityPoolCommand(poolForm(inputs)));
    return IdentityPoolId ?? "";
  },

  async read({ cognitoIdentity }, id) {
    const found = await unlessGone(cognitoIdentity.send(new DescribeIdentityPoolCommand({ IdentityPoolId: id })));
    if (found === undefined) {
      return undefined;
    }
    const { identityPoolName, allowUnauthenticatedIdentities, allowClassicFlow, cognitoIdentityProviders } = fromForm({
      ...found,
    }) as Partial<PoolArgs>;
    return {
      inputs: {
        ...{ identityPoolName, allowUnauthenticatedIdentities, allowClassicFlow, cognitoIdentityProviders },
        tagsAll: found.IdentityPoolTags,
      },
      outputs: {},
    };
  },

  async update({ cognitoIdentity }, id, news) {
    await cognitoIdentity.send(new UpdateIdentityPoolCommand({ ...poolForm(news), IdentityPoolId: id } as UpdateIdentityPoolCommandInput));
  },

  async delete({ cognitoIdentity }, id) {
    await unlessGone(cognitoIdentity.send(new DeleteIdentityPoolCommand({ IdentityPoolId: id })));
  },
});

const roles = handler<awsCognito.IdentityPoolRoleAttachmentArgs>({
  inputs: ["identityPoolId", "roles"],
  replaceOn: ["identityPoolId"],

  async create({ cognitoIdentity }, { identityPoolId: IdentityPoolId, roles: Roles }) {
    await cognitoIdentity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
    return IdentityPoolId;
  },

  async read({ cognitoIdentity }, id) {
    const found = await unlessGone(cognitoIdentity.send(new GetIdentityPoolRolesCommand({ IdentityPoolId: id })));
    const lent = found?.Roles ?? {};
    return Object.keys(lent).length === 0 ? undefined : { inputs: { identityPoolId: id, roles: lent }, outputs: {} };
  },

  async update({ cognitoIdentity }, id, { roles: Roles }) {
    await cognitoIdentity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId: id, Roles }));
  },

  async delete({ cognitoIdentity }, id) {
    await unlessGone(cognitoIdentity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId: id, Roles: {} })));
  },
});

/** What somebody who has signed in may do in AWS. */
export const handlers = {
  "aws:cognito/identityPool:IdentityPool": identityPool,
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": roles,
};

function poolForm({ tags: _, tagsAll, ...inputs }: PoolArgs): CreateIdentityPoolCommandInput {
  return { ...(toForm(inputs) as CreateIdentityPoolCommandInput), IdentityPoolTags: tagsAll };
}
