import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mendStateFiles } from "./state-files";

describe("a state in files that a Pulumi left which was ended hard", () => {
  let backend: string;
  let folder: string;

  beforeEach(() => {
    backend = mkdtempSync(join(tmpdir(), "goldsport-state-"));
    folder = join(backend, ".pulumi", "stacks", "goldsport-scheduler");
    mkdirSync(folder, { recursive: true });
  });

  afterEach(() => rmSync(backend, { recursive: true, force: true }));

  const write = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), text);
    }
  };
  const left = () => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const mend = () => mendStateFiles(`file://${backend}`, "trial");

  it("loses attributes that are cut off, and nothing else", () => {
    write({ "trial.json": '{"version":3}', "trial.json.attrs": "", "trial.json.bak": "{}", "trial.json.bak.attrs": '{"md5":' });
    mend();
    assert.deepEqual(left(), { "trial.json": '{"version":3}', "trial.json.bak": "{}" });
  });

  it("is the one before where it is cut off itself", () => {
    write({ "trial.json": '{"version":', "trial.json.bak": '{"version":3}' });
    mend();
    assert.deepEqual(left(), { "trial.json": '{"version":3}' });
  });

  it("is gone where none can be read", () => {
    write({ "trial.json": "", "trial.json.bak": "" });
    mend();
    assert.deepEqual(left(), { "trial.json.bak": "" });
  });

  it("does not come back when it was removed, which leaves the one before", () => {
    write({ "trial.json.bak": "{}" });
    mend();
    assert.deepEqual(left(), { "trial.json.bak": "{}" });
  });

  it("stays as it is where it is whole, and so do the other stacks' states", () => {
    const whole = { "trial.json": "{}", "trial.json.attrs": "{}", "trial.json.bak": "{}", "dev.json": "", "dev.json.attrs": "" };
    write(whole);
    mend();
    assert.deepEqual(left(), whole);
  });

  it("is not looked for where Pulumi keeps its states somewhere else, or has none", () => {
    mendStateFiles("https://app.pulumi.com/somebody", "trial");
    mendStateFiles(`file://${join(backend, "none")}`, "trial");
  });
});
