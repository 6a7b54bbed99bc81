import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { only, type Recording, record } from "../testing/recorder";
import { DataTable } from "./data-table";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0123abcd";
const tableName = "goldsport-scheduler-data-test";

describe("DataTable", () => {
  let recording: Recording;

  before(async () => {
    recording = await record(() => {
      const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
      new DataTable("data", { tableName, protect: false }).grantReadWrite(role);
    });
  });

  it("has string keys, is paid per request, lets items leave, and can be restored", () => {
    assert.deepEqual(only(recording, "aws:dynamodb/table:Table").inputs, {
      name: tableName,
      hashKey: "PK",
      rangeKey: "SK",
      attributes: [
        { name: "PK", type: "S" },
        { name: "SK", type: "S" },
      ],
      billingMode: "PAY_PER_REQUEST",
      ttl: { attributeName: "expires_at", enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: false,
      serverSideEncryption: { enabled: false },
    });
  });

  it("is under a key of one's own where there is one, and says so where there is none: left out, it would stay under a former one", async () => {
    const encryption = async (kmsKeyArn?: string) =>
      only(await record(() => new DataTable("data", { tableName, protect: false, kmsKeyArn })), "aws:dynamodb/table:Table").inputs
        .serverSideEncryption;
    assert.deepEqual(await encryption(KEY), { enabled: true, kmsKeyArn: KEY });
    assert.deepEqual(await encryption(), { enabled: false });
  });

  it("is kept when the stack is destroyed", () => {
    const { retainOnDelete, protect } = only(recording, "aws:dynamodb/table:Table");
    assert.deepEqual({ retainOnDelete, protect }, { retainOnDelete: true, protect: false });
  });

  it("is protected twice where it is told to be", async () => {
    const guarded = only(await record(() => new DataTable("data", { tableName, protect: true })), "aws:dynamodb/table:Table");
    assert.equal(guarded.protect, true);
    assert.equal(guarded.inputs.deletionProtectionEnabled, true);
  });

  it("grants to read and write items of this table, by key", () => {
    const { policy } = only(recording, "aws:iam/rolePolicy:RolePolicy").inputs;
    const [statement, ...more] = JSON.parse(String(policy)).Statement;
    assert.deepEqual(more, []);
    assert.equal(statement.Resource, `arn:aws:dynamodb:mock:123456789012:${tableName}`);
    assert.ok(!JSON.stringify(statement.Action).match(/Scan|Table|\*/));
  });
});
