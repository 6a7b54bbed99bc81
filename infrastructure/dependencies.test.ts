import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import packageFile from "../package.json";

/** The packages that a source and all that it imports need, by reading them. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  seen.add(file);
  const imports = [...readFileSync(file, "utf8").matchAll(/^(?:import|\} from|export .* from).*?"([^"]+)";$/gm)].map(
    ([, from = ""]) => from,
  );
  return imports.flatMap((from) => {
    if (!from.startsWith(".")) {
      return [from];
    }
    const next = join(dirname(file), `${from}.ts`);
    return seen.has(next) || !existsSync(next) ? [] : packagesOf(next, seen);
  });
}

describe("the program", () => {
  it("needs no package that an installation without those for development would lack", () => {
    const needed = packagesOf(packageFile.main).filter((name) => !name.startsWith("node:") && !builtinModules.includes(name));
    assert.ok(needed.includes("@pulumi/aws"));
    // Pulumi's Node host compiles the program with these, and would fall back to a TypeScript of its own.
    const missing = [...needed, "typescript", "ts-node", "@swc/core"].filter((name) => !(name in packageFile.dependencies));
    assert.deepEqual(missing, []);
  });
});
