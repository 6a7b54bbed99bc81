import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sampleSeason } from "../../stack/sample";
import { type EngineStack, startEngineStack } from "./engine-stack";

const TODAY = new Date().toISOString().slice(0, 10);

/** The commands below README's "Deploy it", in their order. */
const [, block = ""] = /^## Deploy it$.*?^```\n(.*?)^```$/ms.exec(readFileSync("README.md", "utf8")) ?? [];
const COMMANDS = block.trim().split("\n");

/** What a command must have said, by its beginning. */
const SAYS: [beginning: string, said: RegExp][] = [
  ["npm run build", /built dist\/website, dist\/office, dist\/processor and dist\/fetcher/],
  ["pulumi stack select", /Created stack 'dev'/],
  ["pulumi preview", /\+ [78]\d to create/],
  ["pulumi up", /websiteUrl *: "https:.*\+ [78]\d created/s],
  ["npm run verify", /all \d+ rules hold/],
  ["npm run upload", /(accepted.*){3}/s],
  ["npm run deploy", /[78]\d unchanged.*all \d+ rules hold/s],
];

describe("README's way to deploy, typed line by line", function () {
  this.timeout(180_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("dev");
    const { exitCode, output } = await engine.command("pulumi stack rm dev --preserve-config");
    assert.equal(exitCode, 0, output);
    writeSeason(engine.folder);
  });

  after(() => engine?.stop());

  for (const line of [...COMMANDS, "npm run deploy -- --stack dev --yes"]) {
    it(line, async () => {
      const { exitCode, output } = await engine.command(line.replace(/(?<=roster-)[\d-]+(?=\.json)/, TODAY));
      assert.equal(exitCode, 0, output);
      const [, said = /^$/] = SAYS.find(([beginning]) => line.startsWith(beginning)) ?? [];
      assert.match(output, said);
    });
  }
});

/** The synthetic season, under the names that README uses. */
function writeSeason(folder: string): void {
  for (const { key, body } of sampleSeason(TODAY, "Europe/Prague").files) {
    writeFileSync(join(folder, key.endsWith(".tsv") ? "season.tsv" : basename(key)), body);
  }
}
