import assert from "node:assert/strict";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { resourceName } from "./names";
import { record } from "./testing/recorder";

/** How long AWS lets a name be, from the API reference of each service, and the input that holds it. */
const LIMITS: Record<string, [input: string, characters: number]> = {
  "aws:cloudfront/cachePolicy:CachePolicy": ["name", 128],
  "aws:cloudfront/distribution:Distribution": ["comment", 128],
  "aws:cloudfront/originAccessControl:OriginAccessControl": ["name", 64],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": ["name", 128],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName", 255],
  "aws:cloudwatch/logGroup:LogGroup": ["name", 512],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name", 255],
  "aws:dynamodb/table:Table": ["name", 255],
  "aws:iam/role:Role": ["name", 64],
  "aws:iam/rolePolicy:RolePolicy": ["name", 128],
  "aws:lambda/function:Function": ["name", 64],
  "aws:s3/bucket:Bucket": ["bucket", 63],
  "aws:scheduler/schedule:Schedule": ["name", 64],
  "aws:sns/topic:Topic": ["name", 256],
  "aws:sqs/queue:Queue": ["name", 80],
};

describe("resourceName", () => {
  it("ends in the environment", () => {
    assert.equal(resourceName("input", "dev"), "goldsport-scheduler-input-dev");
    assert.equal(resourceName("engine", "prod"), "goldsport-scheduler-engine-prod");
  });
});

for (const [longest, exportUrl] of [
  [37, ""],
  [27, "https://bookings.example.com/export"],
] as const) {
  describe(`the program's names, with the longest env ${exportUrl === "" ? "of all" : "under which exports are fetched"}`, () => {
    it("are all as short as AWS asks for", async () => {
      const changes = { "goldsport-scheduler:env": "a".repeat(longest), "goldsport-scheduler:exportUrl": exportUrl };
      const { registrations } = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...changes }, "dev");
      const found = registrations.filter(({ type }) => type in LIMITS);
      assert.deepEqual([...new Set(found.map(({ type }) => type))].sort(), Object.keys(LIMITS));
      const tooLong = found.filter(({ type, inputs }) => {
        const [input, characters] = LIMITS[type] ?? ["", 0];
        const { length } = String(inputs[input]);
        return length === 0 || length > characters;
      });
      assert.deepEqual(
        tooLong.map(({ name, inputs }) => [name, inputs.name]),
        [],
      );
    });
  });
}

describe("the limits of names", () => {
  it("are known for all that has a name", async () => {
    const { registrations } = await record(goldsportScheduler, stackConfiguration("dev"), "dev");
    const unlimited = registrations.filter(({ type, inputs }) => inputs.name !== undefined && !(type in LIMITS));
    assert.deepEqual(
      unlimited.map(({ type }) => type),
      [],
    );
  });
});
