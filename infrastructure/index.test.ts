import assert from "node:assert/strict";
import { stackConfiguration } from "./configuration";
import goldsportScheduler from "./index";
import { ACCOUNT, all, named, only, type Recording, record } from "./testing/recorder";

for (const stack of ["dev", "prod"]) {
  describe(`the program, for ${stack}`, () => {
    let recording: Recording;

    before(async () => {
      recording = await record(goldsportScheduler, stackConfiguration(stack), stack);
    });

    it("names everything after the environment", () => {
      const names = recording.registrations
        .filter(({ type }) => !/bucketObjectv2|rolePolicy/.test(type))
        .flatMap(({ inputs }) => [inputs.bucket, inputs.name, inputs.dashboardName].filter((name) => name !== undefined));
      const alarms = ["failed-runs", "throttled-runs", "long-runs", "failures-waiting", "undelivered-failures", "dropped-events"];
      alarms.push("rejected-files", "torn-days", "refused-days");
      const expected = ["input", "web", "data", "engine", "failures", "alarms", "daily", "dashboard", ...alarms].map(
        (what) => `goldsport-scheduler-${what}-${stack}`,
      );
      const others = [`/aws/lambda/goldsport-scheduler-engine-${stack}`, `goldsport-scheduler-web-${stack}-data`];
      assert.deepEqual([...new Set(names)].sort(), [...expected, ...others].sort());
    });

    it("keeps both buckets and the table when it is destroyed, and protects them in prod", () => {
      for (const name of ["input-bucket", "web-bucket", "data-table"]) {
        const { retainOnDelete, protect } = named(recording, name);
        assert.deepEqual({ name, retainOnDelete, protect }, { name, retainOnDelete: true, protect: stack === "prod" });
      }
      assert.equal(named(recording, "data-table").inputs.deletionProtectionEnabled, stack === "prod");
      assert.deepEqual(recording.registrations.filter(({ protect }) => protect).length, stack === "prod" ? 3 : 0);
    });

    it("makes every resource with the provider that tags all with project and stack", () => {
      const provider = only(recording, "pulumi:providers:aws");
      assert.deepEqual(JSON.parse(String(provider.inputs.defaultTags)), { tags: { project: "goldsport-scheduler", stack } });
      assert.equal(provider.inputs.region, "eu-central-1");
      for (const { name, provider: maker } of recording.registrations.filter(({ type }) => !type.startsWith("pulumi:"))) {
        assert.equal(maker, "aws", name);
      }
    });

    it("gives the function its table, its bucket and the settings", () => {
      const { environment } = named(recording, "engine-function").inputs;
      assert.deepEqual(environment, {
        variables: {
          DATA_TABLE: `goldsport-scheduler-data-${stack}`,
          WEBSITE_BUCKET: `goldsport-scheduler-web-${stack}`,
          TIME_ZONE: "Europe/Prague",
          RETENTION_DAYS: "30",
          MAX_UPLOAD_MIB: "64",
          POWERTOOLS_SERVICE_NAME: `goldsport-scheduler-engine-${stack}`,
        },
      });
    });

    it("deletes uploads after 30 days, and keeps the log as long", () => {
      const [, expiry] = named(recording, "input-lifecycle").inputs.rules as { expiration?: { days: number } }[];
      assert.deepEqual(expiry?.expiration, { days: 30 });
      assert.equal(named(recording, "engine-log").inputs.retentionInDays, 30);
    });

    it("tells S3 to call the function only when every grant and the failure path are there", () => {
      const { dependsOn } = named(recording, "input-notification");
      assert.deepEqual(dependsOn.sort(), [
        "data-read-write",
        "engine-retries",
        "engine-send-failures",
        "engine-write-log",
        "input-invoke",
        "input-read",
        "web-read-write",
      ]);
    });

    it("calls the function every night of the school's time zone, once every grant is there", () => {
      const schedule = only(recording, "aws:scheduler/schedule:Schedule");
      assert.equal(schedule.inputs.scheduleExpressionTimezone, "Europe/Prague");
      assert.equal((schedule.inputs.target as { arn: string }).arn, recording.outputs.processorFunctionArn);
      const order = recording.registrations.map(({ name }) => name);
      for (const name of ["input-read", "data-read-write", "web-read-write", "engine-write-log", "engine-retries"]) {
        assert.ok(order.indexOf(name) < order.indexOf("daily-schedule"), name);
      }
    });

    it("has one notification and one bucket policy for each bucket", () => {
      assert.equal(all(recording, "aws:s3/bucketNotification:BucketNotification").length, 1);
      assert.deepEqual(
        all(recording, "aws:s3/bucketPolicy:BucketPolicy").map(({ inputs }) => inputs.bucket),
        [`goldsport-scheduler-input-${stack}`, `goldsport-scheduler-web-${stack}`],
      );
    });

    it("watches its own function, queue, table and distribution", () => {
      const alarms = all(recording, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => JSON.stringify(inputs.dimensions));
      assert.deepEqual([...new Set(alarms)].sort(), [
        `{"FunctionName":"goldsport-scheduler-engine-${stack}"}`,
        `{"QueueName":"goldsport-scheduler-failures-${stack}"}`,
        `{"service":"goldsport-scheduler-engine-${stack}"}`,
      ]);
      const { dashboardBody } = only(recording, "aws:cloudwatch/dashboard:Dashboard").inputs;
      assert.match(String(dashboardBody), /"DistributionId","web-distribution-id"/);
      assert.match(String(dashboardBody), new RegExp(`"TableName","goldsport-scheduler-data-${stack}"`));
    });

    it("writes to nobody and waits for no export, unless told", () => {
      assert.deepEqual(all(recording, "aws:sns/topicSubscription:TopicSubscription"), []);
      const names = all(recording, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
      assert.ok(!names.includes("monitoring-no-fresh-export"));
    });

    it("uploads nothing under data/, which is the function's", () => {
      const keys = all(recording, "aws:s3/bucketObjectv2:BucketObjectv2").map(({ inputs }) => String(inputs.key));
      assert.ok(keys.includes("index.html") && keys.includes("404.html"));
      assert.deepEqual(
        keys.filter((key) => key.startsWith("data/")),
        [],
      );
    });

    it("tells where everything is", () => {
      assert.deepEqual(recording.outputs, {
        inputBucketName: `goldsport-scheduler-input-${stack}`,
        websiteBucketName: `goldsport-scheduler-web-${stack}`,
        dataTableName: `goldsport-scheduler-data-${stack}`,
        processorFunctionName: `goldsport-scheduler-engine-${stack}`,
        processorFunctionArn: `arn:aws:lambda:mock:${ACCOUNT}:goldsport-scheduler-engine-${stack}`,
        failureQueueUrl: `https://sqs.mock/goldsport-scheduler-failures-${stack}`,
        distributionId: "web-distribution-id",
        websiteUrl: "https://web-distribution.cloudfront.mock",
        dashboardName: `goldsport-scheduler-dashboard-${stack}`,
        alarmTopicArn: `arn:aws:sns:mock:${ACCOUNT}:goldsport-scheduler-alarms-${stack}`,
        region: "eu-central-1",
      });
    });
  });
}

describe("the program, told how to reach AWS", () => {
  it("tells its provider all of it, and adds the owner's tags to its own", async () => {
    const configuration = {
      ...stackConfiguration("dev"),
      "aws:profile": "goldsport",
      "aws:allowedAccountIds": `["${ACCOUNT}"]`,
      "aws:assumeRoles": `[{"roleArn": "arn:aws:iam::${ACCOUNT}:role/deploy"}]`,
      "aws:defaultTags": '{"tags": {"cost-centre": "ski", "stack": "mine"}}',
    };
    const { inputs } = only(await record(goldsportScheduler, configuration, "dev"), "pulumi:providers:aws");
    const { skipCredentialsValidation: _, skipRegionValidation: __, ...told } = inputs;
    const parts = Object.entries(told).map(([key, value]) => [key, /^[[{]/.test(String(value)) ? JSON.parse(String(value)) : value]);
    assert.deepEqual(Object.fromEntries(parts), {
      region: "eu-central-1",
      profile: "goldsport",
      allowedAccountIds: [ACCOUNT],
      assumeRoles: [{ roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy` }],
      defaultTags: { tags: { "cost-centre": "ski", project: "goldsport-scheduler", stack: "dev" } },
    });
  });
});

describe("the program, told of keys", () => {
  const key = (id: number) => `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}`;
  const granted = async (settings: Record<string, string>, name: string) => {
    const entries = Object.entries(settings).map(([setting, value]) => [`goldsport-scheduler:${setting}`, value]);
    const recording = await record(goldsportScheduler, { ...stackConfiguration("dev"), ...Object.fromEntries(entries) }, "dev");
    const { Statement } = JSON.parse(String(named(recording, name).inputs.policy)) as { Statement: { Action: string; Resource: string }[] };
    return Statement.filter(({ Resource }) => Resource.includes(":kms:")).map(({ Action, Resource }) => [Action, Resource]);
  };
  const changed = { kmsKeyArn: key(3), formerKmsKeyArns: `${key(1)}, ${key(2)}` };
  const use = ["kms:Decrypt", "kms:GenerateDataKey"];

  it("lets the function read uploads under the key, and under former ones", async () => {
    const readable = [key(3), key(1), key(2)].map((one) => ["kms:Decrypt", one]);
    assert.deepEqual(await granted(changed, "input-read"), readable);
  });

  for (const owner of ["web-read-write", "data-read-write"]) {
    it(`lets the function read and write under the key, and read under former ones: ${owner}`, async () => {
      assert.deepEqual(await granted(changed, owner), [
        [use, key(3)],
        ["kms:Decrypt", key(1)],
        ["kms:Decrypt", key(2)],
      ]);
    });
  }

  it("lets the function hand over failures under the key", async () => {
    assert.deepEqual(await granted(changed, "engine-send-failures"), [[use, key(3)]]);
  });

  it("lets the function read what is left under a key that was taken back", async () => {
    assert.deepEqual(await granted({ formerKmsKeyArns: key(1) }, "web-read-write"), [["kms:Decrypt", key(1)]]);
  });
});

describe("the program, told something wrong", () => {
  for (const [key, value] of [
    ["goldsport-scheduler:kmsKey", "arn:aws:kms:eu-central-1:123456789012:key/1"],
    ["aws:allowedAccountId", '["123456789012"]'],
    ["aws:secretKey", "hidden"],
  ] as const) {
    it(`refuses ${key}, which nothing would read, and names the settings that there are`, async () => {
      const attempt = record(goldsportScheduler, { ...stackConfiguration("dev"), [key]: value });
      await assert.rejects(attempt, ({ message }: Error) => {
        assert.match(
          message,
          new RegExp(`^there is no setting ${key.replace("goldsport-scheduler:", "")}: there are accessLogBucket, adopt, `),
        );
        assert.ok(!message.includes(value));
        return true;
      });
    });
  }

  it("creates nothing", async () => {
    const configuration = { ...stackConfiguration("dev"), "goldsport-scheduler:retentionDays": "-1" };
    let created = 0;
    const attempt = record(() => goldsportScheduler(), configuration).then(({ registrations }) => {
      created = registrations.length;
    });
    await assert.rejects(attempt, { message: 'the setting retentionDays is "-1": it must be a whole number from 1 to 3650' });
    assert.equal(created, 0);
  });
});
