import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HANDLERS } from "./index";

/** The class of a type as `@pulumi/aws` declares it: its outputs, and its constructor's arguments. */
function declarationOf(type: string): { outputs: string; args: string } {
  const [, path = "", name = ""] = type.split(":");
  const text = readFileSync(join("node_modules/@pulumi/aws", `${path}.d.ts`), "utf8").replace(/\/\*\*.*?\*\//gs, "");
  const part = (start: string) => text.split(start)[1]?.split("\n}\n")[0] ?? "";
  return { outputs: part(`export declare class ${name} `), args: part(`export interface ${name}Args `) };
}

describe("an input that is left out", () => {
  for (const [type, { inputs, kept = [], autoname }] of Object.entries(HANDLERS)) {
    it(`stays as it is where Pulumi's AWS provider keeps it: ${type}`, () => {
      const { outputs, args } = declarationOf(type);
      assert.ok(outputs && args);
      // An argument that may be left out, and yet is never missing afterwards.
      const computed = inputs.filter(
        (key) =>
          new RegExp(`^ +${key}\\?: `, "m").test(args) && !new RegExp(`^ +readonly ${key}: .*(\\| undefined>|\\{$)`, "m").test(outputs),
      );
      const named = [autoname, "tags", "region"];
      assert.deepEqual([...kept].sort(), computed.filter((key) => !named.includes(key)).sort());
    });
  }
});
