import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { AdminCreateUserCommand, AdminDeleteUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { DeleteBucketCorsCommand, GetBucketCorsCommand, ListObjectsV2Command, PutBucketCorsCommand } from "@aws-sdk/client-s3";
import type { AwsClient } from "aws4fetch";
import { CLERK, letIn } from "../../local/clerk";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { verify } from "../../stack/checks";
import { outcomeOf, send } from "../../stack/uploads";
import { askIdentities, authorization, exchange, fillIn, type PageSettings, pageSettings, signer, signIn } from "./office-session";

const PATIENCE_MS = 30_000;
const OTHER = "anna@example.com";
const ROSTER = "instructors/roster-2026-12-27.json";

describe("the office, through the doors that its page takes", function () {
  this.timeout(60_000);
  let stack: LocalStack;
  let settings: PageSettings;
  let home: string;
  let password: string;
  let clerk: AwsClient;

  before(async () => {
    stack = await startLocalStack({ config: { "goldsport-scheduler:officeUsers": `${CLERK}, ${OTHER}` } });
    settings = await pageSettings(stack);
    home = `${stack.url}/office/`;
    password = await letIn(stack.clients, stack.outputs, CLERK);
    clerk = await signer(settings, (await signIn(stack, CLERK, password)).id_token);
  });

  after(() => stack?.stop());

  const put = (key: string, body: string, headers: Record<string, string> = {}) =>
    clerk.fetch(`${settings.endpoints.s3}/${key}`, { method: "PUT", body, headers: { "x-amz-meta-uploaded-by": CLERK, ...headers } });
  const table = (action: string, parameters: object, who = clerk) =>
    who.fetch(`${settings.endpoints.dynamodb}/`, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `DynamoDB_20120810.${action}` },
      body: JSON.stringify({ TableName: settings.dataTableName, ...parameters }),
      aws: { service: "dynamodb" },
    });
  const key = (PK: string) => ({ KeyConditionExpression: "PK = :pk", ExpressionAttributeValues: { ":pk": { S: PK } } });

  it("is what its settings say, and verify tells of each thing that is not", async () => {
    const reached = { ...stack, name: "local" };
    const broken = async () =>
      (await verify(reached, stack.settings)).filter(({ problem }) => problem !== undefined).map(({ rule }) => rule);
    assert.deepEqual(await broken(), []);
    const { cognitoIdp, s3 } = stack.clients;
    const UserPoolId = stack.outputs.userPoolId;
    await cognitoIdp.send(new AdminCreateUserCommand({ UserPoolId, Username: "eve@example.com" }));
    const { CORSRules } = await s3.send(new GetBucketCorsCommand({ Bucket: settings.inputBucketName }));
    await s3.send(new DeleteBucketCorsCommand({ Bucket: settings.inputBucketName }));
    assert.deepEqual(await broken(), ["has the users that are set, and no other", "puts files from its website's page alone"]);
    await cognitoIdp.send(new AdminDeleteUserCommand({ UserPoolId, Username: "eve@example.com" }));
    await s3.send(new PutBucketCorsCommand({ Bucket: settings.inputBucketName, CORSConfiguration: { CORSRules } }));
    assert.deepEqual(await broken(), []);
  });

  it("is served with its page, with and without the slash, and may speak to the door and to nothing else", async () => {
    const page = await fetch(home);
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    const [own, speaks] = (page.headers.get("content-security-policy") ?? "").split("; ");
    assert.equal(own, "default-src 'self'");
    assert.deepEqual([...new Set(speaks?.split(" "))], ["connect-src", "'self'", stack.edge.door]);
    assert.match(await (await fetch(`${stack.url}/office`)).text(), /url=\/office\/"/);
    assert.equal((await fetch(stack.url)).headers.get("content-security-policy"), "default-src 'self'");
  });

  it("tells who has signed in", async () => {
    const { id_token } = await signIn(stack, CLERK, password);
    const claims = JSON.parse(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString());
    assert.deepEqual([claims.email, claims.aud], [CLERK, settings.clientId]);
    assert.equal(claims.iss, `https://cognito-idp.eu-central-1.amazonaws.com/${settings.userPoolId}`);
  });

  it("lets nobody in with a wrong password, nor with an invitation that was not taken up", async () => {
    for (const [name, secret] of [
      [CLERK, "Wrong-password-1"],
      [OTHER, password],
      ["nobody@example.com", password],
    ] as const) {
      const answer = await fillIn(settings, authorization(settings, home, "verifier"), name, secret);
      assert.equal(answer.status, 200, name);
      assert.equal(answer.headers.get("location"), null);
    }
  });

  it("leads back to its own page alone, and gives tokens for a code only to who asked for it, once", async () => {
    for (const elsewhere of ["https://example.com/", `${stack.url}/`, "http://127.0.0.1:1/office/"]) {
      const asked = authorization(settings, elsewhere, "verifier");
      const answer = await fetch(`${settings.signInUrl}/oauth2/authorize?${new URLSearchParams(asked)}`, { redirect: "manual" });
      assert.equal(answer.status, 400, elsewhere);
    }
    const asked = authorization(settings, home, "the verifier that is long enough for the purpose");
    const code = async () => {
      const { headers } = await fillIn(settings, asked, CLERK, password);
      return new URL(headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
    };
    assert.equal((await exchange(settings, home, await code(), "another verifier that is as long as the purpose")).status, 400);
    const once = await code();
    assert.equal((await exchange(settings, home, once, "the verifier that is long enough for the purpose")).status, 200);
    assert.equal((await exchange(settings, home, once, "the verifier that is long enough for the purpose")).status, 400);
  });

  it("takes a password on the sign-in page alone", async () => {
    const answer = await fetch(`${settings.endpoints.cognitoIdp}/`, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
      body: JSON.stringify({
        ClientId: settings.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: CLERK, PASSWORD: password },
      }),
    });
    assert.equal(answer.status, 400);
  });

  it("takes a roster", async () => {
    const answer = await put(ROSTER, JSON.stringify({ date: "2026-12-27", assignments: [] }));
    assert.equal(answer.status, 200, await answer.text());
    assert.ok(answer.headers.get("etag"));
  });

  it("takes a second roster only over the one that its clerk knows", async () => {
    const body = JSON.stringify({ date: "2026-12-27", assignments: [] });
    const known = (await clerk.fetch(`${settings.endpoints.s3}/${ROSTER}`)).headers.get("etag") ?? "";
    assert.equal((await put(ROSTER, `${body} `, { "if-match": known })).status, 200);
    assert.equal((await put(ROSTER, body, { "if-match": known })).status, 412);
    assert.equal((await put(ROSTER, body, { "if-none-match": "*" })).status, 412);
  });

  it("finds what became of a roster, and by whom it was put", async () => {
    const told = async () => ((await (await table("Query", key("UPLOADS"))).json()) as { Items: Record<string, { S?: string }>[] }).Items;
    let Items = await told();
    // It is written last, when all that the file says is in force.
    for (const deadline = Date.now() + PATIENCE_MS; Items.length === 0 && Date.now() < deadline; Items = await told()) {
      await delay(50);
    }
    assert.ok(Items.length > 0);
    for (const item of Items) {
      assert.deepEqual([item.key?.S, item.uploaded_by?.S, item.outcome?.S], [ROSTER, CLERK, "accepted"]);
    }
  });

  it("reads what it shows: a day, what is in force, what became of uploads", async () => {
    await send({ ...stack, name: "local" }, { key: "orders/office.txt.tsv", body: Buffer.from("not an export") });
    await outcomeOf({ ...stack, name: "local" }, "orders/office.txt.tsv");
    for (const partition of ["SCHEDULE#2026-12-27", "SOURCE#profiles", "REJECTED", "UPLOADS"]) {
      const answer = await table("Query", key(partition));
      assert.equal(answer.status, 200, await answer.clone().text());
    }
    assert.equal((await table("GetItem", { Key: { PK: { S: "SOURCE#profiles" }, SK: { S: "LATEST" } } })).status, 200);
  });

  it("is refused everything else", async () => {
    const s3 = (method: string, place: string, body?: string) =>
      clerk.fetch(`${stack.edge.door}/${place}`, { method, body, aws: { service: "s3" } });
    const input = settings.inputBucketName;
    const { websiteBucketName } = stack.outputs;
    const Item = { PK: { S: "SCHEDULE#2026-12-27" }, SK: { S: "META" } };
    const requests: Record<string, () => Promise<Response>> = {
      "to read an export": () => s3("GET", `${input}/orders/office.txt.tsv`),
      "to list uploads": () => s3("GET", `${input}?list-type=2`),
      "to put elsewhere in the bucket": () => s3("PUT", `${input}/fetcher/last.json`, "{}"),
      "to delete a roster": () => s3("DELETE", `${input}/${ROSTER}`),
      "to change the bucket": () => s3("PUT", `${input}?cors`, "<CORSConfiguration/>"),
      "to put a document": () => s3("PUT", `${websiteBucketName}/data/schedule.json`, "{}"),
      "to put the page": () => s3("PUT", `${websiteBucketName}/office/settings.json`, "{}"),
      "to read the website's bucket": () => s3("GET", `${websiteBucketName}/index.html`),
      "to list buckets": () => s3("GET", ""),
      "to read which exports are in force": () => table("Query", key("SOURCE#orders")),
      "to read an item of another partition": () => table("GetItem", { Key: { PK: { S: "OTHER#1" }, SK: { S: "LATEST" } } }),
      "to scan": () => table("Scan", {}),
      "to put an item": () => table("PutItem", { Item }),
      "to change an item": () => table("UpdateItem", { Key: Item }),
      "to delete an item": () => table("DeleteItem", { Key: Item }),
      "to write in a batch": () => table("BatchWriteItem", { RequestItems: { [settings.dataTableName]: [{ PutRequest: { Item } }] } }),
      "to describe the table": () => table("DescribeTable", {}),
      "to list users": () => identityProvider("ListUsers", { UserPoolId: settings.userPoolId }),
      "to invite": () => identityProvider("AdminCreateUser", { UserPoolId: settings.userPoolId, Username: "eve@example.com" }),
    };
    const through: string[] = [];
    for (const [what, request] of Object.entries(requests)) {
      const answer = await request();
      const text = await answer.text();
      if (!/AccessDenied/.test(text)) {
        through.push(`${what}: ${answer.status} ${text}`);
      }
    }
    assert.deepEqual(through, []);
    const { Contents = [] } = await stack.clients.s3.send(new ListObjectsV2Command({ Bucket: input }));
    assert.deepEqual(Contents.map(({ Key }) => Key).sort(), [ROSTER, "orders/office.txt.tsv"]);
  });

  it("lends nothing to guests, nor for a token that is not the user pool's", async () => {
    const guest = await signer(settings);
    assert.match(await (await table("Query", key("SCHEDULE#2026-12-27"), guest)).text(), /AccessDenied/);
    const { access_token, id_token } = await signIn(stack, CLERK, password);
    const forged = `${id_token.split(".").slice(0, 2).join(".")}.${Buffer.alloc(256).toString("base64url")}`;
    for (const token of [access_token, forged, "nothing"]) {
      const Logins = { [`cognito-idp.${settings.region}.amazonaws.com/${settings.userPoolId}`]: token };
      const answer = await askIdentities(settings, "GetId", { IdentityPoolId: settings.identityPoolId, Logins });
      assert.equal(answer.status, 400, token.slice(0, 20));
    }
  });

  it("takes files from its own website's page alone", async () => {
    const preflight = (origin: string) =>
      fetch(`${settings.endpoints.s3}/${ROSTER}`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "PUT",
          "access-control-request-headers": "authorization,if-match,x-amz-meta-uploaded-by,x-amz-security-token",
        },
      });
    const own = await preflight(stack.url);
    assert.deepEqual([own.status, own.headers.get("access-control-allow-origin")], [200, stack.url]);
    const another = await preflight("https://example.com");
    assert.deepEqual([another.status, another.headers.get("access-control-allow-origin")], [403, null]);
    // As a browser does, which says where it is when the page has signed.
    const signed = await clerk.sign(`${settings.endpoints.s3}/${ROSTER}`);
    const answer = await fetch(signed, { headers: { ...Object.fromEntries(signed.headers), origin: stack.url } });
    assert.equal(answer.headers.get("access-control-allow-origin"), stack.url);
    assert.match(answer.headers.get("access-control-expose-headers") ?? "", /ETag/);
  });

  it("signs out, back to its page", async () => {
    const asked = new URLSearchParams({ client_id: settings.clientId, logout_uri: home });
    const answer = await fetch(`${settings.signInUrl}/logout?${asked}`, { redirect: "manual" });
    assert.equal(answer.headers.get("location"), home);
  });

  function identityProvider(action: string, parameters: object): Promise<Response> {
    return clerk.fetch(`${settings.endpoints.cognitoIdp}/`, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityProviderService.${action}` },
      body: JSON.stringify(parameters),
      aws: { service: "cognito-idp" },
    });
  }
});
