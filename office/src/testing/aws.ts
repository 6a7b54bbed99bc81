import { createHash } from "node:crypto";
import { Bucket, type Send } from "../aws/bucket";
import { Credentials } from "../aws/credentials";
import { Table } from "../aws/table";
import { Trouble } from "../aws/trouble";
import type { Settings } from "../settings";

export const SETTINGS: Settings = {
  region: "eu-central-1",
  userPoolId: "eu-central-1_pool",
  clientId: "client",
  identityPoolId: "eu-central-1:identities",
  signInUrl: "https://sign-in.example",
  inputBucketName: "input",
  dataTableName: "data",
  timeZone: "Europe/Prague",
  maxUploadMib: 64,
  language: "cs",
  endpoints: {
    cognitoIdp: "https://idp.example",
    cognitoIdentity: "https://identity.example",
    s3: "https://s3.example",
    dynamodb: "https://dynamodb.example",
  },
};

/** What was asked of AWS. */
export interface Asked {
  url: string;
  headers: Headers;
  body: string;
}

/** As much of AWS as the page speaks to. */
export class FakeAws {
  readonly asked: Asked[] = [];
  /** Items of the table, by partition. */
  readonly items: Record<string, ({ SK: string } & Record<string, unknown>)[]> = {};
  readonly files = new Map<string, string>();
  isSignedIn = true;
  email = "jana@example.com";
  isReachable = true;
  /** How often AWS is still too busy to answer. */
  busyTimes = 0;
  /** How often credentials are still refused as expired. */
  refusals = 0;
  now = Date.parse("2026-12-27T06:40:00Z");

  readonly surroundings = {
    fetch: ((input: string | Request, init?: RequestInit) => this.answer(new Request(input, init))) as typeof fetch,
    send: (async ({ url, headers, body }, onProgress) => {
      if (!this.isReachable) throw new Trouble("offline", "the upload broke off");
      const answer = await this.answer(new Request(url, { method: "PUT", headers, body: await body.text() }));
      onProgress(body.size);
      return { status: answer.status, text: await answer.text(), etag: answer.headers.get("etag") };
    }) satisfies Send,
    now: () => this.now,
    delay: async (milliseconds: number) => {
      this.now += milliseconds;
    },
    clerk: async () => (this.isSignedIn ? { email: this.email, idToken: "token", accessToken: "access" } : undefined),
  };
  readonly credentials = new Credentials(SETTINGS, this.surroundings);
  readonly table = new Table(SETTINGS, this.credentials, this.surroundings);
  readonly bucket = new Bucket(SETTINGS, this.credentials, this.surroundings);

  etagOf(key: string): string | undefined {
    const text = this.files.get(key);
    return text === undefined ? undefined : `"${createHash("md5").update(text).digest("hex")}"`;
  }

  private async answer(request: Request): Promise<Response> {
    if (!this.isReachable) throw new TypeError("Failed to fetch");
    const { url, headers } = request;
    const body = await request.text();
    this.asked.push({ url, headers, body });
    const { host, pathname } = new URL(url);
    const action = headers.get("x-amz-target")?.split(".")[1];
    if (action === "GetId") return Response.json({ IdentityId: "identity" });
    if (action === "GetCredentialsForIdentity") {
      return Response.json({
        Credentials: { AccessKeyId: "key", SecretKey: "secret", SessionToken: "session", Expiration: this.now / 1000 + 3600 },
      });
    }
    if (this.busyTimes > 0) {
      this.busyTimes--;
      return host === "dynamodb.example"
        ? Response.json({ __type: "ThrottlingException" }, { status: 400 })
        : new Response("SlowDown", { status: 503 });
    }
    if (this.refusals > 0) {
      this.refusals--;
      return Response.json({ __type: "ExpiredTokenException" }, { status: 400 });
    }
    if (host === "dynamodb.example") return this.answerOfTable(action ?? "", JSON.parse(body));
    return this.answerOfBucket(request, decodeURIComponent(pathname.slice(1)), body);
  }

  private answerOfTable(action: string, asked: { Key: Spelled; ExpressionAttributeValues: Spelled }): Response {
    const { Key: key, ExpressionAttributeValues: values } = asked;
    if (action === "GetItem") {
      const item = this.items[key.PK?.S ?? ""]?.find(({ SK }) => SK === key.SK?.S);
      return Response.json(item ? { Item: spell(item).M } : {});
    }
    const [from = "", to] = [values[":from"]?.S, values[":to"]?.S];
    const isMeant = ({ SK }: { SK: string }) => (to === undefined ? SK.startsWith(from) : SK >= from && SK <= to);
    const found = (this.items[values[":pk"]?.S ?? ""] ?? []).filter(isMeant);
    return Response.json({ Items: found.map((item) => spell(item).M) });
  }

  private answerOfBucket({ method, headers }: Request, key: string, body: string): Response {
    const etag = this.etagOf(key);
    if (method === "GET") {
      return etag === undefined ? new Response("AccessDenied", { status: 403 }) : new Response(this.files.get(key), { headers: { etag } });
    }
    const [match, none] = [headers.get("if-match"), headers.get("if-none-match")];
    if (match !== null && etag === undefined) return new Response("NoSuchKey", { status: 404 });
    if ((match !== null && match !== etag) || (none === "*" && etag !== undefined)) return new Response("", { status: 412 });
    this.files.set(key, body);
    return new Response("", { headers: { etag: this.etagOf(key) ?? "" } });
  }
}

type Spelled = Record<string, { S?: string; M?: Spelled }>;

function spell(value: unknown): Record<string, unknown> {
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: `${value}` };
  if (typeof value === "boolean") return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(spell) };
  return { M: Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, spell(inner)])) };
}
