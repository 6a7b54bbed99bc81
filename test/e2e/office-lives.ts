import { REGION } from "../../local/emulator";
import type { Provider } from "../../local/provider";
import type { Properties } from "../../local/provider/values";
import type { Life } from "./provider-lives";

/** What the lives below belong to. AWS makes up their ids, so they are named here by what they stand for. */
const POOL = "{user pool}";
const CLIENT = "{client}";
const IDENTITIES = "{identity pool}";

const ROLE = "arn:aws:iam::000000000000:role/school";
const PROVIDER = `cognito-idp.${REGION}.amazonaws.com/${POOL}`;

/** All that belong to the user pool, client and identity pool `school`, and more of these. */
export const OFFICE_LIVES: Life[] = [
  {
    type: "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    inputs: { bucket: "school", corsRules: [corsRule(["PUT"])] },
    change: { corsRules: [corsRule(["PUT", "GET"])] },
  },
  {
    type: "aws:cognito/userPool:UserPool",
    inputs: {
      name: "other",
      userPoolTier: "ESSENTIALS",
      deletionProtection: "INACTIVE",
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      adminCreateUserConfig: {
        allowAdminCreateUserOnly: true,
        inviteMessageTemplate: { emailSubject: "Invitation", emailMessage: "{username} {####}" },
      },
      verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE", emailSubject: "Code", emailMessage: "{####}" },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      passwordPolicy: passwords(12),
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
    },
    change: { passwordPolicy: passwords(14), tags: { owner: "office" } },
  },
  {
    type: "aws:cognito/userPoolDomain:UserPoolDomain",
    inputs: { domain: "other", userPoolId: "{pool without pages}" },
    change: { managedLoginVersion: 2 },
  },
  {
    type: "aws:cognito/userPoolClient:UserPoolClient",
    inputs: {
      name: "other",
      userPoolId: POOL,
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["openid", "email"],
      callbackUrls: ["https://school.example.com/"],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      refreshTokenValidity: 12,
      tokenValidityUnits: { refreshToken: "hours" },
    },
    change: { callbackUrls: ["https://school.example.com/office/"], logoutUrls: ["https://school.example.com/office/"] },
    idPrefix: `${POOL}/`,
  },
  {
    type: "aws:cognito/managedLoginBranding:ManagedLoginBranding",
    inputs: { userPoolId: POOL, clientId: CLIENT, useCognitoProvidedValues: true },
  },
  {
    type: "aws:cognito/user:User",
    inputs: { userPoolId: POOL, username: "anna@example.com", attributes: { email: "anna@example.com", name: "Anna" } },
    change: { attributes: { email: "anna@example.com", name: "Anna Nováková" } },
  },
  {
    type: "aws:cognito/identityPool:IdentityPool",
    inputs: {
      identityPoolName: "other",
      allowUnauthenticatedIdentities: false,
      cognitoIdentityProviders: [{ clientId: CLIENT, providerName: PROVIDER, serverSideTokenCheck: true }],
    },
    change: { identityPoolName: "another", tags: { owner: "office" } },
  },
  {
    type: "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    inputs: { identityPoolId: IDENTITIES, roles: { authenticated: ROLE } },
    change: { roles: { authenticated: `${ROLE}-other` } },
  },
];

/** Makes what the lives belong to, and names in each the ids that it has; a life of other types stays as it is. */
export async function inOffice(provider: Provider): Promise<(life: Life) => Life> {
  const pool = await provider.create("aws:cognito/userPool:UserPool", "school", { name: "school", usernameAttributes: ["email"] });
  const bare = await provider.create("aws:cognito/userPool:UserPool", "bare", { name: "bare" });
  await provider.create("aws:cognito/userPoolDomain:UserPoolDomain", "school", { domain: "school", userPoolId: pool.id });
  const client = await provider.create("aws:cognito/userPoolClient:UserPoolClient", "school", { name: "school", userPoolId: pool.id });
  const identities = await provider.create("aws:cognito/identityPool:IdentityPool", "school", { identityPoolName: "school" });
  const ids = { [POOL]: pool.id, "{pool without pages}": bare.id, [CLIENT]: client.id, [IDENTITIES]: identities.id };
  const named = (life: Life) => Object.entries(ids).reduce((text, [name, id]) => text.replaceAll(name, id), JSON.stringify(life));
  return (life) => (OFFICE_LIVES.includes(life) ? (JSON.parse(named(life)) as Life) : life);
}

function corsRule(allowedMethods: string[]): Properties {
  return {
    allowedOrigins: ["https://school.example.com"],
    allowedMethods,
    allowedHeaders: ["x-amz-*"],
    exposeHeaders: ["ETag"],
    maxAgeSeconds: 60,
  };
}

function passwords(minimumLength: number): Properties {
  const required = { requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true };
  return { minimumLength, ...required, temporaryPasswordValidityDays: 7 };
}
