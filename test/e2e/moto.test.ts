import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProvider, type Provider, TYPES } from "../../local/provider";
import { type Moto, startMoto } from "./moto";
import { inOffice, OFFICE_LIVES } from "./office-lives";
import { ENCRYPTION, FUNCTION, lead, leadFunction, makeSchool, OWN_KEYS } from "./provider-life";
import { LIVES, type Life } from "./provider-lives";

/** The types that moto lacks, and what it says then: it answers a call that it does not know with a page. */
const LACKING: Record<string, RegExp> = {
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": /"<!doctype "/,
  "aws:cognito/managedLoginBranding:ManagedLoginBranding": /"<!doctype "/,
  "aws:cloudfront/cachePolicy:CachePolicy": /mismatched tags <html>/,
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": /mismatched tags <html>/,
};

/** The types whose change moto lacks, or takes and does not keep. */
const UNCHANGING: Record<string, RegExp> = {
  "aws:cognito/identityPool:IdentityPool": /identityPoolName was to be "another", but AWS has "other"/,
  "aws:cognito/userPoolDomain:UserPoolDomain": /managedLoginVersion was to be 2, but AWS has undefined/,
  "aws:cognito/userPool:UserPool": /updating .+"<!doctype "/,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": /maximumRetryAttempts was to be 1, but AWS has 2/,
};

describe("the provider, in front of moto", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "goldsport-moto-"));
  let moto: Moto;
  let provider: Provider;
  let placed: (life: Life) => Life;

  before(async () => {
    moto = await startMoto();
    provider = createProvider(moto.clients);
    await makeSchool(provider, folder);
    placed = await inOffice(provider);
  });

  after(async () => {
    await moto?.stop();
    rmSync(folder, { recursive: true });
  });

  for (const life of [...LIVES, ...OFFICE_LIVES]) {
    const { type } = life;
    const lack = LACKING[type];
    const stays = UNCHANGING[type];
    if (lack !== undefined) {
      it(`does not get to make ${type}, which moto lacks`, () => assert.rejects(lead(provider, placed(life)), lack));
    } else if (stays !== undefined) {
      it(`makes, finds, imports and removes ${type}; moto keeps it as it was made`, async () => {
        await lead(provider, { ...placed(life), change: undefined });
        await assert.rejects(lead(provider, placed(life)), stays);
      });
    } else {
      it(`makes, finds, ${life.change === undefined ? "" : "changes, "}imports and removes ${type}`, () => lead(provider, placed(life)));
    }
  }

  it(`makes, finds, changes and removes ${FUNCTION}`, () => leadFunction(provider, folder));

  it(`makes and finds ${ENCRYPTION}`, async () => {
    const made = await provider.create(ENCRYPTION, "it", { bucket: "school", rules: OWN_KEYS });
    assert.deepEqual(await provider.read(ENCRYPTION, "school", made.inputs), made);
  });

  it("is asked for every type that it knows", () => {
    assert.deepEqual([...TYPES].sort(), [...[...LIVES, ...OFFICE_LIVES].map(({ type }) => type), FUNCTION, ENCRYPTION].sort());
  });
});
