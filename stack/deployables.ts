import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { BUILT, PROCESSOR_ARCHIVE } from "../infrastructure/built";
import { filesBelow } from "../infrastructure/files";
import { zipOf } from "./archive";

const ROOT = resolve(__dirname, "..");
const PYTHON = join(ROOT, ".venv/bin/python");
const PACKAGES = "dist/processor-packages";
/** What the function's archive is made of. */
export const PROCESSOR_CODE = `${BUILT.processor}/code`;
const SOURCES = "lambda/processor";
const REQUIREMENTS = `${SOURCES}/requirements.txt`;
const CONTRACT = "contract";
/** How the function's folder is made: what was made in another way is made anew. */
const RECIPE = "stack/deployables.ts";
/** Of packages that hold much for others: which of their folders the function needs. The rest is many times as large. */
const NEEDED: Record<string, string[]> = {
  "boto3/data": ["dynamodb", "s3"],
  "botocore/data": ["dynamodb", "s3"],
  aws_lambda_powertools: ["exceptions", "logging", "metrics", "shared", "tracing", "utilities", "warnings"],
  "aws_lambda_powertools/utilities": ["jmespath_utils"],
};
/** The package of half of all files, of which one is read, if the runtime lacks it. Python reads it packed as well: `handler.py` says where. */
const TIME_ZONES = "tzdata";
const INSTALL_NOTES = /\.dist-info\/(INSTALLER|RECORD|REQUESTED|direct_url\.json)$/;

/**
 * Makes all that the program deploys, as far as it is not there yet.
 *
 * @param fetcher Whether exports are fetched, or may be.
 */
export async function buildDeployables({ fetcher = true } = {}): Promise<void> {
  await Promise.all([buildWebsite(), buildOffice(), buildProcessor(), ...(fetcher ? [buildFetcher()] : [])]);
}

/** Makes `dist/website/`, the site as CloudFront serves it. */
export async function buildWebsite(): Promise<void> {
  await whenChanged(BUILT.website, ["website", "common", "contract", "package.json", "package-lock.json", "tsconfig.json"], async () => {
    await execa("vite", ["build", "--config", "website/vite.config.ts", "--logLevel", "warn"], inRoot);
  });
}

/** Makes `dist/office/`, the office's page. */
export async function buildOffice(): Promise<void> {
  await whenChanged(BUILT.office, ["office", "common", "planning", "package-lock.json", "tsconfig.json"], async () => {
    await execa("vite", ["build", "--config", "office/vite.config.ts", "--logLevel", "warn"], inRoot);
  });
}

/**
 * Makes `dist/processor/`: the function's archive, and the folder that it is made of: our code, the contract, and its requirements, compiled.
 *
 * The runtime cannot write beside the code: what is not compiled already, it compiles anew at each cold start. It takes what the
 * runtime's own version of Python has compiled, which is why `docs/operations.md` has the stack deployed with that one.
 *
 * The same sources give the same bytes on every machine with the same Python: what pip notes down of an installation is left out, and
 * compiled code holds neither times nor paths.
 */
export async function buildProcessor(): Promise<void> {
  await whenChanged(PACKAGES, [REQUIREMENTS, RECIPE], async () => {
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile", "--target", PACKAGES];
    await execa(PYTHON, [...pip, "--requirement", REQUIREMENTS], inRoot);
    for (const file of filesBelow(join(ROOT, PACKAGES)).filter((path) => INSTALL_NOTES.test(path))) {
      rmSync(join(ROOT, PACKAGES, file));
    }
    for (const folder of ["bin", ...Object.entries(NEEDED).flatMap(unneeded)]) {
      rmSync(join(ROOT, PACKAGES, folder), { recursive: true, force: true });
    }
  });
  await whenChanged(BUILT.processor, [SOURCES, CONTRACT, RECIPE], async () => {
    const code = join(ROOT, PROCESSOR_CODE);
    // The packages may be a link, to what another copy of the project has installed.
    cpSync(join(ROOT, PACKAGES), code, { recursive: true, dereference: true });
    rmSync(join(code, TIME_ZONES), { recursive: true });
    writeFileSync(join(code, `${TIME_ZONES}.zip`), await zipOf(join(ROOT, PACKAGES), TIME_ZONES));
    cpSync(join(ROOT, CONTRACT), join(code, CONTRACT), { recursive: true });
    for (const file of filesBelow(join(ROOT, SOURCES)).filter((path) => path.endsWith(".py"))) {
      cpSync(join(ROOT, SOURCES, file), join(code, file));
    }
    const compile = ["-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-s", PROCESSOR_CODE, PROCESSOR_CODE];
    await execa(PYTHON, compile, inRoot);
    // Made once, where each deployment would pack all of these files again.
    writeFileSync(join(ROOT, BUILT.processor, PROCESSOR_ARCHIVE), await zipOf(code));
  });
}

function unneeded([folder, needed]: [string, string[]]): string[] {
  const folders = readdirSync(join(ROOT, PACKAGES, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.filter(({ name }) => !needed.includes(name)).map(({ name }) => `${folder}/${name}`);
}

/** Makes `dist/fetcher/`, the function that fetches exports, bundled into one file with all that it needs. */
export async function buildFetcher(): Promise<void> {
  await whenChanged(BUILT.fetcher, ["lambda/fetcher", "mapping", "package-lock.json"], async () => {
    await execa("vite", ["build", "--config", "lambda/fetcher/vite.config.ts", "--logLevel", "warn"], inRoot);
  });
}

const inRoot = { cwd: ROOT, preferLocal: true, localDir: ROOT };

/** Runs `make` for a folder whose sources changed since it was made; the folder is emptied first. */
export async function whenChanged(folder: string, sources: string[], make: () => void | Promise<void>): Promise<void> {
  const stamp = join(ROOT, "dist", ".stamps", folder.replaceAll("/", "-"));
  const wanted = hashOf(sources);
  const full = join(ROOT, folder);
  if (existsSync(full) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    return;
  }
  rmSync(stamp, { force: true });
  rmSync(full, { recursive: true, force: true });
  mkdirSync(full, { recursive: true });
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** The hash of all that lies in some files and folders, names included. */
function hashOf(sources: string[]): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    const path = join(ROOT, source);
    const files = statSync(path).isDirectory() ? filesBelow(path).filter((file) => !file.includes("__pycache__/")) : [""];
    for (const file of files) {
      hash
        .update(`${source}/${file}\0`)
        .update(readFileSync(join(path, file)))
        .update("\0");
    }
  }
  return hash.digest("hex");
}
