import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { Listr } from "listr2";
import { type TestTime, testTimes } from "./test-times";

/** A test run that counts what passed and failed. */
export interface Suite {
  name: string;
  /** Whether it needs more than npm and Python: a browser, the Pulumi CLI, or Java with Maven. */
  needsMore?: true;
  /** Whether it has the machine to itself: it tests how long something takes, or uses all of it. */
  alone?: true;
  /** What runs it, and writes the time of each test to a file. */
  command: (times: string) => [program: string, ...args: string[]];
}

/** How many tests of a suite passed and failed, and how long it and each of them took. */
export interface Count {
  name: string;
  passed: number;
  failed: number;
  seconds: number;
  times: TestTime[];
}

const mocha = (name: string, ...specs: string[]): Suite => ({
  name,
  command: (times) => ["mocha", "--reporter", "scripts/test-reporter.ts", "--reporter-option", `output=${times}`, ...specs],
});

const pytest = (name: string, ...folders: string[]): Suite => ({
  name,
  command: (times) => [".venv/bin/python", "-m", "pytest", `--junitxml=${times}`, ...folders],
});

/** Those of the tests in `test/e2e/` that start the stack as a command, and look for what is left of it. */
const STARTING = "test/e2e/@(commands|stopping).test.ts";

const BROWSER = ["--config", "test/browser/.mocharc.json"];

/** Those of the browser tests that are about the office's page. */
const OFFICE = "test/browser/office*.test.ts";

/** The longest first, as some run at a time. */
export const SUITES: Suite[] = [
  { ...mocha("browser", ...BROWSER, "test/browser/*.test.ts", "--ignore", OFFICE), needsMore: true },
  // Much of it waits: for uploads, and for screens that look for them.
  { ...mocha("clerk", ...BROWSER, OFFICE), needsMore: true },
  mocha("start", STARTING),
  mocha("e2e", "--parallel", "--jobs", "2", "test/e2e/**/*.test.ts", "--ignore", STARTING),
  pytest("processor"),
  { ...pytest("dynamodb-local", "--dynamodb-local"), needsMore: true },
  mocha("doors", "test/proof/doors.test.ts", "test/proof/role.test.ts", "test/proof/office-role.test.ts", "test/proof/fetches.test.ts"),
  pytest("proof", "test/proof"),
  mocha("program", "infrastructure/**/*.test.ts", "policy/**/*.test.ts"),
  mocha(
    "local",
    "mapping/**/*.test.ts",
    "lambda/**/*.test.ts",
    "stack/**/*.test.ts",
    "local/**/*.test.ts",
    "scripts/**/*.test.ts",
    "bench/**/*.test.ts",
  ),
  mocha("display", "website/**/*.test.ts", "common/**/*.test.ts"),
  mocha("office", "planning/**/*.test.ts", "office/**/*.test.ts"),
  // Most of it waits in turn for the engine and for the program's start: two files at a time use both cores.
  { ...mocha("engine", "--parallel", "--jobs", "2", "test/engine/**/*.test.ts"), needsMore: true, alone: true },
  { ...mocha("timing", ...BROWSER, "test/browser/timing/*.test.ts"), needsMore: true, alone: true },
];

/** How many suites run at the same time, of those that do not mind. */
const AT_A_TIME = 2;

/**
 * Runs suites, some at a time, and shows what each printed when it ends.
 *
 * @returns Their counts, in the order of `suites`.
 */
export async function runSuites(suites: Suite[]): Promise<Count[]> {
  const counts: Count[] = [];
  const task = (suite: Suite) => ({
    task: async () => {
      counts[suites.indexOf(suite)] = await runSuite(suite);
    },
  });
  const together = suites.filter(({ alone }) => !alone);
  const alone = suites.filter((suite) => suite.alone);
  await new Listr(together.map(task), { concurrent: AT_A_TIME, renderer: "silent" }).run();
  await new Listr(alone.map(task), { concurrent: false, renderer: "silent" }).run();
  return counts;
}

/** A suite that ends badly without counting a failure counts as one. */
async function runSuite({ name, command }: Suite): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "goldsport-times-"));
  const report = join(folder, "times.xml");
  const started = Date.now();
  console.log(`${name} …`);
  try {
    const [program, ...args] = command(report);
    const { all, exitCode } = await execa(program, args, {
      preferLocal: true,
      reject: false,
      all: true,
      env: { NO_COLOR: "1", FORCE_COLOR: undefined },
    });
    console.log(`\n── ${name} ──\n${all}\n`);
    const passed = counted(all, /(\d+) (?:passing|passed)/g);
    const failed = exitCode === 0 ? 0 : Math.max(counted(all, /(\d+) (?:failing|failed|errors?)\b/g), 1);
    const times = existsSync(report) ? testTimes(name, readFileSync(report, "utf8")) : [];
    return { name, passed, failed, seconds: (Date.now() - started) / 1000, times };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The number that the last match of `pattern` counts: summaries come last. */
function counted(output: string, pattern: RegExp): number {
  return Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
