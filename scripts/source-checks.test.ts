import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FLOORS, objection } from "./source-checks";

describe("the floors", function () {
  this.timeout(30_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-floors-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  describe("of TypeScript", () => {
    const against = async (imports: Record<string, string>): Promise<string | undefined> => {
      for (const floor of [
        "contract",
        "mapping",
        "lambda",
        "infrastructure",
        "policy",
        "stack",
        "local/provider",
        "scripts",
        "website",
        "office",
        "common",
        "planning",
        "test",
      ]) {
        mkdirSync(join(folder, floor), { recursive: true });
        writeFileSync(join(folder, floor, "room.ts"), "export type Room = string;\n");
      }
      for (const [file, imported] of Object.entries(imports)) {
        appendFileSync(join(folder, file), `import type { Room as Other } from "${imported}";\nexport type Own = Other;\n`);
      }
      return await objection(FLOORS.typescript, folder);
    };

    it("let files look down", async () => {
      assert.equal(await against({ "scripts/room.ts": "../stack/room", "test/room.ts": "../local/provider/room" }), undefined);
    });

    it("let none look up, even for a type, or into the local home, and hold no circle", async () => {
      const imports = {
        "stack/room.ts": "../scripts/room",
        "scripts/room.ts": "../local/provider/room",
        "website/room.ts": "./table",
        "website/table.ts": "./room",
      };
      const said = (await against(imports)) ?? "";
      assert.match(said, /stack-stands-below: stack\/room\.ts → scripts\/room\.ts/);
      assert.match(said, /one-way-into-the-local-home: scripts\/room\.ts → local\/provider\/room\.ts/);
      assert.match(said, /no-circle: website\/room\.ts → /);
    });
  });

  describe("of Python", () => {
    const scheduler = "lambda/processor/scheduler";

    beforeEach(() => cpSync(scheduler, join(folder, scheduler), { recursive: true }));

    const against = async (module: string, line: string): Promise<string | undefined> => {
      appendFileSync(join(folder, scheduler, module), `\n${line}\n`);
      return await objection(FLOORS.python, folder);
    };

    it("let no module look up", async () => {
      assert.match((await against("times.py", "import scheduler.days")) ?? "", /One way down.* BROKEN/);
    });

    it("hold no circle on one of them", async () => {
      const said = (await against("rows.py", "import scheduler.errors")) ?? "";
      assert.match(said, /No circle BROKEN/);
      assert.match(said, /One way down.* KEPT/s);
    });

    it("keep AWS away from the rules", async () => {
      assert.match((await against("days.py", "import boto3")) ?? "", /The rules know nothing of AWS BROKEN/);
    });
  });
});
