import assert from "node:assert/strict";
import type { Settings } from "../settings";
import { keyUri, SecondFactor } from "./second-factor";
import type { Trouble } from "./trouble";

const SETTINGS = { endpoints: { cognitoIdp: "https://cognito-idp.example" } } as Settings;

/** A second factor at a Cognito that gives these answers, in turn; `asked` is what it was asked. */
function factorAt(answers: [status: number, body: object][], token: string | undefined = "token") {
  const asked: [action: string, request: object][] = [];
  const fetch = async (_: unknown, init: RequestInit) => {
    asked.push([new Headers(init.headers).get("x-amz-target")?.split(".")[1] ?? "", JSON.parse(String(init.body))]);
    const [status, body] = answers.shift() ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, factor: new SecondFactor(SETTINGS, { fetch: fetch as typeof globalThis.fetch, accessToken: async () => token }) };
}

describe("a second factor", () => {
  it("is asked for from the right code on, and not before", async () => {
    const { asked, factor } = factorAt([
      [200, { SecretCode: "ABCD" }],
      [200, { Status: "SUCCESS" }],
      [200, {}],
    ]);
    assert.equal(await factor.begin(), "ABCD");
    assert.equal(await factor.confirm("123456"), true);
    assert.deepEqual(
      asked.map(([action]) => action),
      ["AssociateSoftwareToken", "VerifySoftwareToken", "SetUserMFAPreference"],
    );
    assert.deepEqual(asked.at(-1)?.[1], { AccessToken: "token", SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  });

  it("is not set up by another code", async () => {
    const { asked, factor } = factorAt([[400, { __type: "EnableSoftwareTokenMFAException", message: "Code mismatch" }]]);
    assert.equal(await factor.confirm("000000"), false);
    assert.equal(asked.length, 1);
  });

  it("says whether it is set up, and goes when it is no longer wanted", async () => {
    const { asked, factor } = factorAt([
      [200, { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }],
      [200, {}],
      [200, {}],
    ]);
    assert.equal(await factor.isSetUp(), true);
    await factor.remove();
    assert.deepEqual(asked.at(-1)?.[1], { AccessToken: "token", SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false } });
    assert.equal(await factor.isSetUp(), false);
  });

  it("needs somebody who is signed in", async () => {
    const kind = (trouble: unknown) => (trouble as Trouble).kind === "signed-out";
    await assert.rejects(() => factorAt([[400, { __type: "NotAuthorizedException" }]]).factor.isSetUp(), kind);
    const late = new SecondFactor(SETTINGS, { fetch: globalThis.fetch, accessToken: async () => undefined });
    await assert.rejects(() => late.begin(), kind);
  });

  it("is told to an app as apps read it", () => {
    assert.equal(keyUri("a+b@school.example", "ABCD"), "otpauth://totp/GoldSport:a%2Bb%40school.example?secret=ABCD&issuer=GoldSport");
  });
});
