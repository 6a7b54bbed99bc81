import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { INVITATION_DAYS, type OfficeLanguage, officeMails } from "./office-texts";

/** Hours for which a browser may ask for new tokens; the page itself signs out sooner whoever does nothing. */
const REFRESH_HOURS = 12;
const TOKEN_HOURS = 1;

/** By the sign-in pages alone: no password goes through another door. */
export const SIGN_IN_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH"];

/** What a token is good for: to tell who somebody is, and for one's own second factor. */
const SCOPES = ["openid", "email", "aws.cognito.signin.user.admin"];

export interface OfficeUsersArgs {
  /** Physical name of the user pool and of its client. */
  physicalName: string;
  language: OfficeLanguage;
  /** Where the office's page is. */
  url: pulumi.Output<string>;
  /** Refuse to delete the user pool until this is taken back, in Pulumi and in Cognito itself. */
  protect: boolean;
}

/**
 * Where the office's users are kept, none of whom is invited yet, and the pages on which they sign in.
 *
 * @param signInUrl Where those pages are to be.
 */
export function officeUsers(parent: pulumi.Resource, name: string, args: OfficeUsersArgs, signInUrl: pulumi.Output<string>) {
  const pool = createPool(parent, name, args);
  const client = createClient(parent, name, args, pool.id);
  const signInPages = createSignInPages(parent, name, signInUrl, client);
  return { pool, client, signInPages };
}

/** Has Cognito invite somebody by mail, once all of `after` is there: the mail leads to it, and goes out but once. */
export function invite(
  parent: pulumi.Resource,
  name: string,
  userPoolId: pulumi.Input<string>,
  address: string,
  after: pulumi.Resource[],
): void {
  new aws.cognito.User(
    `${name}/${address}`,
    { userPoolId, username: address, attributes: { email: address, email_verified: "true" }, desiredDeliveryMediums: ["EMAIL"] },
    { parent, dependsOn: after },
  );
}

function createPool(parent: pulumi.Resource, name: string, args: OfficeUsersArgs): aws.cognito.UserPool {
  const { invitation, code } = officeMails(args.language, args.url);
  return new aws.cognito.UserPool(
    `${name}-users`,
    {
      name: args.physicalName,
      userPoolTier: "ESSENTIALS",
      deletionProtection: args.protect ? "ACTIVE" : "INACTIVE",
      // No attribute of one's own: a pool whose schema changes is made anew, without its users.
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      adminCreateUserConfig: {
        allowAdminCreateUserOnly: true,
        inviteMessageTemplate: { emailSubject: invitation.subject, emailMessage: invitation.message },
      },
      verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE", emailSubject: code.subject, emailMessage: code.message },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: INVITATION_DAYS,
      },
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
    },
    { parent, protect: args.protect },
  );
}

/** The page as Cognito knows it: without a secret, which a page could not keep. */
function createClient(parent: pulumi.Resource, name: string, args: OfficeUsersArgs, userPoolId: pulumi.Input<string>) {
  return new aws.cognito.UserPoolClient(
    `${name}-client`,
    {
      name: args.physicalName,
      userPoolId,
      generateSecret: false,
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: SCOPES,
      callbackUrls: [args.url],
      logoutUrls: [args.url],
      explicitAuthFlows: SIGN_IN_FLOWS,
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      // Uploads bear the address of whoever puts them: nobody may change it.
      readAttributes: ["email", "email_verified"],
      writeAttributes: ["name"],
      accessTokenValidity: TOKEN_HOURS,
      idTokenValidity: TOKEN_HOURS,
      refreshTokenValidity: REFRESH_HOURS,
      tokenValidityUnits: { accessToken: "hours", idToken: "hours", refreshToken: "hours" },
    },
    { parent },
  );
}

function createSignInPages(
  parent: pulumi.Resource,
  name: string,
  signInUrl: pulumi.Output<string>,
  { id: clientId, userPoolId }: aws.cognito.UserPoolClient,
): pulumi.Resource {
  const domain = signInUrl.apply((url) => new URL(url).host.split(".")[0] ?? "");
  const pages = new aws.cognito.UserPoolDomain(`${name}-sign-in`, { domain, userPoolId, managedLoginVersion: 2 }, { parent });
  // Without a style, which may be Cognito's own, the pages say that they are not available.
  return new aws.cognito.ManagedLoginBranding(
    `${name}-style`,
    { userPoolId, clientId, useCognitoProvidedValues: true },
    { parent, dependsOn: pages },
  );
}
