import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { UserError } from "../../stack/command";
import { NO_PULUMI } from "../connect";
import { mendStateFiles } from "./state-files";

const ROOT = resolve(__dirname, "..", "..");
const SHOWN_LINES = 30;

/** A step of a preview: what would happen to which resource. */
export interface PlannedStep {
  op: string;
  urn: string;
}

/** What is done with the lines that Pulumi prints. */
export type Say = (line: string) => void;

/** One stack, as the Pulumi CLI knows it. */
export class PulumiStack {
  /** @param onStart Told the number of each process that runs Pulumi. */
  constructor(
    readonly name: string,
    private readonly onStart: (pid: number) => void = () => {},
    private readonly interrupted: AbortSignal = new AbortController().signal,
  ) {}

  /** The same stack, whose commands end when `interrupted` says so: Pulumi finishes what it has begun, and no more. */
  until(interrupted: AbortSignal): PulumiStack {
    return new PulumiStack(this.name, this.onStart, interrupted);
  }

  /** Whether Pulumi knows a stack of that name. */
  async isThere(): Promise<boolean> {
    const stacks: { name: string }[] = JSON.parse(await this.pulumi(["stack", "ls", "--json"]));
    return stacks.some(({ name }) => name.split("/").at(-1) === this.name);
  }

  /** The name of its file of settings, where it has one. */
  settings(): string | undefined {
    const file = `Pulumi.${this.name}.yaml`;
    return existsSync(join(ROOT, file)) ? file : undefined;
  }

  /** Makes it, with its settings. */
  async create(settings: Record<string, string>): Promise<void> {
    await this.pulumi(["stack", "init", this.name, "--no-select"]);
    const entries = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    await this.pulumi(["config", "set-all", ...entries, "--stack", this.name]);
  }

  async set(key: string, value: string): Promise<void> {
    await this.pulumi(["config", "set", key, value, "--stack", this.name]);
  }

  /** What `up` would do, but for what stays as it is. */
  async planned(): Promise<PlannedStep[]> {
    const preview = await this.pulumi(["preview", "--json", "--stack", this.name]);
    const { steps = [] } = JSON.parse(preview) as { steps?: PlannedStep[] };
    return steps.filter(({ op }) => op !== "same");
  }

  /** @param flags Further ones, for example `--expect-no-changes`. */
  async up(say: Say, ...flags: string[]): Promise<string> {
    return resourcesOf(await this.pulumi(["up", "--yes", "--skip-preview", ...flags, "--stack", this.name], say));
  }

  /** Has Pulumi read its state again that an earlier command left which was ended hard. */
  async mend(): Promise<void> {
    const { url }: { url: string } = JSON.parse(await this.pulumi(["whoami", "--json"]));
    mendStateFiles(url, this.name);
  }

  /** Removes all that it has, as far as Pulumi knows of it; that an earlier command on it was broken is no hindrance. */
  async destroy(say: Say): Promise<void> {
    if (await this.isThere()) {
      // A command that was broken has locked the stack; where there is no lock, this fails.
      await this.pulumi(["cancel", "--yes", "--stack", this.name]).catch(() => this.interrupted.throwIfAborted());
      await this.pulumi(["destroy", "--yes", "--skip-preview", "--stack", this.name], say);
    }
  }

  /** Removes the stack and its settings from Pulumi, whatever it takes to be there still. */
  async forget(): Promise<void> {
    if (await this.isThere()) {
      await this.pulumi(["stack", "rm", "--yes", "--force", this.name]);
    }
    rmSync(join(ROOT, `Pulumi.${this.name}.yaml`), { force: true });
  }

  /** Runs the CLI, and gives what it prints. */
  private async pulumi(args: string[], say: Say = () => {}): Promise<string> {
    this.interrupted.throwIfAborted();
    const flags = ["--non-interactive", "--color", "never"];
    // A group of its own: a terminal's Ctrl-C would reach it twice otherwise, and twice makes it drop what it has begun.
    const child = execa("pulumi", [...args, ...flags], { cwd: ROOT, reject: false, detached: true, stdin: "ignore" });
    if (child.pid !== undefined) {
      this.onStart(child.pid);
    }
    const interrupt = () => child.kill("SIGINT");
    this.interrupted.addEventListener("abort", interrupt, { once: true });
    createInterface({ input: child.stdout }).on("line", (line) => say(line.trim()));
    const { code, exitCode, stdout, stderr } = await child;
    this.interrupted.removeEventListener("abort", interrupt);
    this.interrupted.throwIfAborted();
    if (code === "ENOENT") {
      throw new UserError(NO_PULUMI);
    }
    if (exitCode !== 0) {
      const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-SHOWN_LINES).join("\n");
      throw new UserError(`pulumi ${args[0]} failed:\n${said}`);
    }
    return stdout;
  }
}

/** The last part of what `up` prints: `+ 75 created`, or `75 unchanged`. */
function resourcesOf(printed: string): string {
  const [, resources = ""] = printed.split(/^Resources:$/m);
  const counts =
    resources
      .split(/^Duration:/m)[0]
      ?.trim()
      .split(/\n\s*/) ?? [];
  return counts.map((count) => count.replace(/^[+~-] /, "")).join(", ");
}
