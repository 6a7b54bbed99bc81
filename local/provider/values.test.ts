import assert from "node:assert/strict";
import { ARCHIVE, differences, inTermsOf, SIGNATURE, same, UNKNOWN } from "./values";

describe("two descriptions of the same", () => {
  const alike: [what: string, one: unknown, other: unknown][] = [
    ["order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["order of words", ["GET", "HEAD"], ["HEAD", "GET"]],
    [
      "a policy's spelling",
      '{"Statement":[{"Action":["a","b"]}],"Version":"v"}',
      '{ "Version": "v", "Statement": [{ "Action": ["b", "a"] }] }',
    ],
    ["nothing and an empty list", { tags: [] }, {}],
    ["nothing and false", false, undefined],
    ["where an archive is, when it holds the same", archive("a", "hash"), archive("b", "hash")],
  ];
  for (const [what, one, other] of alike) {
    it(`may differ in ${what}`, () => assert.ok(same(one, other)));
  }

  const unlike: [what: string, one: unknown, other: unknown][] = [
    ["a value", { days: 30 }, { days: 31 }],
    ["a key", { days: 30 }, { hours: 30 }],
    ["a word", ["GET"], ["GET", "HEAD"]],
    ["the order of rules", [{ path: "a" }, { path: "b" }], [{ path: "b" }, { path: "a" }]],
    ["what a policy allows", '{"Effect":"Allow"}', '{"Effect":"Deny"}'],
    ["what an archive holds", archive("a", "hash"), archive("a", "another")],
    ["zero and nothing", 0, undefined],
    ["what is known of it", "name", UNKNOWN],
  ];
  for (const [what, one, other] of unlike) {
    it(`may not differ in ${what}`, () => assert.ok(!same(one, other)));
  }

  it("are told apart by the properties that differ", () => {
    assert.deepEqual(differences({ a: 1, b: 2, gone: 3 }, { a: 1, b: 3, added: 4 }), ["added", "b", "gone"]);
  });
});

describe("what AWS has, in terms of what was asked for", () => {
  it("is what was asked for, in its spelling, where both mean the same", () => {
    assert.deepEqual(inTermsOf({ methods: ["GET", "HEAD"] }, { methods: ["HEAD", "GET"] }), { methods: ["GET", "HEAD"] });
  });

  it("leaves out the defaults that AWS adds inside", () => {
    assert.deepEqual(inTermsOf({ rule: { days: 30 } }, { rule: { days: 30, storage: "default" } }), { rule: { days: 30 } });
    assert.deepEqual(inTermsOf([{ id: "a" }], [{ id: "a", priority: 0 }]), [{ id: "a" }]);
  });

  it("shows what was changed, taken away or added", () => {
    assert.deepEqual(inTermsOf({ days: 30 }, { days: 1 }), { days: 1 });
    assert.deepEqual(inTermsOf({ days: 30 }, {}), { days: undefined });
    assert.deepEqual(inTermsOf([{ id: "a" }], [{ id: "a" }, { id: "b" }]), [{ id: "a" }, { id: "b" }]);
    assert.deepEqual(inTermsOf({ days: 30 }, undefined), undefined);
  });
});

function archive(path: string, hash: string) {
  return { [SIGNATURE]: ARCHIVE, path, hash };
}
