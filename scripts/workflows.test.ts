import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import packageFile from "../package.json";

const FOLDER = ".github/workflows";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[] }>;
}

/** Whether a command is one of the project's own. */
function isOwn(command: string): boolean {
  const [program, ...args] = command.split(" ");
  if (program === "bash") {
    return existsSync(args[0] ?? "");
  }
  const script = args[0] === "run" ? args[1] : args[0];
  return program === "npm" && Object.hasOwn(packageFile.scripts, script ?? "");
}

for (const file of readdirSync(FOLDER)) {
  describe(`the workflow ${file}`, () => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    const { permissions, jobs }: Workflow = parse(text);
    const steps = Object.values(jobs).flatMap((job) => job.steps);

    it("runs the project's own commands, and no other", () => {
      const commands = steps.flatMap(({ run }) => run?.trim().split("\n") ?? []);
      assert.notEqual(commands.length, 0);
      assert.deepEqual(
        commands.filter((command) => !isOwn(command)),
        [],
      );
    });

    it("takes each action in one version that nobody can change", () => {
      const actions = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = ""]) => action);
      assert.notEqual(actions.length, 0);
      assert.deepEqual(
        actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v[\d.]+$/.test(action)),
        [],
      );
    });

    it("may only what it needs, and stores no key", () => {
      assert.equal(permissions.contents, "read");
      assert.doesNotMatch(text, /secrets\.|access-key|write-all/i);
    });
  });
}
