import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PYTHON = ".venv/bin/python";

/**
 * Asks the function's own code.
 *
 * @param script Python, with the function's package to import from and `cases`, the input; it sets `answers`.
 * @returns The answers.
 */
export function askFunction<T>(script: string, cases: unknown): T {
  assert.ok(existsSync(PYTHON), "npm run setup makes the Python environment");
  const whole = `import json, sys\nsys.path.insert(0, "lambda/processor")\ncases = json.load(sys.stdin)\n${script}\nprint(json.dumps(answers))`;
  return JSON.parse(execFileSync(PYTHON, ["-c", whole], { input: JSON.stringify(cases), encoding: "utf8" })) as T;
}
