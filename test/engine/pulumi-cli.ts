import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { execa } from "execa";

/**
 * The real Pulumi CLI, for one stack of a project.
 *
 * Pulumi's Automation API would run the same commands, and after each up to three more for what no test looks at.
 */
export class PulumiCli {
  /** Where the CLI writes down what the engine says, an event a line. */
  private readonly events: string;

  constructor(
    private readonly folder: string,
    private readonly stack: string,
    private readonly env: Record<string, string>,
  ) {
    this.events = join(folder, "events.jsonl");
  }

  /**
   * Runs a command, and gives what it prints.
   *
   * @throws What the command says, or that there is no CLI.
   */
  async run(...args: string[]): Promise<string> {
    const all = [...args, "--stack", this.stack, "--non-interactive", "--color", "never"];
    // Only with debug commands the CLI takes a file for its events.
    const env = { ...this.env, PULUMI_DEBUG_COMMANDS: "true" };
    const options = { cwd: this.folder, env, stdin: "ignore", reject: false } as const;
    const { code, exitCode, stdout, stderr } = await execa("pulumi", all, options);
    if (code === "ENOENT") {
      throw new Error("the Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install)");
    }
    if (exitCode !== 0) {
      throw new Error(`pulumi ${args.join(" ")}:\n${stdout}\n${stderr}`);
    }
    return stdout;
  }

  /**
   * Runs a command that previews, changes or looks at resources.
   *
   * @param tell Told what the engine said of it, even when it fails: of one that previews first, of what it did last.
   * @throws As `run`.
   */
  async operate(args: string[], tell: (events: EngineEvent[]) => void): Promise<void> {
    rmSync(this.events, { force: true });
    try {
      await this.run(...args, "--event-log", this.events);
    } finally {
      tell(this.eventsSoFar());
    }
  }

  private eventsSoFar(): EngineEvent[] {
    const lines = readFileSync(this.events, { encoding: "utf8", flag: "a+" }).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  }
}
