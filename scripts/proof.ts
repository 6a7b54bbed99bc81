import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type ExecaError, execa } from "execa";
import { Listr } from "listr2";
import { run, UserError } from "../stack/command";
import { buildDeployables } from "../stack/deployables";
import { PARTS, type Part } from "./proof/parts";
import { type Finding, report } from "./proof/report";

interface Options {
  seed?: number;
}

/** Of two cores, one is for the embedded AWS of a part, and one for what the part does with it. */
const AT_A_TIME = 2;

const REPORT = "docs/proof.md";

const command = new Command("npm run proof --")
  .description(`Shows with figures that nothing is lost; writes ${REPORT} when everything was shown.`)
  .argument("[parts...]", `only these, without writing: ${PARTS.map(({ name }) => name).join(", ")}`)
  .option("--seed <number>", "only the history or mutation that a failure names; with one part", wholeNumber)
  .parse();

run(async () => {
  const { seed } = command.opts<Options>();
  const chosen = PARTS.filter(({ name }) => command.args.length === 0 || command.args.includes(name));
  const unknown = command.args.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    throw new UserError(`${unknown.join(", ")}: a part is one of ${PARTS.map(({ name }) => name).join(", ")}`);
  }
  if (seed !== undefined && (chosen.length !== 1 || chosen[0]?.takesSeed !== true)) {
    throw new UserError(`--seed goes with one of ${PARTS.filter(({ takesSeed }) => takesSeed).map(({ name }) => name)}`);
  }
  await buildDeployables();
  const folder = mkdtempSync(join(tmpdir(), "goldsport-proof-"));
  try {
    const started = Date.now();
    const findings = await showAll(chosen, folder, seed);
    const text = report(findings, (Date.now() - started) / 1000);
    if (command.args.length === 0) {
      writeFileSync(REPORT, text);
    }
    console.log(`\n${text}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Runs the parts, showing how far each is. All are run, even when one fails. */
async function showAll(parts: Part[], folder: string, seed: number | undefined): Promise<Finding[]> {
  const findings = new Map<string, Finding>();
  const failures: string[] = [];
  const tasks = new Listr(
    parts.map((part) => ({
      title: part.title,
      task: async (_: unknown, task: { title: string; output: string }) => {
        const started = Date.now();
        try {
          await show(part, folder, seed, (line) => {
            task.output = line;
          });
        } catch (error) {
          failures.push(failureOf(part, error as ExecaError));
          throw new Error(`${part.title}: failed`);
        }
        const seconds = (Date.now() - started) / 1000;
        task.title = `${part.title}: ${seconds.toFixed(0)} s`;
        findings.set(part.name, { part, seconds, figures: figuresOf(part, folder) });
      },
    })),
    { concurrent: AT_A_TIME, exitOnError: false, fallbackRenderer: "simple" },
  );
  await tasks.run();
  if (failures.length > 0) {
    throw new UserError(`${failures.join("\n\n")}\n\n${failures.length} of ${parts.length} parts failed`);
  }
  return parts.flatMap(({ name }) => findings.get(name) ?? []);
}

async function show(
  { program, args, takesSeed }: Part,
  folder: string,
  seed: number | undefined,
  say: (line: string) => void,
): Promise<void> {
  const seedArgs = takesSeed && seed !== undefined ? ["--seed", String(seed)] : [];
  const part = execa(program, [...args(folder), ...seedArgs], { preferLocal: true, all: true, env: { PROOF_FIGURES: folder } });
  for await (const line of part.iterable({ from: "all" })) {
    if (line.trim() !== "") {
      say(line.trim());
    }
  }
  await part;
}

function failureOf({ title }: Part, { all, message }: ExecaError): string {
  return `── ${title} ──\n${typeof all === "string" ? all : message}`;
}

function figuresOf({ figures }: Part, folder: string): Finding["figures"] {
  return Object.assign({}, ...figures.map((name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"))));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError("it must be a whole number");
  }
  return Number(text);
}
