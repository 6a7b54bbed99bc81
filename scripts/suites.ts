import { execa } from "execa";
import { Listr } from "listr2";

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

/** What needs neither a browser nor the Pulumi CLI: the fastest first, then the longest, as two run at a time. */
export const SUITES: Suite[] = [
  mocha("program", "infrastructure/**/*.test.ts", "policy/**/*.test.ts"),
  mocha("display", "website/**/*.test.ts"),
  mocha("local", "mapping/**/*.test.ts", "lambda/**/*.test.ts", "stack/**/*.test.ts", "local/**/*.test.ts", "scripts/**/*.test.ts"),
  mocha("e2e", "test/e2e/**/*.test.ts"),
  { name: "processor", command: [".venv/bin/python", "-m", "pytest"] },
  { name: "proof", command: [".venv/bin/python", "-m", "pytest", "test/proof"] },
  mocha("doors", "test/proof/doors.test.ts", "test/proof/role.test.ts", "test/proof/fetches.test.ts"),
];

/** What needs more than npm and Python: a browser, and the Pulumi CLI. Each has the machine to itself. */
export const FURTHER_SUITES: Suite[] = [
  mocha("browser", "--config", "test/browser/.mocharc.json"),
  mocha("engine", "test/engine/**/*.test.ts"),
];

/**
 * Runs suites, some at a time, and shows what each printed when it ends.
 *
 * @returns Their counts, in the order of `suites`.
 */
export async function runSuites(suites: Suite[], atATime: number): Promise<Count[]> {
  const counts: Count[] = [];
  const tasks = suites.map((suite, place) => ({
    task: async () => {
      counts[place] = await runSuite(suite);
    },
  }));
  await new Listr(tasks, { concurrent: atATime, renderer: "silent" }).run();
  return counts;
}

/** A suite that ends badly without counting a failure counts as one. */
async function runSuite({ name, command: [program, ...args] }: Suite): Promise<Count> {
  const started = Date.now();
  console.log(`${name} …`);
  const { all, exitCode } = await execa(program, args, {
    preferLocal: true,
    reject: false,
    all: true,
    env: { NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  console.log(`\n── ${name} ──\n${all}\n`);
  const passed = counted(all, /(\d+) (?:passing|passed)/g);
  const failed = exitCode === 0 ? 0 : Math.max(counted(all, /(\d+) (?:failing|failed|errors?)\b/g), 1);
  return { name, passed, failed, seconds: (Date.now() - started) / 1000 };
}

/** The number that the last match of `pattern` counts: summaries come last. */
function counted(output: string, pattern: RegExp): number {
  return Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
