import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import packageFile from "../package.json";

const readme = readFileSync("README.md", "utf8");

/** What stands in code in the first column of the table below a heading. */
function firstColumn(heading: string): string[] {
  const section = readme.split(`### ${heading}\n`)[1]?.split("\n#")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

describe("README.md", () => {
  it("tells of every setting, once", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as { config: Record<string, unknown> };
    const provider = [...readFileSync("infrastructure/provider.ts", "utf8").matchAll(/"(aws:\w+)"/g)].map(([, key = ""]) => key);
    assert.deepEqual(firstColumn("Settings").sort(), [...new Set([...Object.keys(config), ...provider])].sort());
  });

  it("tells of every output, once", () => {
    const interface_ = /export interface StackOutputs \{([^}]*)\}/.exec(readFileSync("infrastructure/index.ts", "utf8"))?.[1] ?? "";
    const outputs = [...interface_.matchAll(/^\s*(\w+)\??:/gm)].map(([, name = ""]) => name);
    assert.deepEqual(
      firstColumn("Outputs")
        .filter((name) => /^\w+$/.test(name))
        .sort(),
      outputs.sort(),
    );
  });

  it("names no command that is not there, and leaves none out", () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = ""]) => name);
    const { scripts } = packageFile;
    assert.deepEqual([...new Set(named)].filter((name) => !(name in scripts)).sort(), []);
    const unnamed = Object.keys(scripts).filter((name) => !named.includes(name));
    assert.deepEqual(unnamed.sort(), []);
  });

  it("links to nothing that is not there", () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)/g)].map(([, path = ""]) => path).filter((path) => !path.startsWith("http"));
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((path) => !existsSync(path)),
      [],
    );
  });
});
