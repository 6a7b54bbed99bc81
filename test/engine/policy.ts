import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "./engine-stack";

const COMPONENTS = "infrastructure/components";

/** The rules of the policy pack, for a deployed dev, which stays as it is. */
export function describePolicy(stack: () => EngineStack): void {
  describe("the policy pack, in Pulumi's engine", () => {
    const changed = new Map<string, string>();

    afterEach(() => {
      for (const [path, text] of changed) {
        writeFileSync(path, text);
      }
    });

    it("refuses at preview what breaks a rule, and says which and how: a table, and what each bucket lacks", async () => {
      change("data-table.ts", "pointInTimeRecovery: { enabled: true }", "pointInTimeRecovery: { enabled: false }");
      const [chained, alone] = ["this.enforceOwner(bucket, this.blockPublicAccess(bucket))", "this.blockPublicAccess(bucket)"];
      change("private-bucket.ts", chained, alone);
      const { exitCode, output } = await stack().command("pulumi preview --stack dev --policy-pack policy");
      assert.notEqual(exitCode, 0, output);
      assert.match(output, /DynamoDB\.2: it cannot be restored/);
      assert.match(output, /S3\.12: the bucket goldsport-scheduler-input-dev has no BucketOwnershipControls/);
      assert.match(output, /S3\.12: the bucket goldsport-scheduler-web-dev has no BucketOwnershipControls/);
    });

    it("lets the program be deployed, having looked at all that there is", async () => {
      const { exitCode, output } = await stack().command("pulumi up --stack dev --yes --policy-pack policy");
      assert.equal(exitCode, 0, output);
      assert.match(output, /goldsport-scheduler@v1\.0\.0/);
      assert.match(output, /[78]\d unchanged/);
      assert.doesNotMatch(output, /mandatory/);
    });

    /** Changes the project's copy until the test ends. */
    function change(file: string, from: string, to: string): void {
      const path = join(stack().folder, COMPONENTS, file);
      const text = readFileSync(path, "utf8");
      assert.ok(text.includes(from), `${file} has no ${from}`);
      changed.set(path, text);
      writeFileSync(path, text.replace(from, to));
    }
  });
}
