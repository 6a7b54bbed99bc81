import { execa } from "execa";

/** A test run that counts what passed and failed. */
export interface Suite {
  name: string;
  command: [program: string, ...args: string[]];
}

/** How many tests of a suite passed and failed, and how long it took. */
export interface Count {
  name: string;
  passed: number;
  failed: number;
  seconds: number;
}

const mocha = (name: string, ...specs: string[]): Suite => ({ name, command: ["mocha", ...specs] });

/** What needs neither a browser nor the Pulumi CLI; the fastest first. */
export const SUITES: Suite[] = [
  mocha("program", "infrastructure/**/*.test.ts"),
  mocha("display", "website/**/*.test.ts"),
  mocha("local", "local/**/*.test.ts", "scripts/**/*.test.ts"),
  { name: "processor", command: [".venv/bin/python", "-m", "pytest"] },
  mocha("end to end", "test/e2e/**/*.test.ts"),
  { name: "proof", command: [".venv/bin/python", "-m", "pytest", "test/proof"] },
  mocha("doors", "test/proof/doors.test.ts", "test/proof/role.test.ts"),
];

/** What needs more than npm and Python: a browser, and the Pulumi CLI. */
export const FURTHER_SUITES: Suite[] = [
  mocha("browser", "--config", "test/browser/.mocharc.json"),
  mocha("engine", "test/engine/**/*.test.ts"),
];

/** Runs one suite, showing what it prints. A suite that ends badly without counting a failure counts as one. */
export async function runSuite({ name, command: [program, ...args] }: Suite): Promise<Count> {
  const started = Date.now();
  console.log(`\n── ${name} ──`);
  const result = await execa(program, args, { preferLocal: true, reject: false, stdout: ["inherit", "pipe"], stderr: ["inherit", "pipe"] });
  const passed = counted(result.stdout, /(\d+) (?:passing|passed)/g);
  const failed = counted(result.stdout, /(\d+) (?:failing|failed)\b/g) + counted(result.stdout, /(\d+) errors?\b/g);
  const seconds = (Date.now() - started) / 1000;
  return { name, passed, failed: result.exitCode === 0 ? failed : Math.max(failed, 1), seconds };
}

/** The number that the last match of `pattern` counts: summaries come last. */
function counted(output: string, pattern: RegExp): number {
  return Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
