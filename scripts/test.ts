import { Command } from "commander";
import { run, UserError } from "../stack/command";
import { buildDeployables } from "../stack/deployables";
import { type Count, FURTHER_SUITES, runSuites, SUITES, type Suite } from "./suites";
import { slowest } from "./test-times";

const NAMES = [...SUITES, ...FURTHER_SUITES].map(({ name }) => name);

const command = new Command("npm test --")
  .description("Runs the tests, and counts them in the last line.")
  .argument("[suites...]", `only these: ${NAMES.join(", ")}`)
  .option("--all", "also those that need a browser, the Pulumi CLI, or Java and Maven")
  .parse();

/** How many of the slowest tests are named. */
const SHOWN = 5;

/** How many suites run at the same time, of those that do not mind. */
const AT_A_TIME = 2;

run(async () => {
  const names = command.args;
  const unknown = names.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) {
    throw new UserError(`${unknown.join(", ")}: a suite is one of ${NAMES.join(", ")}`);
  }
  const { all = false } = command.opts<{ all?: boolean }>();
  const chosen = ({ name }: Suite) => names.length === 0 || names.includes(name);
  await buildDeployables();
  const counts: Count[] = [
    ...(await runSuites(SUITES.filter(chosen), AT_A_TIME)),
    ...(await runSuites(all || names.length > 0 ? FURTHER_SUITES.filter(chosen) : [], 1)),
  ];
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
