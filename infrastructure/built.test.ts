import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtProcessor, builtWebsite } from "./built";

describe("what the program deploys", () => {
  const root = process.cwd();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-built-"));
    process.chdir(folder);
  });

  afterEach(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });

  it("has to be built first, which a sentence says", () => {
    assert.throws(builtProcessor, { message: "dist/processor is not there: run `npm run build` first" });
    assert.throws(builtWebsite, { message: "dist/website is not there: run `npm run build` first" });
  });

  it("counts as missing while it is half built", () => {
    mkdirSync("dist/website/assets", { recursive: true });
    assert.throws(builtWebsite, /run `npm run build` first/);
  });

  it("is every file of the site, in whatever folder, sorted", () => {
    mkdirSync("dist/website/assets", { recursive: true });
    for (const file of ["index.html", "assets/b.js", "404.html", "assets/a.css"]) {
      writeFileSync(join("dist/website", file), "");
    }
    assert.deepEqual(builtWebsite(), { folder: "dist/website", files: ["404.html", "assets/a.css", "assets/b.js", "index.html"] });
  });
});
