import assert from "node:assert/strict";
import { credentialsHeader } from "./credentials";

describe("credentialsHeader", () => {
  it("takes a token, a user with a password, and any header", () => {
    assert.deepEqual(credentialsHeader("Bearer abc.def"), { authorization: "Bearer abc.def" });
    assert.deepEqual(credentialsHeader("Basic office:pass:word"), { authorization: "Basic b2ZmaWNlOnBhc3M6d29yZA==" });
    assert.deepEqual(credentialsHeader("Header X-Api-Key: k1\n"), { "x-api-key": "k1" });
  });

  for (const wrong of ["", "s3cret", "Bearer two words", "Basic nobody", "Header s3cret", "Header X-Key:"]) {
    it(`refuses "${wrong}", without telling it`, () => {
      const sentence = "the parameter of exportSecret is none of: Bearer TOKEN, Basic user:password, Header Name: value";
      assert.throws(() => credentialsHeader(wrong), { message: sentence });
    });
  }
});
