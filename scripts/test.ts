import { Command } from "commander";
import { buildDeployables } from "./build";
import { run } from "./command";
import { type Count, FURTHER_SUITES, runSuite, SUITES } from "./suites";

const command = new Command("npm test --")
  .description("Runs the tests, and counts them in the last line.")
  .argument("[suites...]", `only these: ${[...SUITES, ...FURTHER_SUITES].map(({ name }) => name).join(", ")}`)
  .option("--all", "also those that need a browser or the Pulumi CLI")
  .parse();

run(async () => {
  const { all = false } = command.opts<{ all?: boolean }>();
  const chosen = command.args.length > 0 ? [...SUITES, ...FURTHER_SUITES] : [...SUITES, ...(all ? FURTHER_SUITES : [])];
  const suites = chosen.filter(({ name }) => command.args.length === 0 || command.args.includes(name));
  await buildDeployables();
  const counts: Count[] = [];
  for (const suite of suites) {
    counts.push(await runSuite(suite));
  }
  console.log("");
  for (const { name, passed, failed, seconds } of counts) {
    console.log(
      `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${seconds.toFixed(0).padStart(4)} s`,
    );
  }
  const sum = (count: "passed" | "failed") => counts.reduce((total, each) => total + each[count], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") > 0 || sum("passed") === 0 ? 1 : 0;
});
