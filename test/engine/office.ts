import assert from "node:assert/strict";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import type { EngineStack } from "./engine-stack";

const SITE = "goldsport-scheduler-web-dev";
const USER = (address: string) => `aws:cognito/user:User office/${address}`;
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution web-distribution";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard monitoring-dashboard";

/** What an invitation leads to. */
const INVITED_TO = [
  DISTRIBUTION,
  "aws:s3/bucketObjectv2:BucketObjectv2 office/redirect.html",
  "aws:cognito/managedLoginBranding:ManagedLoginBranding office-style",
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment office-lends-role",
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration input-cors",
  "aws:iam/rolePolicy:RolePolicy input-office",
  "aws:iam/rolePolicy:RolePolicy data-office",
];

/** The rules of an office that comes and goes. Afterwards there is none, and nothing is left to change. */
export function describeOffice(stack: () => EngineStack): void {
  describe("an office", () => {
    it("is made when somebody is invited, and then leaves nothing to change", async () => {
      await stack().set("officeUsers", "anna@example.com");
      const { create = [], ...others } = await stack().up();
      assert.deepEqual(others, { update: [DISTRIBUTION, DASHBOARD] });
      assert.ok(create.includes("aws:cognito/userPool:UserPool office-users"));
      const there = stack().last.endedBefore(USER("anna@example.com"));
      assert.deepEqual(
        INVITED_TO.filter((label) => !there.includes(label)),
        [],
      );
      const { officeUrl, websiteUrl } = await stack().outputs();
      assert.equal(officeUrl, `${websiteUrl}/office/`);
      assert.deepEqual(await stack().refresh(), {});
      assert.deepEqual(await stack().preview(), {});
    });

    it("takes in who is invited later, and lets nobody else go", async () => {
      await stack().set("officeUsers", "anna@example.com, petr@example.com");
      assert.deepEqual(await stack().up(), { create: [USER("petr@example.com")] });
      await stack().set("officeUsers", "petr@example.com");
      assert.deepEqual(await stack().up(), { delete: [USER("anna@example.com")] });
    });

    it("writes in another language without losing its users", async () => {
      await stack().set("officeLanguage", "de");
      const page = "aws:s3/bucketObjectv2:BucketObjectv2 office/settings.json";
      assert.deepEqual(await stack().up(), { update: ["aws:cognito/userPool:UserPool office-users", page] });
    });

    it("is taken away with its page and its users when nobody is invited, and leaves the website as it was", async () => {
      await stack().set("officeUsers", "");
      const { delete: gone = [], ...others } = await stack().up();
      assert.deepEqual(others, { update: [DISTRIBUTION, DASHBOARD] });
      assert.ok(gone.includes(USER("petr@example.com")) && gone.includes("aws:iam/role:Role office-role"));
      const { clients } = stack();
      assert.deepEqual((await clients.cognitoIdp.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools, []);
      await assert.rejects(clients.s3.send(new HeadObjectCommand({ Bucket: SITE, Key: "office/" })), { name: "NotFound" });
      assert.deepEqual(await stack().preview(), {});
    });
  });
}

/** The rules of closing an office of a protected prod. Afterwards neither the office nor the protection is there. */
export function describeClosing(stack: () => EngineStack): void {
  describe("an office that is protected", () => {
    const pools = async () => (await stack().clients.cognitoIdp.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools ?? [];

    it("is not closed in the deployment that takes the protection back: its preview says so, with all users still there", async () => {
      await stack().set("officeUsers", "anna@example.com");
      await stack().up();
      await stack().set("protect", "false");
      await stack().set("officeUsers", "");
      await assert.rejects(stack().preview(), /office-users.*protect/s);
      assert.equal((await pools()).length, 1);
    });

    it("is closed in the next one", async () => {
      await stack().set("officeUsers", "anna@example.com");
      assert.deepEqual(await stack().up(), {
        update: ["aws:cognito/userPool:UserPool office-users", "aws:dynamodb/table:Table data-table"],
      });
      await stack().set("officeUsers", "");
      const { delete: gone = [] } = await stack().up();
      assert.ok(gone.includes(USER("anna@example.com")) && gone.includes("aws:cognito/userPool:UserPool office-users"));
      assert.deepEqual(await pools(), []);
    });
  });
}
