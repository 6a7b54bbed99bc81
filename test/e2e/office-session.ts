import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { AwsClient } from "aws4fetch";
import type { LocalStack } from "../../local/stack";
import type { Settings as PageSettings } from "../../office/src/settings";

export type { PageSettings };

export interface Tokens {
  id_token: string;
  access_token: string;
  refresh_token: string;
}

/** The settings as a browser on this machine gets them. */
export async function pageSettings({ url }: LocalStack): Promise<PageSettings> {
  return (await (await fetch(`${url}/office/settings.json`)).json()) as PageSettings;
}

/** What a browser asks the sign-in pages for. */
export function authorization({ clientId }: PageSettings, redirectUri: string, verifier: string): Record<string, string> {
  return {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "openid email",
    state: "some state",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
}

/** Fills in the sign-in page as somebody would; gives where it leads, or the page that is shown instead. */
export async function fillIn(settings: PageSettings, asked: Record<string, string>, username: string, password: string): Promise<Response> {
  const page = await fetch(`${settings.signInUrl}/oauth2/authorize?${new URLSearchParams(asked)}`);
  assert.equal(page.status, 200, await page.clone().text());
  const hidden = [...(await page.text()).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const form = new URLSearchParams(hidden.map(([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")]));
  form.set("username", username);
  form.set("password", password);
  return fetch(`${settings.signInUrl}/login`, { method: "POST", body: form, redirect: "manual" });
}

/** Exchanges a code for tokens. */
export function exchange(settings: PageSettings, redirectUri: string, code: string, verifier: string): Promise<Response> {
  const form = { grant_type: "authorization_code", client_id: settings.clientId, redirect_uri: redirectUri, code, code_verifier: verifier };
  return fetch(`${settings.signInUrl}/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
}

/** Signs in as the page does: by code and PKCE. */
export async function signIn(stack: LocalStack, username: string, password: string): Promise<Tokens> {
  const settings = await pageSettings(stack);
  const verifier = randomBytes(32).toString("base64url");
  const home = `${stack.url}/office/`;
  const answer = await fillIn(settings, authorization(settings, home, verifier), username, password);
  const location = new URL(answer.headers.get("location") ?? "about:blank");
  assert.equal(`${location.origin}${location.pathname}`, home);
  assert.equal(location.searchParams.get("state"), "some state");
  const tokens = await exchange(settings, home, location.searchParams.get("code") ?? "", verifier);
  assert.equal(tokens.status, 200, await tokens.clone().text());
  return (await tokens.json()) as Tokens;
}

/** Asks the identity pool. */
export function askIdentities({ endpoints }: PageSettings, action: string, body: object): Promise<Response> {
  return fetch(`${endpoints.cognitoIdentity}/`, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityService.${action}` },
    body: JSON.stringify(body),
  });
}

/** Credentials of AWS as the identity pool lends them. */
export interface Lent {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** The office's role, as it is lent for an ID token; for a guest, who has none, whatever is lent to guests. */
export async function lent(settings: PageSettings, idToken?: string): Promise<Lent> {
  const { region, userPoolId, identityPoolId } = settings;
  const Logins = idToken && { [`cognito-idp.${region}.amazonaws.com/${userPoolId}`]: idToken };
  const { IdentityId } = (await (await askIdentities(settings, "GetId", { IdentityPoolId: identityPoolId, Logins })).json()) as {
    IdentityId: string;
  };
  const answer = await askIdentities(settings, "GetCredentialsForIdentity", { IdentityId, Logins });
  const { Credentials } = (await answer.json()) as { Credentials: { AccessKeyId: string; SecretKey: string; SessionToken: string } };
  const { AccessKeyId: accessKeyId, SecretKey: secretAccessKey, SessionToken: sessionToken } = Credentials;
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** What signs requests in that role, as the page does. */
export async function signer(settings: PageSettings, idToken?: string): Promise<AwsClient> {
  return new AwsClient({ ...(await lent(settings, idToken)), region: settings.region, retries: 0 });
}
