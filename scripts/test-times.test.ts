import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { slowest, testTimes } from "./test-times";

const SLOW_MOCHA = `describe("a suite", () => {
  it("is \\"quick\\" > slow", () => {});
  it("takes a while", (done) => setTimeout(done, 120));
});`;

describe("the slowest tests", function () {
  this.timeout(30_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-times-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("are told of mocha's tests, which are shown as ever", async () => {
    const [test, report] = [join(folder, "one.test.js"), join(folder, "times.xml")];
    writeFileSync(test, SLOW_MOCHA);
    const reporter = ["--reporter", "scripts/test-reporter.ts", "--reporter-option", `output=${report}`];
    const { stdout } = await execa("mocha", [...reporter, test], { preferLocal: true });
    assert.match(stdout, /takes a while.*2 passing/s);
    const [first, second, ...others] = slowest(testTimes("local", readFileSync(report, "utf8")), 5);
    assert.equal(first?.title, "a suite: takes a while");
    assert.ok((first?.seconds ?? 0) >= 0.12);
    assert.deepEqual([second?.suite, second?.title, others], ["local", 'a suite: is "quick" > slow', []]);
  });

  it("are told of pytest's tests", () => {
    const report = '<testcase classname="test.test_a" name="test_b[x&amp;y]" time="1.5"><failure>no</failure></testcase>';
    assert.deepEqual(testTimes("processor", report), [{ suite: "processor", title: "test.test_a: test_b[x&y]", seconds: 1.5 }]);
  });
});
