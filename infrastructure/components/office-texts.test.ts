import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LANGUAGES, officeMails } from "./office-texts";

const URL = "https://d111111abcdef8.cloudfront.net/office/";

/** The mails of each language, with their messages as texts. */
function mailsOf(language: (typeof LANGUAGES)[number]): Promise<{ invitation: [string, string]; code: [string, string] }> {
  const { invitation, code } = officeMails(language, pulumi.output(URL));
  const texts = pulumi.all([invitation.message, code.message]);
  return new Promise((done) => {
    texts.apply(([invited, codeIs]) => done({ invitation: [invitation.subject, invited], code: [code.subject, codeIs] }));
  });
}

describe("the office's mails", () => {
  for (const language of LANGUAGES) {
    it(`hold what Cognito asks for, and where the office is: ${language}`, async () => {
      const { invitation, code } = await mailsOf(language);
      // docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_MessageTemplateType.html
      for (const [subject, message] of [invitation, code]) {
        assert.ok(subject.length <= 140 && message.length >= 6 && message.length <= 20_000);
        assert.equal(message.split("{####}").length, 2);
      }
      assert.equal(invitation[1].split("{username}").length, 2);
      assert.ok(invitation[1].includes(`<a href="${URL}">`));
      // Nobody takes it for what one signs in with, should it be a number.
      assert.match(invitation[1], /<small>[^<]+: \{username\}<\/small>/);
    });
  }

  it("are written in each language in words of its own", async () => {
    const all = await Promise.all(LANGUAGES.map(mailsOf));
    assert.equal(new Set(all.flatMap(({ invitation, code }) => [...invitation, ...code])).size, 4 * LANGUAGES.length);
  });
});
