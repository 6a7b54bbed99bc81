import { GetResponseHeadersPolicyCommand } from "@aws-sdk/client-cloudfront";
import { DescribeIdentityPoolCommand, GetIdentityPoolRolesCommand, ListIdentityPoolsCommand } from "@aws-sdk/client-cognito-identity";
import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolClientsCommand,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { GetBucketCorsCommand } from "@aws-sdk/client-s3";
import { PREVIEW_PAGE } from "../../common/preview";
import { REFUSED_SIGN_INS } from "../../infrastructure/components/monitoring";
import { officeAddresses } from "../../infrastructure/components/office-addresses";
import { SIGN_IN_FLOWS } from "../../infrastructure/components/office-users";
import { OFFICE_PATH, OWN_SITE, officeSources } from "../../infrastructure/components/website-delivery";
import { resourceName, signInPrefix } from "../../infrastructure/names";
import {
  officeFilesStatements,
  officeItemsStatement,
  readKeyStatements,
  readWriteKeyStatements,
  trustPolicyOfIdentities,
} from "../../infrastructure/policies";
import { type Check, checksOf, type Deployed, equal } from "./check";
import { distributionConfiguration } from "./distribution";
import { accountOf, rolePolicies } from "./function";
import { findAlarm } from "./monitoring";

/** The rules of the office's users and of their page, where there are any. */
export const officeChecks: Check[] = checksOf("office", {
  "lets in only who is invited, by their address": async (deployed) => {
    const pool = await userPool(deployed);
    equal([pool?.AdminCreateUserConfig?.AllowAdminCreateUserOnly, pool?.UsernameAttributes], [true, ["email"]]);
  },
  "asks for long passwords of all kinds, and takes a second factor": async (deployed) => {
    const { MinimumLength, RequireLowercase, RequireUppercase, RequireNumbers, RequireSymbols } =
      (await userPool(deployed))?.Policies?.PasswordPolicy ?? {};
    equal([MinimumLength, RequireLowercase, RequireUppercase, RequireNumbers, RequireSymbols], [12, true, true, true, true]);
    const { cognitoIdp } = deployed.clients;
    const mfa = await cognitoIdp.send(new GetUserPoolMfaConfigCommand({ UserPoolId: deployed.outputs.userPoolId }));
    equal([mfa.MfaConfiguration, mfa.SoftwareTokenMfaConfiguration?.Enabled], ["OPTIONAL", true]);
  },
  "is protected from deletion where the stack is": async (deployed) =>
    equal((await userPool(deployed))?.DeletionProtection === "ACTIVE", deployed.settings.protect),
  "has the users that are set, and no other": async (deployed) => {
    const addresses: (string | undefined)[] = [];
    const pages = paginateListUsers({ client: deployed.clients.cognitoIdp }, { UserPoolId: deployed.outputs.userPoolId });
    for await (const { Users = [] } of pages) {
      addresses.push(...Users.map(({ Attributes = [] }) => Attributes.find(({ Name }) => Name === "email")?.Value));
    }
    equal(addresses.sort(), [...deployed.settings.officeUsers].sort());
  },
  "signs in by code, back to its page and nowhere else, without a secret": async (deployed) => {
    const client = await pageClient(deployed);
    equal(
      [client?.AllowedOAuthFlows, client?.CallbackURLs, client?.LogoutURLs, client?.ClientSecret, client?.ExplicitAuthFlows],
      [["code"], [deployed.outputs.officeUrl], [deployed.outputs.officeUrl], undefined, SIGN_IN_FLOWS],
    );
  },
  "has its sign-in pages at its own address": async (deployed) => {
    const Domain = signInPrefix(deployed.settings.env, accountOf(deployed));
    const { DomainDescription } = await deployed.clients.cognitoIdp.send(new DescribeUserPoolDomainCommand({ Domain }));
    equal([DomainDescription?.UserPoolId, DomainDescription?.ManagedLoginVersion], [deployed.outputs.userPoolId, 2]);
  },
  "lends rights to those alone who have signed in": async (deployed) => {
    const { cognitoIdentity } = deployed.clients;
    const IdentityPoolId = await identityPoolId(deployed);
    const pool = await cognitoIdentity.send(new DescribeIdentityPoolCommand({ IdentityPoolId }));
    const [provider] = pool.CognitoIdentityProviders ?? [];
    const { region, userPoolId } = deployed.outputs;
    equal(
      [pool.AllowUnauthenticatedIdentities, provider?.ProviderName, provider?.ServerSideTokenCheck],
      [false, `cognito-idp.${region}.amazonaws.com/${userPoolId}`, true],
    );
    const { Roles } = await cognitoIdentity.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }));
    equal(Roles, { authenticated: `arn:aws:iam::${accountOf(deployed)}:role/${nameOf(deployed)}` });
    const { Role } = await deployed.clients.iam.send(new GetRoleCommand({ RoleName: nameOf(deployed) }));
    equal(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}")), JSON.parse(trustPolicyOfIdentities(IdentityPoolId)));
  },
  "may do exactly what it has to": async (deployed) => {
    const { outputs, settings } = deployed;
    const table = `arn:aws:dynamodb:${outputs.region}:${accountOf(deployed)}:table/${outputs.dataTableName}`;
    const wanted = [
      ...officeFilesStatements(`arn:aws:s3:::${outputs.inputBucketName}`),
      ...readWriteKeyStatements(settings),
      officeItemsStatement(table),
      ...readKeyStatements(settings),
    ];
    equal((await rolePolicies(deployed, nameOf(deployed))).sort(), wanted.map((statement) => JSON.stringify(statement)).sort());
  },
  "puts files from its website's page alone": async ({ clients, outputs }) => {
    const { CORSRules = [] } = await clients.s3.send(new GetBucketCorsCommand({ Bucket: outputs.inputBucketName }));
    equal(
      CORSRules.map(({ AllowedOrigins }) => AllowedOrigins),
      [[outputs.websiteUrl]],
    );
  },
  "speaks to its own region's AWS alone, in no frame": async (deployed) => {
    const security = await securityHeadersOf(deployed, `${OFFICE_PATH}*`);
    const { region, inputBucketName } = deployed.outputs;
    const addresses = officeAddresses(region, signInPrefix(deployed.settings.env, accountOf(deployed)), inputBucketName);
    const sources = officeSources(Object.values(addresses));
    equal([security?.ContentSecurityPolicy?.ContentSecurityPolicy, security?.FrameOptions?.FrameOption], [sources, "DENY"]);
  },
  "has the display in a frame of its own site alone": async (deployed) => {
    const security = await securityHeadersOf(deployed, PREVIEW_PAGE);
    equal([security?.ContentSecurityPolicy?.ContentSecurityPolicy, security?.FrameOptions?.FrameOption], [OWN_SITE, "SAMEORIGIN"]);
    const pages = await Promise.all(["", `/${PREVIEW_PAGE}`].map(async (path) => (await fetch(deployed.url + path)).text()));
    equal(pages[1], pages[0]);
  },
  "shows its page": async ({ url }) => {
    const answer = await fetch(`${url}/${OFFICE_PATH}`);
    equal([answer.status, answer.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
  },
  "an alarm counts refused sign-ins": async (deployed) => {
    const alarm = await findAlarm(deployed, "refused-sign-ins");
    equal([alarm?.Threshold, alarm?.AlarmActions], [REFUSED_SIGN_INS, [deployed.outputs.alarmTopicArn]]);
  },
});

