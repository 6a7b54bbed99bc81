import assert from "node:assert/strict";
import { FakeAws } from "../testing/aws";
import { Trouble } from "./trouble";

const KEY = "instructors/roster-2026-12-27.json";

const isTrouble = (kind: string) => (error: unknown) => error instanceof Trouble && error.kind === kind;

describe("what the page asks of AWS", () => {
  let aws: FakeAws;
  const put = (replaces: string | null | undefined) => aws.bucket.put(KEY, { body: new Blob(["{}"]), type: "application/json" }, replaces);

  beforeEach(() => {
    aws = new FakeAws();
  });

  it("is signed in the name of who is signed in, whose address every file bears", async () => {
    await put(undefined);
    const { headers, url } = aws.asked.at(-1) ?? assert.fail();
    assert.equal(url, `https://s3.example/${KEY}`);
    assert.match(headers.get("authorization") ?? "", /Credential=key\/20261227\/eu-central-1\/s3\/aws4_request.*x-amz-meta-uploaded-by/);
    assert.equal(headers.get("x-amz-meta-uploaded-by"), "jana@example.com");
    assert.equal(headers.get("x-amz-security-token"), "session");
  });

  it("asks for credentials once, and anew shortly before they end", async () => {
    const times = () => aws.asked.filter(({ headers }) => headers.get("x-amz-target")?.endsWith("GetCredentialsForIdentity")).length;
    await aws.bucket.get(KEY);
    await aws.bucket.get(KEY);
    assert.equal(times(), 1);
    aws.now += 56 * 60_000;
    await aws.bucket.get(KEY);
    assert.equal(times(), 2);
  });

  it("is asked again with new credentials when the old ones have expired, once", async () => {
    aws.refusals = 1;
    assert.deepEqual(await aws.table.query("UPLOADS", ""), []);
    aws.refusals = 2;
    await assert.rejects(aws.table.query("UPLOADS", ""), isTrouble("signed-out"));
  });

  it("tells a session that is over from a network that is not there", async () => {
    aws.isSignedIn = false;
    await assert.rejects(put(undefined), isTrouble("signed-out"));
    aws.isSignedIn = true;
    aws.isReachable = false;
    await assert.rejects(put(undefined), isTrouble("offline"));
  });

  it("replaces only the version that is named, or none", async () => {
    await put(null);
    await assert.rejects(put(null), isTrouble("changed"));
    await assert.rejects(put('"another"'), isTrouble("changed"));
    assert.equal(await put(aws.etagOf(KEY)), aws.etagOf(KEY));
  });

  it("asks again where AWS is too busy to answer, and gives up in the end", async () => {
    aws.busyTimes = 3;
    assert.deepEqual(await aws.table.query("UPLOADS", ""), []);
    aws.busyTimes = 1;
    await put(undefined);
    aws.busyTimes = 1;
    assert.equal((await aws.bucket.get(KEY))?.text, "{}");
    aws.busyTimes = 9;
    await assert.rejects(aws.table.query("UPLOADS", ""), isTrouble("refused"));
  });

  it("takes what it was to replace for changed when that has expired", async () => {
    await assert.rejects(put('"expired"'), isTrouble("changed"));
  });

  it("tells of a clerk whose address is not in ASCII", async () => {
    aws.email = "žaneta@example.com";
    await put(undefined);
    assert.equal(aws.asked.at(-1)?.headers.get("x-amz-meta-uploaded-by"), "%C5%BEaneta@example.com");
  });

  it("lends nothing once the page is left", async () => {
    await put(undefined);
    aws.credentials.close();
    await assert.rejects(put(undefined), isTrouble("signed-out"));
  });

  it("takes a file that may not be listed for one that is not there", async () => {
    assert.equal(await aws.bucket.get(KEY), undefined);
    await put(null);
    assert.deepEqual(await aws.bucket.get(KEY), { etag: aws.etagOf(KEY), text: "{}" });
  });
});
