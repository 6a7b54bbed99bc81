import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { stackConfiguration } from "./configuration";
import { type Settings, settingsFrom } from "./settings";

const valid: Record<string, string> = {
  env: "dev",
  "aws:region": "eu-central-1",
  "aws:profile": "goldsport",
  "aws:allowedAccountIds": '["123456789012"]',
  "aws:forbiddenAccountIds": "",
  "aws:assumeRoles": '[{"roleArn": "arn:aws:iam::123456789012:role/deploy", "externalId": "school"}]',
  "aws:defaultTags": '{"tags": {"cost-centre": "ski"}}',
  timeZone: "Europe/Prague",
  retentionDays: "30",
  inputRetentionDays: "30",
  logRetentionDays: "30",
  maxUploadMib: "64",
  protect: "false",
  adopt: "false",
  alarmEmail: "office@example.com",
  freshnessHours: "3",
  openingHours: "08:00-16:00",
  exportUrl: "https://bookings.example.com/export?form=tsv",
  exportEveryMinutes: "10",
  exportSecret: "/goldsport/export",
  exportMapping: "docs/mappings/piste-desk.yaml",
  officeUsers: "Anna@example.com, petr@example.com",
  officeLanguage: "cs",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/0123abcd-4567-89ab-cdef-0123456789ab",
  formerKmsKeyArns:
    "arn:aws:kms:eu-central-1:123456789012:key/1123abcd-4567-89ab-cdef-0123456789ab, arn:aws:kms:eu-central-1:123456789012:key/2123abcd",
  accessLogBucket: "the-logs",
  webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/site/0123abcd-4567-89ab-cdef-0123456789ab",
};

/** Those that may be left out: nothing is the default. */
const OPTIONAL = ["alarmEmail", "exportUrl", "exportSecret", "exportMapping", "kmsKeyArn", "accessLogBucket", "webAclArn"];

/** Those of them that are read into parts. */
const IN_PARTS = [
  "officeUsers",
  "formerKmsKeyArns",
  "aws:profile",
  "aws:allowedAccountIds",
  "aws:forbiddenAccountIds",
  "aws:assumeRoles",
  "aws:defaultTags",
];

const read = (changes: Record<string, string | undefined> = {}): Settings => settingsFrom((key) => ({ ...valid, ...changes })[key]);

