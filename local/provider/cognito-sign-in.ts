import {
  CreateUserPoolClientCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolDomainCommand,
  GetUICustomizationCommand,
  SetUICustomizationCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { cognito as awsCognito } from "@pulumi/aws";
import type { Clients } from "../../stack/clients";
import { fromForm, toForm } from "./cloudfront-form";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type ClientArgs = Inputs<awsCognito.UserPoolClientArgs>;

/** Where Cognito's spelling is not just the property's with a capital. */
const SPELLINGS: Record<string, string> = {
  name: "ClientName",
  allowedOauthFlows: "AllowedOAuthFlows",
  allowedOauthFlowsUserPoolClient: "AllowedOAuthFlowsUserPoolClient",
  allowedOauthScopes: "AllowedOAuthScopes",
  callbackUrls: "CallbackURLs",
  logoutUrls: "LogoutURLs",
};

const KEPT = [
  "supportedIdentityProviders",
  "explicitAuthFlows",
  "preventUserExistenceErrors",
  "enableTokenRevocation",
  "allowedOauthFlowsUserPoolClient",
  "allowedOauthFlows",
  "allowedOauthScopes",
  "callbackUrls",
  "logoutUrls",
  "readAttributes",
  "writeAttributes",
  "accessTokenValidity",
  "idTokenValidity",
  "refreshTokenValidity",
] as const;

const client = handler<awsCognito.UserPoolClientArgs>({
  inputs: ["name", "userPoolId", "generateSecret", "tokenValidityUnits", ...KEPT],
  replaceOn: ["userPoolId", "generateSecret"],
  unread: ["generateSecret"],
  kept: KEPT,
  autoname: "name",

  async create({ cognitoIdp }, inputs) {
    const { UserPoolClient } = await cognitoIdp.send(new CreateUserPoolClientCommand(clientForm(inputs)));
    return UserPoolClient?.ClientId ?? "";
  },

  async read({ cognitoIdp }, id, known) {
    const found = (await unlessGone(cognitoIdp.send(new DescribeUserPoolClientCommand(place(id, known)))))?.UserPoolClient;
    return found && { inputs: clientOf({ ...found }), outputs: { clientSecret: found.ClientSecret } };
  },

  async update({ cognitoIdp }, id, news) {
    const { GenerateSecret: _, ...settings } = clientForm(news) as ReturnType<typeof clientForm> & { GenerateSecret?: boolean };
    await cognitoIdp.send(new UpdateUserPoolClientCommand({ ...settings, ClientId: id }));
  },

  async delete({ cognitoIdp }, id, known) {
    await unlessGone(cognitoIdp.send(new DeleteUserPoolClientCommand(place(id, known))));
  },
});

const domain = handler<awsCognito.UserPoolDomainArgs>({
  inputs: ["domain", "userPoolId", "managedLoginVersion"],
  replaceOn: ["domain", "userPoolId"],
  kept: ["managedLoginVersion"],

  async create({ cognitoIdp }, { domain: Domain, userPoolId: UserPoolId, managedLoginVersion: ManagedLoginVersion }) {
    await cognitoIdp.send(new CreateUserPoolDomainCommand({ Domain, UserPoolId, ManagedLoginVersion }));
    return Domain;
  },

  async read({ cognitoIdp }, id) {
    const found = (await unlessGone(cognitoIdp.send(new DescribeUserPoolDomainCommand({ Domain: id }))))?.DomainDescription;
    return found?.UserPoolId === undefined
      ? undefined
      : {
          inputs: { domain: id, userPoolId: found.UserPoolId, managedLoginVersion: found.ManagedLoginVersion },
          outputs: {},
        };
  },

  async update({ cognitoIdp }, id, { userPoolId: UserPoolId, managedLoginVersion: ManagedLoginVersion }) {
    await cognitoIdp.send(new UpdateUserPoolDomainCommand({ Domain: id, UserPoolId, ManagedLoginVersion }));
  },

  async delete({ cognitoIdp }, id, { userPoolId: UserPoolId }) {
    await unlessGone(cognitoIdp.send(new DeleteUserPoolDomainCommand({ Domain: id, UserPoolId })));
  },
});

/** The style of the sign-in pages. The embedded AWS knows only that of Cognito's former pages, so it is kept as one of those. */
const branding = handler<awsCognito.ManagedLoginBrandingArgs>({
  inputs: ["userPoolId", "clientId", "useCognitoProvidedValues"],
  replaceOn: ["userPoolId", "clientId", "useCognitoProvidedValues"],
  kept: ["useCognitoProvidedValues"],

  async create(clients, { userPoolId, clientId, useCognitoProvidedValues }) {
    await setStyle(clients, userPoolId, clientId, useCognitoProvidedValues ? COGNITOS_OWN : "");
    return `${userPoolId},${clientId}`;
  },

  async read({ cognitoIdp }, id) {
    const [UserPoolId = "", ClientId = ""] = id.split(",");
    const found = await unlessGone(cognitoIdp.send(new GetUICustomizationCommand({ UserPoolId, ClientId })));
    return found?.UICustomization?.CSS === COGNITOS_OWN
      ? {
          inputs: { userPoolId: UserPoolId, clientId: ClientId, useCognitoProvidedValues: true },
          outputs: { managedLoginBrandingId: ClientId },
        }
      : undefined;
  },

  async delete(clients, id) {
    const [userPoolId = "", clientId = ""] = id.split(",");
    await unlessGone(setStyle(clients, userPoolId, clientId, ""));
  },
});

/** How users sign in: the page as Cognito knows it, and Cognito's own pages. */
export const handlers = {
  "aws:cognito/userPoolClient:UserPoolClient": client,
  "aws:cognito/userPoolDomain:UserPoolDomain": domain,
  "aws:cognito/managedLoginBranding:ManagedLoginBranding": branding,
};

const COGNITOS_OWN = "/* Cognito's own */";

async function setStyle({ cognitoIdp }: Clients, UserPoolId: string, ClientId: string, CSS: string): Promise<void> {
  await cognitoIdp.send(new SetUICustomizationCommand({ UserPoolId, ClientId, CSS }));
}

/** An import names the pool in the id. */
function place(id: string, { userPoolId = "" }: Partial<ClientArgs>) {
  const [first = "", second] = id.split("/");
  return second === undefined ? { UserPoolId: userPoolId, ClientId: first } : { UserPoolId: first, ClientId: second };
}

function clientForm({ tagsAll: _, ...inputs }: ClientArgs) {
  const entries = Object.entries(inputs).map(([key, value]): [string, unknown] => {
    const spelled = SPELLINGS[key];
    return spelled === undefined ? (Object.entries(toForm({ [key]: value }) as object)[0] as [string, unknown]) : [spelled, value];
  });
  return Object.fromEntries(entries) as { UserPoolId: string; ClientName: string };
}

function clientOf(found: Record<string, unknown>): Partial<ClientArgs> {
  const { ClientSecret: _, ...rest } = found;
  const properties = Object.fromEntries(Object.entries(SPELLINGS).map(([property, spelled]) => [spelled, property]));
  const entries = Object.entries(rest).map(([key, value]): [string, unknown] => {
    const property = properties[key];
    return property === undefined ? (Object.entries(fromForm({ [key]: value }) as object)[0] as [string, unknown]) : [property, value];
  });
  return Object.fromEntries(entries);
}
