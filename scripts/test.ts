import { Command } from "commander";
import { run, UserError } from "../stack/command";
import { buildDeployables } from "../stack/deployables";
import { runSuites, SUITES } from "./suites";
import { slowest } from "./test-times";

const NAMES = SUITES.map(({ name }) => name);

const command = new Command("npm test --")
  .description("Runs the tests, and counts them in the last line.")
  .argument("[suites...]", `only these: ${NAMES.join(", ")}`)
  .option("--all", "also those that need a browser, the Pulumi CLI, or Java and Maven")
  .parse();

/** How many of the slowest tests are named. */
const SHOWN = 5;

run(async () => {
  const names = command.args;
  const unknown = names.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) {
    throw new UserError(`${unknown.join(", ")}: a suite is one of ${NAMES.join(", ")}`);
  }
  const { all = false } = command.opts<{ all?: boolean }>();
  await buildDeployables();
  const counts = await runSuites(SUITES.filter(({ name, needsMore }) => (names.length === 0 ? all || !needsMore : names.includes(name))));
  console.log("");
  for (const { name, passed, failed, seconds } of counts) {
    console.log(
      `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${seconds.toFixed(0).padStart(4)} s`,
    );
  }
  console.log("\nthe slowest tests:");
  for (const { suite, title, seconds } of slowest(
    counts.flatMap(({ times }) => times),
    SHOWN,
  )) {
    console.log(`${seconds.toFixed(1).padStart(6)} s  ${suite}: ${title}`);
  }
  const sum = (count: "passed" | "failed") => counts.reduce((total, each) => total + each[count], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") > 0 || sum("passed") === 0 ? 1 : 0;
});
