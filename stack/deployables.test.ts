import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { filesBelow } from "../infrastructure/files";
import { buildProcessor, PROCESSOR_CODE } from "./deployables";

const MEBIBYTE = 1024 ** 2;

/** Loads the function from a folder, prints where Python looks for each module that it loaded, compiled, and has it find a time zone that the system lacks. */
const LOADED = `
import sys, zoneinfo
sys.path.insert(0, sys.argv[1])
import handler
print(*filter(None, (vars(module).get("__cached__") for module in sys.modules.values())), sep="\\n")
zoneinfo.reset_tzpath([])
zoneinfo.ZoneInfo("Europe/Prague")
`;

describe("the function's folder", function () {
  this.timeout(180_000);
  before(buildProcessor);

  it("holds the SDK in the version that is pinned and tested, with what it needs of AWS's services", () => {
    const pinned = /^botocore==(.+)$/m.exec(readFileSync("lambda/processor/requirements.txt", "utf8"))?.[1];
    const built = /^__version__ = '(.+)'$/m.exec(readFileSync(join(PROCESSOR_CODE, "botocore/__init__.py"), "utf8"))?.[1];
    assert.equal(built, pinned);
    const folders = readdirSync(join(PROCESSOR_CODE, "botocore/data"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map((folder) => folder.name).sort(), ["dynamodb", "s3"]);
  });

  it("holds all that the function loads, compiled, and the time zones", async () => {
    const alone = ["-I", "-S", "-B", "-c", LOADED, resolve(PROCESSOR_CODE)];
    const { stdout } = await execa(".venv/bin/python", alone, { env: { AWS_DEFAULT_REGION: "eu-central-1" } });
    const ours = stdout.split("\n").filter((path) => path.startsWith(resolve(PROCESSOR_CODE)));
    assert.ok(ours.length > 200, stdout);
    assert.deepEqual(
      ours.filter((path) => !existsSync(path)),
      [],
    );
  });

  it("holds the contract that the display reads documents by", () => {
    const schema = "contract/schedule.schema.json";
    assert.equal(readFileSync(join(PROCESSOR_CODE, schema), "utf8"), readFileSync(schema, "utf8"));
  });

  it("stays small, so that a function starts quickly", () => {
    const bytes = filesBelow(PROCESSOR_CODE).reduce((sum, file) => sum + statSync(join(PROCESSOR_CODE, file)).size, 0);
    assert.ok(bytes < 12 * MEBIBYTE, `${(bytes / MEBIBYTE).toFixed(1)} MiB`);
  });
});