const nameOf = ({ settings }: Deployed) => resourceName("office", settings.env);

/** What the answers below a path tell the browser. */
async function securityHeadersOf(deployed: Deployed, path: string) {
  const behaviors = (await distributionConfiguration(deployed)).CacheBehaviors?.Items ?? [];
  const Id = behaviors.find(({ PathPattern }) => PathPattern === path)?.ResponseHeadersPolicyId;
  const { ResponseHeadersPolicy } = await deployed.clients.cloudfront.send(new GetResponseHeadersPolicyCommand({ Id }));
  return ResponseHeadersPolicy?.ResponseHeadersPolicyConfig?.SecurityHeadersConfig;
}

async function userPool({ clients, outputs }: Deployed) {
  return (await clients.cognitoIdp.send(new DescribeUserPoolCommand({ UserPoolId: outputs.userPoolId }))).UserPool;
}

/** The page as Cognito knows it. */
async function pageClient(deployed: Deployed) {
  const { cognitoIdp } = deployed.clients;
  const UserPoolId = deployed.outputs.userPoolId;
  const { UserPoolClients = [] } = await cognitoIdp.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  const ClientId = UserPoolClients.find(({ ClientName }) => ClientName === nameOf(deployed))?.ClientId;
  return (await cognitoIdp.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient;
}

/** Identity pools are told apart by their names, of which an account may have any number. */
async function identityPoolId(deployed: Deployed): Promise<string> {
  let NextToken: string | undefined;
  do {
    const page = await deployed.clients.cognitoIdentity.send(new ListIdentityPoolsCommand({ MaxResults: 60, NextToken }));
    const found = page.IdentityPools?.find(({ IdentityPoolName }) => IdentityPoolName === nameOf(deployed));
    if (found !== undefined) {
      return found.IdentityPoolId ?? "";
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  throw new Error("there is no identity pool of its name");
}
