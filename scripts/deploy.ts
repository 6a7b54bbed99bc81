import { Command } from "commander";
import { execa } from "execa";
import { run, UserError } from "../stack/command";
import { build } from "./build";
import { confirmed } from "./confirm";
import { connect } from "./connect";
import { report } from "./verify";

/** What is done beside Pulumi's own work. */
export interface Steps {
  build: () => Promise<void>;
  /** Asks whether to go on. */
  confirm: (question: string) => Promise<boolean>;
  verify: () => Promise<void>;
}

/**
 * Builds, shows what would change, deploys it when confirmed, and verifies what is there then.
 *
 * @throws UserError When one of the steps fails: none after it is taken.
 */
export async function deploy(stack: string, { build, confirm, verify }: Steps): Promise<void> {
  await build();
  await pulumi("preview", "--stack", stack);
  if (!(await confirm(`Deploy this to ${stack}`))) {
    console.log("nothing was deployed");
    return;
  }
  await pulumi("up", "--stack", stack, "--skip-preview", "--yes");
  await verify();
}

/** Runs the Pulumi CLI; it shows what it does by itself. */
async function pulumi(...args: string[]): Promise<void> {
  const { code, exitCode } = await execa("pulumi", args, { stdio: "inherit", reject: false });
  if (code === "ENOENT") {
    throw new UserError("the Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install)");
  }
  if (exitCode !== 0) {
    throw new UserError(`pulumi ${args[0]} failed: the reason is above`);
  }
}

if (require.main === module) {
  const command = new Command("deploy")
    .description("Builds, shows what would change, deploys it when confirmed, and verifies what is there then.")
    .requiredOption("--stack <name>", "the stack; its settings are in Pulumi.<name>.yaml")
    .option("--yes", "deploy without being asked")
    .parse();
  run(async () => {
    const { stack, yes } = command.opts<{ stack: string; yes?: true }>();
    const confirm = yes === true ? async () => true : confirmed;
    await deploy(stack, { build, confirm, verify: async () => report(await connect(stack)) });
  });
}
