import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineStack, startEngineStack } from "./engine-stack";

const COMPONENTS = "infrastructure/components";

describe("the policy pack, in Pulumi's engine", function () {
  this.timeout(180_000);
  let engine: EngineStack;
  const changed = new Map<string, string>();

  before(async () => {
    engine = await startEngineStack("dev");
  });

  afterEach(() => {
    for (const [path, text] of changed) {
      writeFileSync(path, text);
    }
  });

  after(() => engine?.stop());

  it("refuses at preview what breaks a rule, and says which and how: a table, and what each bucket lacks", async () => {
    change("data-table.ts", "pointInTimeRecovery: { enabled: true }", "pointInTimeRecovery: { enabled: false }");
    const [chained, alone] = ["this.enforceOwner(bucket, this.blockPublicAccess(bucket))", "this.blockPublicAccess(bucket)"];
    change("private-bucket.ts", chained, alone);
    const { exitCode, output } = await engine.command("pulumi preview --stack dev --policy-pack policy");
    assert.notEqual(exitCode, 0, output);
    assert.match(output, /DynamoDB\.2: it cannot be restored/);
    assert.match(output, /S3\.12: the bucket goldsport-scheduler-input-dev has no BucketOwnershipControls/);
    assert.match(output, /S3\.12: the bucket goldsport-scheduler-web-dev has no BucketOwnershipControls/);
  });

  it("lets the program be deployed, having looked at all that it made", async () => {
    const { exitCode, output } = await engine.command("pulumi up --stack dev --yes --policy-pack policy");
    assert.equal(exitCode, 0, output);
    assert.match(output, /goldsport-scheduler@v1\.0\.0/);
    assert.match(output, /[78]\d created/);
    assert.doesNotMatch(output, /mandatory/);
  });

  /** Changes the project's copy until the test ends. */
  function change(file: string, from: string, to: string): void {
    const path = join(engine.folder, COMPONENTS, file);
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(from), `${file} has no ${from}`);
    changed.set(path, text);
    writeFileSync(path, text.replace(from, to));
  }
});
