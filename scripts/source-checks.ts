import { resolve } from "node:path";
import { execa } from "execa";

/** One thing that holds of the sources. */
export interface SourceCheck {
  name: string;
  command: [program: string, ...args: string[]];
  /** Beside this process's own environment. */
  env?: Record<string, string>;
}

const ROOT = resolve(__dirname, "..");
const VENV = resolve(ROOT, ".venv", "bin");

/** No arrow upwards, and no circle. The floors are drawn in docs/architecture.md, and said in these two files of rules. */
export const FLOORS: { typescript: SourceCheck; python: SourceCheck } = {
  typescript: {
    name: "TypeScript floors",
    command: [
      "depcruise",
      ...["--config", resolve(ROOT, ".dependency-cruiser.cjs")],
      ...[
        "contract",
        "mapping",
        "lambda",
        "infrastructure",
        "policy",
        "stack",
        "local",
        "scripts",
        "website",
        "office",
        "common",
        "planning",
        "test",
      ],
    ],
  },
  python: {
    name: "Python floors",
    command: [`${VENV}/lint-imports`, "--no-cache", resolve(ROOT, "pyproject.toml")],
    env: { PYTHONPATH: "lambda/processor" },
  },
};

/** The types of all TypeScript. */
export const TYPES: SourceCheck = { name: "TypeScript types", command: ["tsc", "--noEmit"] };

/** Form, rules, types and floors, of both languages, and what the display uses of browsers. */
export const SOURCE_CHECKS: SourceCheck[] = [
  { name: "TypeScript form and rules", command: ["biome", "check", "--error-on-warnings", "."] },
  TYPES,
  FLOORS.typescript,
  { name: "The display's script in old browsers", command: ["ts-node", "scripts/browser-support.ts"] },
  { name: "The display's styles in old browsers", command: ["stylelint", "website/**/*.css"] },
  { name: "Python rules", command: [`${VENV}/ruff`, "check", "."] },
  { name: "Python form", command: [`${VENV}/ruff`, "format", "--check", "."] },
  { name: "Python types", command: [`${VENV}/mypy`] },
  FLOORS.python,
];

/**
 * Checks the sources in a folder.
 *
 * @returns What the check has to say against them; undefined when they pass.
 */
export async function objection({ command: [program, ...args], env }: SourceCheck, folder = ROOT): Promise<string | undefined> {
  const { exitCode, all } = await execa(program, args, {
    cwd: folder,
    preferLocal: true,
    localDir: ROOT,
    reject: false,
    all: true,
    ...(env === undefined ? {} : { env }),
  });
  return exitCode === 0 ? undefined : all;
}
