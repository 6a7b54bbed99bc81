import assert from "node:assert/strict";
import { type Emulator, REGION, startEmulator } from "../../local/emulator";
import { createProvider, type Provider } from "../../local/provider";
import { clientsFor, ROOT } from "../../stack/clients";
import { inOffice, OFFICE_LIVES } from "./office-lives";
import { ENCRYPTION, lead, leadFunction, makeSchool, OWN_KEYS } from "./provider-life";
import { expiry, LIVES, type Life } from "./provider-lives";

describe("the provider, in front of the embedded AWS", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: Provider;
  let placed: (life: Life) => Life;

  before(async () => {
    emulator = await startEmulator();
    const { endpoint, certificate } = emulator;
    provider = createProvider(clientsFor({ region: REGION, endpoint, certificate, credentials: ROOT }));
    await makeSchool(provider, emulator.folder);
    placed = await inOffice(provider);
  });

  after(() => emulator?.stop());

  for (const life of [...LIVES, ...OFFICE_LIVES]) {
    it(`makes, finds, ${life.change === undefined ? "" : "changes, "}imports and removes ${life.type}`, () => lead(provider, placed(life)));
  }

  it("makes and changes a function: its code, its settings and its tags", () => leadFunction(provider, emulator.folder));

  it("encrypts a bucket, which S3 goes on to do when it is told to no more", async () => {
    const made = await provider.create(ENCRYPTION, "it", { bucket: "school", rules: OWN_KEYS });
    assert.deepEqual(await provider.read(ENCRYPTION, "school", made.inputs), made);
    await provider.delete(ENCRYPTION, "school", made.state);
    assert.deepEqual(await provider.read(ENCRYPTION, "school", made.inputs), made);
  });

  it("refuses a bucket and a table that are there already, in AWS's words", async () => {
    await assert.rejects(provider.create("aws:s3/bucket:Bucket", "again", { bucket: "school" }), /again\): BucketAlreadyOwnedByYou: /);
    const table = { name: "twice", hashKey: "PK", attributes: [{ name: "PK", type: "S" }], billingMode: "PAY_PER_REQUEST" };
    await provider.create("aws:dynamodb/table:Table", "twice", table);
    await assert.rejects(provider.create("aws:dynamodb/table:Table", "twice", table), /ResourceInUseException: /);
  });

  it("refuses what it would drop from inside an input", async () => {
    const rules = [{ ...expiry(30), transitions: [{ days: 5, storageClass: "GLACIER" }] }];
    await assert.rejects(
      provider.create("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "cold", { bucket: "school", rules }),
      /cold\): rules was to be .*GLACIER.*, but AWS has /,
    );
  });

  it("tells who is asking, and where", async () => {
    assert.equal((await provider.call("aws:index/getCallerIdentity:getCallerIdentity", {})).accountId, "000000000000");
    assert.equal((await provider.call("aws:index/getRegion:getRegion", {})).region, REGION);
  });
});
