import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import { exportOf } from "./exports";

const PATIENCE_MS = 60_000;

describe("the commands", function () {
  this.timeout(120_000);
  let folder: string;
  let started: { kill(signal: NodeJS.Signals): boolean }[];

  beforeEach(() => {
    started = [];
    folder = mkdtempSync(join(tmpdir(), "goldsport-commands-"));
  });

  afterEach(() => {
    // Of a test that failed, one may still run, and would keep this process from its end.
    for (const command of started) {
      command.kill("SIGKILL");
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a command whose temporary files, and those of all it starts, lie in a folder of its own. */
  const command = (script: string, ...args: string[]) => {
    const running = execa("ts-node", [script, ...args], { preferLocal: true, reject: false, env: { TMPDIR: folder }, stdin: "ignore" });
    started.push(running);
    return running;
  };

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  /** Nothing is left of what a command started: no file, no process that was told of its folder, and nobody answers. */
  const nothingLeft = async (url: string) => {
    await eventually("its temporary files go", () => readdirSync(folder).every((name) => !name.startsWith("goldsport-")));
    const { stdout } = await execa("ps", ["-eo", "args"]);
    assert.deepEqual(
      stdout.split("\n").filter((args) => args.includes(folder)),
      [],
    );
    await assert.rejects(fetch(url), TypeError);
  };

  describe("npm start", () => {
    it("--once publishes a file, tells where, and leaves nothing behind", async () => {
      const path = file("today.tsv", exportOf({}));
      const { exitCode, stdout } = await command("local/start.ts", "--once", path);
      assert.equal(exitCode, 0, stdout);
      assert.match(stdout, /orders\/today\.tsv: 1 rows \(1 valid\)/);
      assert.match(stdout, /published: 1 lessons, 1 participants on 1 days, [\d.]+ s after the upload began/);
      assert.match(stdout, /Office +http:\S+\/office\/ +name office@example\.com +password \S{12}/);
      await nothingLeft(displayIn(stdout));
    });

    it("--once says why a file was rejected, with exit code 1", async () => {
      const path = file("broken.tsv", "not an export");
      const { exitCode, stderr } = await command("local/start.ts", "--once", path);
      assert.equal(exitCode, 1);
      assert.match(stderr, /orders\/broken\.tsv: rejected: line 1: /);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });

    it("serves and takes dropped files until Ctrl-C, which leaves nothing behind", async () => {
      const inbox = join(folder, "inbox");
      const running = command("local/start.ts", "--watch", inbox, file("today.tsv", exportOf({})));
      let printed = "";
      running.stdout.on("data", (chunk) => {
        printed += chunk;
      });
      await eventually("it serves", () => printed.includes("Ctrl-C"));
      const url = displayIn(printed);
      assert.equal((await fetch(url)).status, 200);
      writeFileSync(join(inbox, "dropped.tsv"), exportOf({ id_order: "2" }));
      await eventually("the dropped file is published", () => printed.includes("orders/dropped.tsv: accepted"));
      running.kill("SIGINT");
      assert.equal((await running).exitCode, 0);
      await nothingLeft(url);
    });
  });

  for (const [script, args, sentence] of [
    ["scripts/verify.ts", ["--stack", "local"], /^no local stack is running: `npm start` runs one, in another terminal$/],
    ["scripts/upload.ts", ["missing.tsv", "--stack", "local"], /^missing\.tsv does not exist$/],
    [
      "scripts/upload.ts",
      ["README.md", "--stack", "local"],
      /^README\.md is not an upload: it must be an export \(\*\.tsv\), profiles\.json or /,
    ],
    ["scripts/verify.ts", [], /^error: required option '--stack <name>' not specified$/],
    [
      "local/start.ts",
      ["--port", "many"],
      /^error: option '--port <number>' argument 'many' is invalid\. it must be a number from 0 to 65535$/,
    ],
  ] as const) {
    it(`${script} ${args.join(" ")} says in one sentence what is wrong`, async () => {
      const { exitCode, stderr } = await command(script, ...args);
      assert.equal(exitCode, 1);
      assert.match(stderr, sentence);
    });
  }

  it("without the Pulumi CLI, a deployed stack is asked for in vain, with one sentence", async () => {
    const { exitCode, stderr } = await execa(process.execPath, ["-r", "ts-node/register", "scripts/verify.ts", "--stack", "dev"], {
      reject: false,
      env: { PATH: folder },
      preferLocal: false,
    });
    assert.equal(exitCode, 1);
    assert.match(stderr, /^the Pulumi CLI is not on the PATH: install it .*, or use --stack local$/);
  });
});

function displayIn(printed: string): string {
  return /Display +(\S+)/.exec(printed)?.[1] ?? "";
}

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE_MS / 1000} s: ${what}`);
    await delay(50);
  }
}
