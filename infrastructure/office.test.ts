import assert from "node:assert/strict";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { withBuiltOffice } from "./testing/built-office";
import { ACCOUNT, all, named, only, type Recording, record } from "./testing/recorder";

const SITE = "https://web-distribution.cloudfront.mock";
const SIGN_IN = `https://goldsport-dev-${ACCOUNT}.auth.eu-central-1.amazoncognito.com`;
const AWS = (service: string) => `https://${service}.eu-central-1.amazonaws.com`;
const INPUT = "https://goldsport-scheduler-input-dev.s3.eu-central-1.amazonaws.com";
const OWN = /office|refused-sign-ins|input-cors/;

const settings = { "goldsport-scheduler:officeUsers": "anna@example.com, petr@example.com", "goldsport-scheduler:officeLanguage": "de" };

describe("the program with an office", () => {
  withBuiltOffice();
  let recording: Recording;
  let plain: Recording;

  before(async () => {
    plain = await record(goldsportScheduler, stackConfiguration("dev"), "dev");
    recording = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...settings }, "dev");
  });

  it("makes nothing more and changes nothing where nobody may use it", () => {
    assert.deepEqual(
      plain.registrations.filter(({ name }) => OWN.test(name)),
      [],
    );
    assert.deepEqual(
      Object.keys(plain.outputs).filter((name) => /office|userPool/.test(name)),
      [],
    );
    // Made in another order, as the website now waits for the account's id.
    const shared = ({ registrations }: Recording) =>
      registrations
        .filter(({ name }) => !OWN.test(name) && !/dashboard|web-distribution/.test(name))
        .sort((a, b) => a.name.localeCompare(b.name));
    assert.deepEqual(shared(recording), shared(plain));
  });

  it("tells where the page is, and who may use it", () => {
    assert.deepEqual([recording.outputs.officeUrl, recording.outputs.userPoolId], [`${SITE}/office/`, "office-users-id"]);
  });

  it("lets in only those who are invited, by their address, with a long password and, if they wish, a second factor", () => {
    const { inputs, protect } = only(recording, "aws:cognito/userPool:UserPool");
    const { adminCreateUserConfig, verificationMessageTemplate, ...rest } = inputs;
    assert.equal((adminCreateUserConfig as { allowAdminCreateUserOnly: boolean }).allowAdminCreateUserOnly, true);
    assert.match(JSON.stringify(adminCreateUserConfig), /<a href=\\"https:\/\/web-distribution\.cloudfront\.mock\/office\/\\">.+Einladung/);
    assert.match(JSON.stringify(verificationMessageTemplate), /"CONFIRM_WITH_CODE".+Code für/);
    assert.equal(protect, false);
    assert.deepEqual(rest, {
      name: "goldsport-scheduler-office-dev",
      userPoolTier: "ESSENTIALS",
      deletionProtection: "INACTIVE",
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 7,
      },
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
    });
    assert.deepEqual(
      all(recording, "aws:cognito/user:User").map((user) => user.inputs),
      ["anna@example.com", "petr@example.com"].map((address) => ({
        userPoolId: "office-users-id",
        username: address,
        attributes: { email: address, email_verified: "true" },
        desiredDeliveryMediums: ["EMAIL"],
      })),
    );
  });

  it("invites nobody before there is something to sign in to: page, sign-in pages and rights", () => {
    const page = ["settings.json", "assets/index-abc.js", "index.html", "redirect.html"].map((file) => `office/${file}`);
    for (const { dependsOn } of all(recording, "aws:cognito/user:User")) {
      assert.deepEqual(dependsOn, ["office-style", ...page, "input-cors", "input-office", "data-office"]);
    }
    assert.deepEqual(named(recording, "office-style").dependsOn, ["office-sign-in"]);
  });

  it("protects its users where the stack is protected, in Pulumi and in Cognito", async () => {
    const prod = await record(goldsportScheduler, { ...stackConfiguration("prod"), ...settings }, "prod");
    const { inputs, protect } = only(prod, "aws:cognito/userPool:UserPool");
    assert.deepEqual([inputs.deletionProtection, protect], ["ACTIVE", true]);
  });

  it("signs in on Cognito's pages alone, by code, back to the page and nowhere else, and lets nobody change the own address", () => {
    const { inputs } = only(recording, "aws:cognito/userPoolClient:UserPoolClient");
    assert.deepEqual(inputs, {
      name: "goldsport-scheduler-office-dev",
      userPoolId: "office-users-id",
      generateSecret: false,
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["openid", "email", "aws.cognito.signin.user.admin"],
      callbackUrls: [`${SITE}/office/`],
      logoutUrls: [`${SITE}/office/`],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      readAttributes: ["email", "email_verified"],
      writeAttributes: ["name"],
      accessTokenValidity: 1,
      idTokenValidity: 1,
      refreshTokenValidity: 12,
      tokenValidityUnits: { accessToken: "hours", idToken: "hours", refreshToken: "hours" },
    });
    const { domain, managedLoginVersion } = only(recording, "aws:cognito/userPoolDomain:UserPoolDomain").inputs;
    assert.deepEqual([`https://${domain}.auth.eu-central-1.amazoncognito.com`, managedLoginVersion], [SIGN_IN, 2]);
    assert.equal(only(recording, "aws:cognito/managedLoginBranding:ManagedLoginBranding").inputs.clientId, "office-client-id");
  });

  it("names the sign-in pages within the 63 characters that an address may have", async () => {
    const longest = { ...stackConfiguration("dev"), ...settings, "goldsport-scheduler:env": "a".repeat(37) };
    const { domain } = only(await record(goldsportScheduler, longest, "dev"), "aws:cognito/userPoolDomain:UserPoolDomain").inputs;
    assert.equal(String(domain).length, 60);
  });

  it("takes files from its own website's page alone", () => {
    assert.deepEqual(only(recording, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration").inputs, {
      bucket: "goldsport-scheduler-input-dev",
      corsRules: [
        {
          allowedOrigins: [SITE],
          allowedMethods: ["GET", "PUT"],
          allowedHeaders: ["authorization", "content-type", "if-match", "if-none-match", "x-amz-*"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  });

  it("serves the page under office/ with a policy that names what it speaks to, and is else as the display's", () => {
    const { orderedCacheBehaviors } = only(recording, "aws:cloudfront/distribution:Distribution").inputs;
    const [data, preview, office] = orderedCacheBehaviors as Record<string, unknown>[];
    const { cachePolicyId } = only(recording, "aws:cloudfront/distribution:Distribution").inputs.defaultCacheBehavior as typeof office & {};
    assert.deepEqual(office, { ...data, pathPattern: "office/*", cachePolicyId, responseHeadersPolicyId: "web-office-headers-id" });
    assert.deepEqual(preview, { ...office, pathPattern: "office/preview", responseHeadersPolicyId: "web-office-preview-headers-id" });
    const headers = (name: string) => JSON.stringify(named(recording, name).inputs);
    const speaksTo = [SIGN_IN, AWS("cognito-idp"), AWS("cognito-identity"), INPUT, AWS("dynamodb")].join(" ");
    assert.equal(
      headers("web-office-headers")
        .replace("goldsport-scheduler-web-dev-office", "goldsport-scheduler-web-dev")
        .replace(`; connect-src 'self' ${speaksTo}; base-uri 'none'; form-action 'none'`, ""),
      headers("web-headers"),
    );
  });

  it("has the display once more, for a frame of its own site: nothing else may be in any frame", () => {
    const headers = (name: string) => JSON.stringify(named(recording, name).inputs);
    assert.equal(
      headers("web-office-preview-headers").replace("dev-office-preview", "dev").replace('"SAMEORIGIN"', '"DENY"'),
      headers("web-headers"),
    );
    const { key, source, contentType, cacheControl } = named(recording, "web/office/preview").inputs;
    assert.deepEqual([key, source], ["office/preview", named(recording, "web/index.html").inputs.source]);
    assert.deepEqual([contentType, cacheControl], ["text/html; charset=utf-8", "no-cache"]);
  });

  it("puts the page where its address says, after all that it needs, and takes it away with the office", async () => {
    const files = all(recording, "aws:s3/bucketObjectv2:BucketObjectv2").filter(({ name }) => name.startsWith("office/"));
    assert.deepEqual(
      files.map(({ inputs, dependsOn, retainOnDelete }) => [
        inputs.key,
        inputs.contentType,
        inputs.cacheControl,
        dependsOn.length,
        retainOnDelete,
      ]),
      [
        ["office/settings.json", "application/json; charset=utf-8", "no-cache", 0, false],
        ["office/assets/index-abc.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", 1, false],
        ["office/", "text/html; charset=utf-8", "no-cache", 2, false],
        ["office", "text/html; charset=utf-8", "no-cache", 3, false],
      ],
    );
    const { source } = named(recording, "office/redirect.html").inputs as { source: { text: Promise<string> } };
    assert.match(await source.text, /url=\/office\/"/);
  });

  it("tells the page of its stack", async () => {
    const { source } = named(recording, "office/settings.json").inputs as { source: { text: Promise<string> } };
    assert.deepEqual(JSON.parse(await source.text), {
      region: "eu-central-1",
      userPoolId: "office-users-id",
      clientId: "office-client-id",
      identityPoolId: "office-identities-id",
      signInUrl: SIGN_IN,
      inputBucketName: "goldsport-scheduler-input-dev",
      dataTableName: "goldsport-scheduler-data-dev",
      timeZone: "Europe/Prague",
      maxUploadMib: 64,
      language: "de",
      endpoints: {
        cognitoIdp: AWS("cognito-idp"),
        cognitoIdentity: AWS("cognito-identity"),
        s3: INPUT,
        dynamodb: AWS("dynamodb"),
      },
    });
  });

  it("lends its role to those alone who have signed in, with a token that is looked at each time", () => {
    assert.deepEqual(only(recording, "aws:cognito/identityPool:IdentityPool").inputs, {
      identityPoolName: "goldsport-scheduler-office-dev",
      allowUnauthenticatedIdentities: false,
      allowClassicFlow: false,
      cognitoIdentityProviders: [
        {
          clientId: "office-client-id",
          providerName: "cognito-idp.eu-central-1.amazonaws.com/office-users-id",
          serverSideTokenCheck: true,
        },
      ],
    });
    const { roles } = only(recording, "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment").inputs;
    assert.deepEqual(roles, { authenticated: `arn:aws:iam:mock:${ACCOUNT}:goldsport-scheduler-office-dev` });
  });

  it("goes off when many sign-ins are refused, and shows them", () => {
    const { inputs } = named(recording, "monitoring-refused-sign-ins");
    assert.deepEqual([inputs.threshold, inputs.treatMissingData], [20, "notBreaching"]);
    const dimensions = { UserPool: "office-users-id", UserPoolClient: "office-client-id" };
    const counted = { namespace: "AWS/Cognito", metricName: "SignInSuccesses", period: 300, dimensions };
    assert.deepEqual(inputs.metricQueries, [
      { id: "tried", metric: { ...counted, stat: "SampleCount" } },
      { id: "succeeded", metric: { ...counted, stat: "Sum" } },
      { id: "refused", expression: "tried - succeeded", label: "refused", returnData: true },
    ]);
    const { dashboardBody } = only(recording, "aws:cloudwatch/dashboard:Dashboard").inputs;
    assert.match(String(dashboardBody), /"AWS\/Cognito","SignInSuccesses","UserPool","office-users-id"/);
  });
});
