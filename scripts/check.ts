import { execa } from "execa";
import { run, UserError } from "../stack/command";

/** What holds of the sources: form, rules and types, of both languages. */
const CHECKS: [name: string, program: string, ...args: string[]][] = [
  ["TypeScript form and rules", "biome", "check", "--error-on-warnings", "."],
  ["TypeScript types", "tsc", "--noEmit"],
  ["Python rules", ".venv/bin/ruff", "check", "."],
  ["Python form", ".venv/bin/ruff", "format", "--check", "."],
  ["Python types", ".venv/bin/mypy"],
];

run(async () => {
  const failed: string[] = [];
  for (const [name, program, ...args] of CHECKS) {
    const { exitCode, all } = await execa(program, args, { preferLocal: true, reject: false, all: true });
    console.log(`${exitCode === 0 ? "ok  " : "FAIL"} ${name}`);
    if (exitCode !== 0) {
      failed.push(name);
      console.log(all);
    }
  }
  if (failed.length > 0) {
    throw new UserError(`${failed.length} of ${CHECKS.length} checks failed: ${failed.join(", ")}`);
  }
});
