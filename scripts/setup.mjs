/**
 * Makes a fresh clone ready to run: npm's packages and a Python environment in `.venv`.
 *
 * `node scripts/setup.mjs` installs what `npm start` needs, `node scripts/setup.mjs --dev` also what the tests and checks need.
 * `node scripts/setup.mjs --then FILE ARGUMENT...` goes on as that TypeScript program, in the same process: npm's signals reach it.
 * Plain JavaScript without dependencies, because it runs before there are any. What is installed already is told by a stamp that
 * holds the hash of the lock file or requirements, so a second call takes a moment.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { whenSupervisorIsLost } from "../stack/supervisor.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [then, ...thenArguments] = process.argv.includes("--then") ? process.argv.slice(process.argv.indexOf("--then") + 1) : [];
const dev = process.argv[2] === "--dev";

const NODE_FLOOR = [20, 19];
const PYTHON_FLOOR = [3, 11];
/** What `npm start` needs, and what the tests need beside it: the requirements file to install, then those that it includes. */
const RUN = ["local/requirements.txt", "lambda/processor/requirements.txt"];
const DEV = ["test/requirements.txt", ...RUN];
const SHOWN_LINES = 15;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const PYTHON_CANDIDATES = [process.env.PYTHON, "python3", "python3.13", "python3.12", "python3.11", "python"];

try {
  requireNode();
  await installPackages();
  await installPython();
} catch (error) {
  console.error(`setup: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
if (then !== undefined) {
  const require = createRequire(import.meta.url);
  process.argv = [process.execPath, join(root, then), ...thenArguments];
  require("ts-node/register");
  require(join(root, then));
}

function requireNode() {
  if (olderThan(process.versions.node.split(".").map(Number), NODE_FLOOR)) {
    throw new Error(`Node ${NODE_FLOOR.join(".")} or newer is needed, this is ${process.versions.node}`);
  }
}

async function installPackages() {
  const stamp = join(root, "node_modules", ".goldsport-setup");
  const wanted = hashOf(["package-lock.json"]);
  if (read(stamp) === wanted) {
    return;
  }
  await step("npm packages", process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, wanted);
}

async function installPython() {
  const stampOf = (name) => join(root, ".venv", `.goldsport-${name}`);
  const stamp = stampOf(dev ? "dev" : "run");
  const files = dev ? DEV : RUN;
  const wanted = hashOf(files);
  if (read(stamp) === wanted) {
    return;
  }
  const python = join(root, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(python)) {
    await step("Python environment", findPython(), ["-m", "venv", join(root, ".venv")]);
  }
  await step("Python packages", python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "-r",
    join(root, files[0] ?? ""),
  ]);
  writeFileSync(stamp, wanted);
  // Who has what the tests need has what `npm start` needs.
  writeFileSync(stampOf("run"), hashOf(RUN));
}

function findPython() {
  for (const candidate of PYTHON_CANDIDATES) {
    if (!candidate) {
      continue;
    }
    const { status, stdout } = spawnSync(candidate, ["-c", "import sys; print(*sys.version_info[:2])"], { encoding: "utf8" });
    if (status === 0 && !olderThan(stdout.trim().split(" ").map(Number), PYTHON_FLOOR)) {
      return candidate;
    }
  }
  throw new Error(`Python ${PYTHON_FLOOR.join(".")} or newer is needed and none was found; install it, or name it in PYTHON`);
}

/**
 * Runs one command and says so; its output is shown only when it fails. It ends with this process, whatever tells this one to end.
 *
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 */
async function step(what, command, args) {
  const started = Date.now();
  process.stdout.write(`setup: ${what} …`);
  const { code, output } = await outputOf(command, args);
  if (code !== 0) {
    process.stdout.write(" failed\n");
    const shown = output.trim().split("\n").slice(0, SHOWN_LINES).join("\n");
    throw new Error(`'${command} ${args.join(" ")}' failed:\n${shown}`);
  }
  process.stdout.write(` ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function outputOf(command, args) {
  return new Promise((done) => {
    let output = "";
    const child = spawn(command, args, { cwd: root, shell: process.platform === "win32" });
    const end = () => {
      child.kill();
      process.exit(1);
    };
    const letSupervisorGo = whenSupervisorIsLost(end);
    for (const signal of SIGNALS) {
      process.once(signal, end);
    }
    const finish = (/** @type {number | null} */ code) => {
      letSupervisorGo();
      for (const signal of SIGNALS) {
        process.removeListener(signal, end);
      }
      done({ code, output });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    child.once("error", (error) => {
      output += error.message;
      finish(null);
    });
    child.once("close", finish);
  });
}

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * @param {number[]} version
 * @param {number[]} floor
 */
function olderThan(version, floor) {
  const [major = 0, minor = 0] = version;
  const [floorMajor = 0, floorMinor = 0] = floor;
  return major < floorMajor || (major === floorMajor && minor < floorMinor);
}
