import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { run, UserError } from "../stack/command";
import { build } from "./build";
import { connect, NO_PULUMI } from "./connect";
import { report } from "./verify";

const ROOT = resolve(__dirname, "..");

/**
 * Builds, has Pulumi show what would change and ask, deploys it, and verifies what is there then.
 *
 * A stack that is not there yet is made, where it has a file of settings. What was changed by hand meanwhile is looked for first, shown, and put back.
 *
 * @param options.yes Deploy without being asked.
 * @throws UserError When one of the steps fails: none after it is taken.
 */
async function deploy(stack: string, { yes = false }: { yes?: boolean }): Promise<void> {
  // A stack of Pulumi Cloud may be named with its organisation and project before it.
  const settings = `Pulumi.${stack.split("/").at(-1)}.yaml`;
  if (!existsSync(resolve(ROOT, settings))) {
    throw new UserError(`there are no settings for "${stack}": copy Pulumi.prod.yaml to ${settings}, and give it an env of its own`);
  }
  await build();
  await pulumi("stack", "select", "--create", stack);
  await pulumi("up", "--stack", stack, "--refresh", ...(yes ? ["--yes"] : []));
  await report(await connect(stack));
}

/** Runs the Pulumi CLI; it shows what it does, and asks, by itself. */
async function pulumi(...args: string[]): Promise<void> {
  const { code, exitCode } = await execa("pulumi", args, { cwd: ROOT, stdio: "inherit", reject: false });
  if (code === "ENOENT") {
    throw new UserError(NO_PULUMI);
  }
  if (exitCode !== 0) {
    throw new UserError(`pulumi ${args[0]} went no further: the reason is above`);
  }
}

const command = new Command("deploy")
  .description("Builds, shows what would change, deploys it when confirmed, and verifies what is there then.")
  .requiredOption("--stack <name>", "the stack, which is made where it is not there yet; its settings are in Pulumi.<name>.yaml")
  .option("--yes", "deploy without being asked")
  .parse();

run(async () => {
  const { stack, ...options } = command.opts<{ stack: string; yes?: true }>();
  await deploy(stack, options);
});
