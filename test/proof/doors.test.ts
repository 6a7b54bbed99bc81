import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateDistributionCommand, GetDistributionConfigCommand } from "@aws-sdk/client-cloudfront";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { filesBelow } from "../../infrastructure/files";
import { trustPolicy } from "../../infrastructure/policies";
import { REGION } from "../../local/emulator";
import { type LocalStack, startLocalStack } from "../../local/stack";
import { type Clients, clientsFor, ROOT } from "../../stack/clients";
import { published } from "../../stack/published";
import { exportOf } from "../e2e/exports";
import { processorRoleArn } from "../e2e/role-probe";
import { figures } from "./figures";
import { credentialsOf, type RoleCredentials } from "./role-credentials";
import { ask, requestsFor, type UnsignedRequest } from "./unsigned";

const SITE = "dist/website";
const SECRET = "Tajemství";
const UPLOAD = "orders/season.tsv";

describe("the doors", function () {
  this.timeout(120_000);
  let stack: LocalStack;
  let buckets: string[];
  let role: RoleCredentials;

  before(async () => {
    stack = await startLocalStack();
    buckets = [stack.outputs.inputBucketName, stack.outputs.websiteBucketName];
    await stack.clients.s3.send(
      new PutObjectCommand({ Bucket: buckets[0], Key: UPLOAD, Body: exportOf({ name_participant: "Eva", location_meeting: SECRET }) }),
    );
    await published(stack.url, UPLOAD);
    role = await credentialsOf(stack, processorRoleArn(stack));
  });

  after(() => stack?.stop());

  describe("without credentials", () => {
    it("nothing of either bucket is read or written, whatever is asked and under whatever name", async () => {
      const before = await everything();
      const requests = buckets.flatMap((bucket) => requestsFor(bucket, bucket === buckets[0] ? UPLOAD : "data/schedule.json"));
      const given = await thatGoThrough(requests);
      assert.deepEqual(given, []);
      assert.deepEqual(await everything(), before);
      figures("doors", { "unsigned requests to the buckets, all refused": requests.length });
    });

    it("neither with keys that are made up, nor with the function's key and another secret", async () => {
      const wrong = [
        { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" },
        { ...role, secretAccessKey: "guessed" },
        { ...role, sessionToken: "guessed" },
      ];
      for (const credentials of wrong) {
        const { s3, dynamodb, lambda } = as(credentials);
        await refused(s3.send(new ListObjectsV2Command({ Bucket: buckets[0] })));
        await refused(s3.send(new GetObjectCommand({ Bucket: buckets[0], Key: UPLOAD })));
        await refused(s3.send(new PutObjectCommand({ Bucket: buckets[1], Key: "index.html", Body: "x" })));
        await refused(dynamodb.send(new GetItemCommand({ TableName: stack.outputs.dataTableName, Key: pointer })));
        await refused(lambda.send(new InvokeCommand({ FunctionName: stack.outputs.processorFunctionName })));
      }
    });

    it("the table, the function and the queue answer nothing", async () => {
      const { dataTableName, processorFunctionName, failureQueueUrl } = stack.outputs;
      const target = (path: string, body: string): UnsignedRequest => ({ method: "POST", path, body });
      const given = await thatGoThrough([
        target("/", JSON.stringify({ TableName: dataTableName })),
        target(`/2015-03-31/functions/${processorFunctionName}/invocations`, "{}"),
        target(new URL(failureQueueUrl).pathname, "Action=ReceiveMessage"),
      ]);
      assert.deepEqual(given, []);
    });
  });

  it("are closed to plain HTTP, even to those who may enter", async () => {
    const { endpoint, certificate } = stack;
    const { s3 } = clientsFor({ region: REGION, endpoint, certificate, credentials: role });
    const { sqs } = clientsFor({ region: REGION, endpoint, certificate, credentials: ROOT });
    const upload = () => s3.send(new GetObjectCommand({ Bucket: buckets[0], Key: UPLOAD }));
    await upload();
    // The embedded AWS listens to TLS alone; this is how a proxy before it tells that the request came to it without.
    s3.middlewareStack.add(cameByPlainHttp, { step: "build" });
    sqs.middlewareStack.add(cameByPlainHttp, { step: "build" });
    await refused(upload());
    await refused(s3.send(new GetObjectCommand({ Bucket: buckets[1], Key: "data/schedule.json" })));
    await refused(sqs.send(new ReceiveMessageCommand({ QueueUrl: stack.outputs.failureQueueUrl })));
  });

  describe("through CloudFront", () => {
    it("comes every file of the site, as it was built", async () => {
      for (const file of filesBelow(SITE)) {
        const answer = await fetch(`${stack.url}/${file}`);
        assert.equal(answer.status, 200, file);
        assert.deepEqual(Buffer.from(await answer.arrayBuffer()), readFileSync(join(SITE, file)), file);
      }
      assert.equal(await (await fetch(stack.url)).text(), readFileSync(join(SITE, "index.html"), "utf8"));
    });

    it("come the documents", async () => {
      const { days } = await published(stack.url, UPLOAD);
      for (const { path, lessons } of days) {
        const answer = await fetch(`${stack.url}/${path}`);
        assert.equal(answer.status, 200);
        assert.equal(((await answer.json()) as { lessons: unknown[] }).lessons.length, lessons);
      }
      figures("doors", { "files of the site, and documents": filesBelow(SITE).length + days.length + 1 });
    });

    it("comes nothing else: no upload, no list, no setting, no other bucket", async () => {
      const { host } = new URL(stack.outputs.websiteUrl);
      const paths = [
        `/${UPLOAD}`,
        "/data/",
        "/data/days/",
        "/data/days/1999-01-01.json",
        "/data/../orders/season.tsv",
        "/assets/",
        "/?list-type=2",
        "/?policy",
        "/?website",
        "/?versions",
        `/${buckets[0]}/${UPLOAD}`,
        `/..%2f${buckets[0]}%2f${UPLOAD}`,
        `/../${buckets[0]}/${UPLOAD}`,
        `//${buckets[0]}/${UPLOAD}`,
        "/data/schedule.json?acl",
        "/data/schedule.json?tagging",
        "/data/schedule.json%00",
      ];
      const home = readFileSync(join(SITE, "index.html"), "utf8");
      for (const path of paths) {
        const { status, body } = await ask(stack, { method: "GET", path, host });
        const isKnown = body === home || (path.startsWith("/data/schedule.json?") && "days" in JSON.parse(body));
        assert.ok(status === 404 || status === 400 || status === 403 || (status === 200 && isKnown), `${path}: ${status} ${body}`);
        assert.doesNotMatch(body, /ListBucketResult|<Policy|AccessControlPolicy|Tagging|id_order/, path);
      }
    });

    it("comes nothing to another distribution, though it is of the same account and signs its requests", async () => {
      const { cloudfront } = stack.clients;
      const { DistributionConfig } = await cloudfront.send(new GetDistributionConfigCommand({ Id: stack.outputs.distributionId }));
      assert.ok(DistributionConfig);
      const { Distribution } = await cloudfront.send(
        new CreateDistributionCommand({ DistributionConfig: { ...DistributionConfig, CallerReference: "another" } }),
      );
      const host = Distribution?.DomainName ?? "";
      for (const path of ["/index.html", "/data/schedule.json"]) {
        const { status, body } = await ask(stack, { method: "GET", path, host });
        assert.ok(status === 403 || status === 404, `${path}: ${status} ${body}`);
      }
    });

    it("goes nothing: every method that writes is refused", async () => {
      const before = await everything();
      for (const method of ["PUT", "POST", "PATCH", "DELETE"]) {
        for (const path of ["index.html", "data/schedule.json", "data/new.json", "?delete"]) {
          const { status } = await fetch(`${stack.url}/${path}`, { method, body: "x" });
          assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`);
        }
      }
      assert.deepEqual(await everything(), before);
    });
  });

  describe("another role", () => {
    let another: Clients;

    before(async () => {
      const { Role } = await stack.clients.iam.send(
        new CreateRoleCommand({ RoleName: "another", AssumeRolePolicyDocument: trustPolicy("lambda.amazonaws.com") }),
      );
      another = as(await credentialsOf(stack, Role?.Arn ?? ""));
    });

    it("cannot invoke the function, neither at once nor later", async () => {
      for (const InvocationType of ["RequestResponse", "Event", "DryRun"] as const) {
        await refused(another.lambda.send(new InvokeCommand({ FunctionName: stack.outputs.processorFunctionName, InvocationType })));
      }
    });

    it("cannot become the function", async () => {
      await refused(another.sts.send(new AssumeRoleCommand({ RoleArn: processorRoleArn(stack), RoleSessionName: "another" })));
    });

    it("reads neither uploads nor the table", async () => {
      await refused(another.s3.send(new GetObjectCommand({ Bucket: buckets[0], Key: UPLOAD })));
      await refused(another.dynamodb.send(new GetItemCommand({ TableName: stack.outputs.dataTableName, Key: pointer })));
    });
  });

  const pointer = { PK: { S: "SOURCE#orders" }, SK: { S: "LATEST" } };
  const as = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
    clientsFor({ region: REGION, endpoint: stack.endpoint, certificate: stack.certificate, credentials });

  /** Every object of both buckets, with its content's hash. */
  async function everything(): Promise<string[]> {
    const lists = await Promise.all(buckets.map((Bucket) => stack.clients.s3.send(new ListObjectsV2Command({ Bucket }))));
    return lists.flatMap(({ Name, Contents = [] }) => Contents.map(({ Key, ETag }) => `${Name}/${Key} ${ETag}`));
  }

  /** Those of some requests that were not refused, or whose refusal tells what it should not. */
  async function thatGoThrough(requests: UnsignedRequest[]): Promise<string[]> {
    const given: string[] = [];
    for (const request of requests) {
      const { status, body } = await ask(stack, request);
      if (status < 400 || status >= 500 || body.includes(SECRET) || body.includes("schema_version")) {
        given.push(`${request.method} ${request.host ?? ""}${request.path}: ${status} ${body.slice(0, 200)}`);
      }
    }
    return given;
  }
});

/** Waits for a call, which must have been refused for want of a right. */
async function refused(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error: { name: string; $metadata?: { httpStatusCode?: number } }) => {
    assert.match(
      `${error.name} ${error.$metadata?.httpStatusCode}`,
      /AccessDenied|UnrecognizedClient|InvalidSignature|InvalidToken|403/,
      String(error),
    );
    return true;
  });
}

/** Marks each request of a client as one that came without TLS. */
function cameByPlainHttp<A extends { request: unknown }, R>(next: (args: A) => Promise<R>): (args: A) => Promise<R> {
  return (args) => {
    (args.request as { headers: Record<string, string> }).headers["x-forwarded-proto"] = "http";
    return next(args);
  };
}