describe("settings", () => {
  it("are read whole, each in its type", () => {
    assert.deepEqual(read({ protect: "true" }), {
      env: "dev",
      region: "eu-central-1",
      provider: {
        profile: "goldsport",
        allowedAccountIds: ["123456789012"],
        forbiddenAccountIds: undefined,
        assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/deploy", externalId: "school" }],
        tags: { "cost-centre": "ski" },
      },
      timeZone: "Europe/Prague",
      retentionDays: 30,
      inputRetentionDays: 30,
      logRetentionDays: 30,
      maxUploadMib: 64,
      protect: true,
      adopt: false,
      alarmEmail: "office@example.com",
      freshnessHours: 3,
      openingHours: { from: 8 * 60, until: 16 * 60 },
      exportUrl: "https://bookings.example.com/export?form=tsv",
      exportEveryMinutes: 10,
      exportSecret: "/goldsport/export",
      exportMapping: parse(readFileSync("docs/mappings/piste-desk.yaml", "utf8")),
      officeUsers: ["anna@example.com", "petr@example.com"],
      officeLanguage: "cs",
      kmsKeyArn: valid.kmsKeyArn,
      formerKmsKeyArns: [
        "arn:aws:kms:eu-central-1:123456789012:key/1123abcd-4567-89ab-cdef-0123456789ab",
        "arn:aws:kms:eu-central-1:123456789012:key/2123abcd",
      ],
      accessLogBucket: "the-logs",
      webAclArn: valid.webAclArn,
    });
  });

  for (const key of OPTIONAL) {
    it(`do without ${key}`, () => {
      assert.ok(!read({ [key]: undefined })[key as keyof Settings]);
      assert.ok(!read({ [key]: "" })[key as keyof Settings]);
    });
  }

  it("do without what they tell the provider beside the region, without an office and without former keys", () => {
    const nothing = { profile: undefined, allowedAccountIds: undefined, forbiddenAccountIds: undefined, assumeRoles: undefined, tags: {} };
    for (const empty of [undefined, ""]) {
      const { provider, formerKmsKeyArns, officeUsers } = read(Object.fromEntries(IN_PARTS.map((key) => [key, empty])));
      assert.deepEqual({ provider, formerKmsKeyArns, officeUsers }, { provider: nothing, formerKmsKeyArns: [], officeUsers: [] });
    }
  });

  for (const key of Object.keys(valid).filter((each) => ![...OPTIONAL, ...IN_PARTS].includes(each))) {
    it(`miss ${key} with a sentence that names it and says how to set it`, () => {
      const sentence = new RegExp(`^the setting ${key} is missing: it must be .+ \\(pulumi config set ${key} …\\)$`);
      assert.throws(() => read({ [key]: undefined }), { message: sentence });
      assert.throws(() => read({ [key]: "" }), { message: sentence });
    });
  }

  const wrong: [key: string, value: string, allowed: RegExp][] = [
    ["env", "Dev", /1 to 37 lower-case letters, digits and hyphens/],
    ["env", "my_school", /1 to 37 lower-case letters, digits and hyphens/],
    ["env", "-dev", /a letter or digit at both ends/],
    ["env", "dev-", /a letter or digit at both ends/],
    ["env", "a".repeat(38), /1 to 37/],
    ["env", "north-s3alias", /none of S3's own endings/],
    ["env", "s3alias", /none of S3's own endings/],
    ["aws:region", "eu-centra-1", /one of AWS's commercial regions, for example eu-central-1/],
    ["aws:region", "us-gov-west-1", /one of AWS's commercial regions/],
    ["aws:region", "cn-north-1", /one of AWS's commercial regions/],
    ["aws:profile", "my profile", /the name of a profile, or empty/],
    ["aws:allowedAccountIds", "123456789012", /a list of account ids of 12 digits, for example \["123456789012"\], or empty/],
    ["aws:allowedAccountIds", "[12345678901]", /a list of account ids/],
    ["aws:allowedAccountIds", "[]", /a list of account ids/],
    ["aws:forbiddenAccountIds", '["school"]', /a list of account ids/],
    ["aws:assumeRoles", '{"roleArn": "arn:aws:iam::123456789012:role/deploy"}', /a list of roles, for example \[\{"roleArn": /],
    ["aws:assumeRoles", '[{"roleArn": "deploy"}]', /a list of roles/],
    ["aws:defaultTags", '{"cost-centre": "ski"}', /tags, for example \{"tags": \{"cost-centre": "ski"\}\}, or empty/],
    ["aws:defaultTags", '{"tags": {"cost-centre": 7}}', /tags, for example/],
    ["timeZone", "Europe/Atlantis", /IANA time zone database/],
    ["timeZone", "europe/prague", /spelled as there/],
    ["timeZone", "+01:00", /IANA time zone database/],
    ["timeZone", "CEST", /IANA time zone database/],
    ["retentionDays", "-1", /a whole number from 1 to 3650/],
    ["retentionDays", "0", /a whole number from 1 to 3650/],
    ["retentionDays", "1.5", /a whole number from 1 to 3650/],
    ["retentionDays", "1e3", /a whole number from 1 to 3650/],
    ["retentionDays", "a month", /a whole number from 1 to 3650/],
    ["inputRetentionDays", "-30", /a whole number from 1 to 3650/],
    ["logRetentionDays", "31", /one of the days that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30/],
    ["logRetentionDays", "-30", /one of the days that CloudWatch Logs offers/],
    ["maxUploadMib", "1000", /a whole number from 1 to 128/],
    ["protect", "yes", /true or false/],
    ["adopt", "1", /true or false/],
    ["alarmEmail", "office", /an e-mail address, or empty/],
    ["alarmEmail", "office@example.com, boss@example.com", /an e-mail address, or empty/],
    ["officeUsers", "anna", /e-mail addresses with commas between, each once, or empty: "anna" is none$/],
    ["officeUsers", "anna@example.com, petr@", /: "petr@" is none$/],
    ["officeUsers", "anna@example.com,", /: "" is none$/],
    ["officeUsers", "anna@example.com petr@example.com", /: "anna@example.com petr@example.com" is none$/],
    ["officeUsers", "anna@example.com, ANNA@example.com", /: "anna@example.com" is there twice$/],
    ["officeUsers", `${"a".repeat(120)}@example.com`, /" is none$/],
    ["officeUsers", "anna/petr@example.com", /: "anna\/petr@example.com" is none$/],
    ["officeUsers", "anežka@example.com", /: "anežka@example.com" is none$/],
    ["officeLanguage", "fr", /one of cs, en, de, pl$/],
    ["env", "laws", /without aws, amazon and cognito in it where officeUsers is set/],
    ["kmsKeyArn", "alias/school", /the ARN of a KMS key in the stack's region \(arn:aws:kms:eu-central-1:…:key\/…\), or empty/],
    ["kmsKeyArn", "arn:aws:kms:eu-west-1:123456789012:key/0123abcd", /in the stack's region \(arn:aws:kms:eu-central-1:…/],
    [
      "formerKmsKeyArns",
      "arn:aws:kms:eu-west-1:123456789012:key/0123abcd",
      /ARNs of KMS keys in the stack's region \(.+\), with commas between/,
    ],
    ["formerKmsKeyArns", `${valid.kmsKeyArn} ${valid.kmsKeyArn}`, /with commas between, or empty/],
    ["accessLogBucket", "s3://the-logs", /the name of a bucket, or empty/],
    [
      "webAclArn",
      "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/site/0123",
      /the ARN of a web ACL for CloudFront \(arn:aws:wafv2:us-east-1:…/,
    ],
    ["openingHours", "8-16", /two times of one day with a hyphen between, the earlier first, for example 08:00-16:00/],
    ["openingHours", "16:00-08:00", /the earlier first/],
    ["openingHours", "08:00-24:30", /two times of one day/],
    ["openingHours", "08:60-16:00", /two times of one day/],
    ["freshnessHours", "-1", /a whole number from 0 to 7/],
    // From 08:00 to 16:00 in winter is from 09:00 to 17:00 in summer: 7 hours are open in both.
    ["freshnessHours", "8", /a whole number from 0 to 7 \(0 is off; more is not open all year, in openingHours and timeZone\)/],
  ];
  for (const [key, value, allowed] of wrong) {
    it(`refuse ${key} = "${value}", saying what it may be`, () => {
      assert.throws(
        () => read({ [key]: value }),
        (error: Error) => {
          assert.ok(error.message.startsWith(`the setting ${key} is "${value}": it must be `), error.message);
          assert.match(error.message, allowed);
          return true;
        },
      );
    });
  }

  for (const [key, value] of [
    ["env", "a".repeat(37)],
    ["env", "0"],
    ["aws:region", "us-east-1"],
    ["aws:region", "ap-southeast-2"],
    ["aws:region", "il-central-1"],
    ["timeZone", "America/Argentina/Buenos_Aires"],
    ["timeZone", "UTC"],
    ["timeZone", "Europe/Kyiv"],
    ["retentionDays", "3650"],
    ["freshnessHours", "7"],
    ["freshnessHours", "0"],
  ] as const) {
    it(`take ${key} = "${value}"`, () => {
      // Of an other region there can be neither this key nor these logs, and with a long env nothing is fetched.
      const rest = { kmsKeyArn: "", formerKmsKeyArns: "", accessLogBucket: "", exportUrl: "" };
      assert.equal(String(read({ ...rest, [key]: value })[key === "aws:region" ? "region" : key]), value);
    });
  }

  it("take as many users of the office as can be written to within a day", () => {
    const users = (many: number) => Array.from({ length: many }, (_, index) => `clerk.${index}+office@example.com`).join(",");
    assert.equal(read({ officeUsers: users(50) }).officeUsers.length, 50);
    const message = /^the setting officeUsers is ".+": it must be .+: they are 51, and Cognito sends an account's users 50 mails a day$/;
    assert.throws(() => read({ officeUsers: users(51) }), { message });
  });

  it("take an environment that Cognito would not, where there is no office", () => {
    assert.equal(read({ env: "laws", officeUsers: "" }).env, "laws");
  });

  it("take an account id that is written as a number", () => {
    assert.deepEqual(read({ "aws:allowedAccountIds": "[123456789012]" }).provider.allowedAccountIds, ["123456789012"]);
  });

  it("refuse more than fits into a function's environment, where each quote of a mapping counts twice", () => {
    const address = "https://bookings.example.com/";
    const measured = (length: number, exportMapping: string) => read({ exportUrl: address.padEnd(length, "a"), exportMapping });
    const most = 3840 - '{"EXPORT_URL":"","EXPORT_SECRET":"/goldsport/export"}'.length;
    assert.equal(measured(most, "").exportUrl?.length, most);
    assert.throws(() => measured(most + 1, ""), {
      message: /^the setting exportUrl is "https.+": it must be shorter: Lambda takes 3840 bytes of .+, not 3841$/,
    });
    const mapping = Buffer.byteLength(`,"EXPORT_MAPPING":${JSON.stringify(JSON.stringify(read().exportMapping))}`);
    assert.equal(measured(most - mapping, "docs/mappings/piste-desk.yaml").exportUrl?.length, most - mapping);
    assert.throws(() => measured(most - mapping + 1, "docs/mappings/piste-desk.yaml"), {
      message: /^the setting exportMapping is "docs\/mappings\/piste-desk.yaml": it must be shorter: .+, not 3841$/,
    });
  });

  it("refuse to fetch under an env that is too long for the names of what fetches", () => {
    assert.equal(read({ env: "a".repeat(27) }).env.length, 27);
    const message = /^the setting exportUrl is ".+": it must be empty where env has more than 27 characters: AWS /;
    assert.throws(() => read({ env: "a".repeat(28) }), { message });
  });

  it("refuse access logs where CloudFront writes none", () => {
    const milan = { "aws:region": "eu-south-1", kmsKeyArn: "", formerKmsKeyArns: "" };
    assert.throws(() => read(milan), {
      message: /^the setting accessLogBucket is "the-logs": it must be empty in eu-south-1: CloudFront /,
    });
    assert.equal(read({ ...milan, accessLogBucket: "" }).region, "eu-south-1");
  });

  it("are all described in Pulumi.yaml, with a type, and a default unless every stack has its own", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, { type?: string; description?: string; default?: unknown }>;
    };
    assert.deepEqual(
      Object.keys(config).sort(),
      Object.keys(valid)
        .filter((key) => !key.startsWith("aws:"))
        .sort(),
    );
    for (const [key, { type, description, default: value }] of Object.entries(config)) {
      assert.ok(type && description, key);
      assert.equal(value === undefined, key === "env", key);
    }
  });

  it("hold for every stack that has a file", () => {
    for (const stack of ["dev", "prod", "local"]) {
      const configuration = stackConfiguration(stack);
      const settings = settingsFrom((key) => configuration[key.includes(":") ? key : `goldsport-scheduler:${key}`]);
      assert.equal(settings.env, stack);
      assert.equal(settings.protect, stack === "prod");
    }
  });
});
