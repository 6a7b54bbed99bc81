import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
  type UserPoolMfaType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { cognito as awsCognito } from "@pulumi/aws";
import type { Clients } from "../../stack/clients";
// Cognito spells names as CloudFront does: like the property's, with a capital.
import { fromForm, toForm } from "./cloudfront-form";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys } from "./tags";

type PoolArgs = Inputs<awsCognito.UserPoolArgs>;

/** What a pool is made with; Cognito forgets each of them that an update leaves out. */
const SETTINGS = [
  "userPoolTier",
  "deletionProtection",
  "usernameAttributes",
  "usernameConfiguration",
  "autoVerifiedAttributes",
  "adminCreateUserConfig",
  "verificationMessageTemplate",
  "accountRecoverySetting",
] as const;

const userPool = handler<awsCognito.UserPoolArgs>({
  inputs: ["name", ...SETTINGS, "passwordPolicy", "mfaConfiguration", "softwareTokenMfaConfiguration", "tags"],
  replaceOn: ["name", "usernameAttributes", "usernameConfiguration"],
  kept: ["userPoolTier", "usernameConfiguration", "adminCreateUserConfig", "verificationMessageTemplate", "passwordPolicy"],
  defaults: { deletionProtection: "INACTIVE", mfaConfiguration: "OFF" },
  autoname: "name",
  taggable: true,

  async create(clients, inputs) {
    const settings = { ...settingsForm(inputs), PoolName: inputs.name, UserPoolTags: inputs.tagsAll } as CreateUserPoolCommandInput;
    const { UserPool } = await clients.cognitoIdp.send(new CreateUserPoolCommand(settings));
    const id = UserPool?.Id ?? "";
    await setSecondFactor(clients, id, inputs);
    return id;
  },

  async read({ cognitoIdp }, id) {
    const pool = (await unlessGone(cognitoIdp.send(new DescribeUserPoolCommand({ UserPoolId: id }))))?.UserPool;
    if (pool === undefined) {
      return undefined;
    }
    const { SoftwareTokenMfaConfiguration, MfaConfiguration } = await cognitoIdp.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }));
    const known = fromForm(Object.fromEntries(Object.entries(pool).filter(([key]) => isSetting(key)))) as Partial<PoolArgs>;
    return {
      inputs: {
        ...known,
        name: pool.Name,
        passwordPolicy: fromForm(pool.Policies?.PasswordPolicy) as PoolArgs["passwordPolicy"],
        mfaConfiguration: MfaConfiguration,
        softwareTokenMfaConfiguration: fromForm(SoftwareTokenMfaConfiguration) as PoolArgs["softwareTokenMfaConfiguration"],
        tagsAll: pool.UserPoolTags,
      },
      outputs: { arn: pool.Arn, endpoint: `cognito-idp.${await cognitoIdp.config.region()}.amazonaws.com/${id}` },
    };
  },

  async update(clients, id, news, olds) {
    const { cognitoIdp } = clients;
    const { UsernameAttributes: _, UsernameConfiguration: __, ...settings } = settingsForm(news);
    await cognitoIdp.send(new UpdateUserPoolCommand({ ...settings, UserPoolId: id }));
    await setSecondFactor(clients, id, news);
    const ResourceArn = (await cognitoIdp.send(new DescribeUserPoolCommand({ UserPoolId: id }))).UserPool?.Arn;
    const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
    if (TagKeys.length > 0) {
      await cognitoIdp.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
    }
    await cognitoIdp.send(new TagResourceCommand({ ResourceArn, Tags: news.tagsAll ?? {} }));
  },

  async delete({ cognitoIdp }, id) {
    await unlessGone(cognitoIdp.send(new DeleteUserPoolCommand({ UserPoolId: id })));
  },
});

/** Users, all in one place. */
export const handlers = { "aws:cognito/userPool:UserPool": userPool };

function isSetting(key: string): boolean {
  return (SETTINGS as readonly string[]).includes(key.charAt(0).toLowerCase() + key.slice(1));
}

function settingsForm(inputs: PoolArgs): Partial<CreateUserPoolCommandInput> {
  const settings = Object.fromEntries(SETTINGS.filter((key) => inputs[key] !== undefined).map((key) => [key, inputs[key]]));
  return {
    ...(toForm(settings) as object),
    ...(inputs.passwordPolicy && { Policies: toForm({ passwordPolicy: inputs.passwordPolicy }) as object }),
  };
}

/** Apart, and after the pool: with the pool itself, Cognito takes no second factor but text messages. */
async function setSecondFactor({ cognitoIdp }: Clients, UserPoolId: string, inputs: PoolArgs): Promise<void> {
  const { mfaConfiguration = "OFF", softwareTokenMfaConfiguration } = inputs;
  const token = softwareTokenMfaConfiguration && { Enabled: softwareTokenMfaConfiguration.enabled };
  await cognitoIdp.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: mfaConfiguration as UserPoolMfaType,
      ...(mfaConfiguration !== "OFF" && { SoftwareTokenMfaConfiguration: token }),
    }),
  );
}
