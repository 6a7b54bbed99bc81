import assert from "node:assert/strict";
import { type ProviderSettings, readProvider } from "./provider";

const read = (configuration: Record<string, string>): ProviderSettings => readProvider((key) => configuration[key]);

describe("what the stack's configuration says to the provider", () => {
  it("take accounts that are forbidden, unless some are allowed by name: the provider takes one of the two", () => {
    const forbidden = { "aws:forbiddenAccountIds": '["210987654321"]' };
    const { allowedAccountIds, forbiddenAccountIds } = read(forbidden);
    assert.deepEqual([allowedAccountIds, forbiddenAccountIds], [undefined, ["210987654321"]]);
    assert.throws(() => read({ ...forbidden, "aws:allowedAccountIds": '["123456789012"]' }), {
      message: /^the setting aws:forbiddenAccountIds is "\["210987654321"\]": it must be empty beside aws:allowedAccountIds: /,
    });
  });

  const numbered = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
  const tags: [what: string, tags: Record<string, string>, taken: boolean][] = [
    ["eight, and the program's two: an object of S3 takes ten", numbered(8), true],
    ["nine", numbered(9), false],
    ["the program's own names, which it gives its own values", { ...numbered(8), project: "ski", stack: "mine" }, true],
    ["one that differs from the program's in upper case alone, which IAM does not tell apart", { Project: "ski" }, false],
    ["two that differ in upper case alone", { Owner: "ski", owner: "ski" }, false],
    ["what AWS keeps for itself", { "aws:owner": "ski" }, false],
    ["a character that AWS takes in no tag", { owner: "ski & co" }, false],
    ["letters of every language, spaces and signs", { "náklady/středisko": "lyže 1.2_3:a=b+c@d-e" }, true],
    ["an empty key", { "": "ski" }, false],
    ["a value that is too long", { owner: "a".repeat(257) }, false],
  ];
  for (const [what, of, taken] of tags) {
    it(`${taken ? "take" : "refuse"} tags: ${what}`, () => {
      const tagged = () => read({ "aws:defaultTags": JSON.stringify({ tags: of }) }).tags;
      if (taken) {
        assert.deepEqual(tagged(), of);
      } else {
        assert.throws(tagged, { message: /^the setting aws:defaultTags is ".+": it must be at most 8 tags beside project and stack/ });
      }
    });
  }
});
