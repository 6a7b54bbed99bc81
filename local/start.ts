import { mkdirSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { watch } from "chokidar";
import { Command, InvalidArgumentError } from "commander";
import { Listr, type ListrTaskWrapper } from "listr2";
import { keyOf } from "../common/uploads";
import { stackConfiguration } from "../infrastructure/configuration";
import { requireWhole, verify } from "../stack/checks";
import { run, sentence, UserError } from "../stack/command";
import { buildDeployables } from "../stack/deployables";
import { outcomeText, rowsText } from "../stack/outcome-text";
import { type PublishedIndex, published, publishedText } from "../stack/published";
import { type SampleFile, sampleSeason } from "../stack/sample";
import type { Stack } from "../stack/stack";
import { whenSupervisorIsLost } from "../stack/supervisor.mjs";
import { type Outcome, type OutgoingFile, outcomeOf, outgoing, send } from "../stack/uploads";
import { type BookingHome, bookingHome, SCHEDULE_SECONDS } from "./booking-home";
import { CLERK, letIn } from "./clerk";
import { unlessLost } from "./emulator";
import { leaveNote, NOTE } from "./note";
import { type LocalStack, startLocalStack } from "./stack";

interface Options {
  once?: true;
  fetch?: true;
  turn: number;
  port?: number;
  watch: string;
}

/** What the tasks hand on. */
interface Progress {
  stack: LocalStack & Stack;
  /** Who may use the office, and with which password. */
  clerk: { name: string; password: string };
  outcomes: Outcome[];
  index: PublishedIndex | undefined;
  /** From the upload's first byte to the published day, in milliseconds. */
  publishedAfterMs: number;
  /** The booking server, where exports are fetched. */
  bookings: BookingHome | undefined;
}

type Task = ListrTaskWrapper<Progress, never, never>;

const command = new Command("npm start --")
  .description("Runs the whole stack on this machine and shows a day on it.")
  .argument("[files...]", "exports (*.tsv), profiles.json or roster-YYYY-MM-DD.json to upload; a synthetic season by default")
  .option("--once", "end after the first upload is published")
  .option("--fetch", "beside the stack, run a booking server of many moods, and fetch its export every minute")
  .option(
    "--turn <seconds>",
    "how long each mood lasts; below a minute, the export is fetched once in each",
    wholeNumber(1, 3600, "a whole number of seconds,"),
    SCHEDULE_SECONDS,
  )
  .option("--port <number>", "where the website answers; a free port by default", wholeNumber(0, 65_535, "a number"))
  .option("--watch <folder>", "upload what is dropped into this folder", "inbox")
  .parse();

run(async () => {
  const options = command.opts<Options>();
  const files = command.args.length > 0 ? command.args.map(outgoing) : sampleFiles();
  const asked = askedToEnd();
  const progress: Partial<Progress> = { bookings: options.fetch && bookingHome(seasonOf(files), options.turn) };
  try {
    const reached = await Promise.race([startAndUpload(options, files, progress as Progress).then(() => "published" as const), asked]);
    if (reached === "published") {
      report(progress as Progress);
      await (options.once ? undefined : serve(progress as Progress, resolve(options.watch), asked));
    }
  } finally {
    await progress.bookings?.stop();
    await progress.stack?.stop();
  }
})
  // What is still under way when it is asked to end, or when the embedded AWS is lost, would keep it.
  .then(() => process.exit());

/** Resolves when the process is asked to end, or has lost npm, so that what was started is ended first. */
function askedToEnd(): Promise<"asked"> {
  return new Promise((asked) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => asked("asked"));
    }
    whenSupervisorIsLost(() => asked("asked"));
  });
}

async function startAndUpload(options: Options, files: OutgoingFile[], progress: Progress): Promise<void> {
  const unlessStackIsLost = (work: Promise<void>) => unlessLost(progress.stack.emulator, work);
  const tasks = new Listr<Progress, "default", "simple">(
    [
      { title: "Build", task: () => buildDeployables({ fetcher: fetches(options) }) },
      { title: "Create the stack on an embedded AWS", task: (_, task) => createStack(options, progress, task as unknown as Task) },
      { title: "Verify it through AWS's own API", task: (_, task) => unlessStackIsLost(verifyStack(progress, task as unknown as Task)) },
      { title: "Upload and publish", task: (_, task) => unlessStackIsLost(uploadAll(files, progress, task as unknown as Task)) },
    ],
    { ctx: progress, rendererOptions: { collapseSubtasks: false }, fallbackRenderer: "simple" },
  );
  await tasks.run();
}

/** Whether the stack has the function that fetches. */
function fetches({ fetch }: Options): boolean {
  return fetch === true || stackConfiguration("local")["goldsport-scheduler:exportUrl"] !== "";
}

async function createStack({ port }: Options, progress: Progress, task: Task): Promise<void> {
  let created = 0;
  const users = stackConfiguration("local")["goldsport-scheduler:officeUsers"] || CLERK;
  const stack = await startLocalStack({
    port,
    note: NOTE,
    config: { "goldsport-scheduler:officeUsers": users },
    beside: progress.bookings?.beside,
    onCreated: (type, name) => {
      created += 1;
      task.output = `${type.split(":").at(-1)} ${name}`;
    },
  });
  progress.stack = { ...stack, name: "local" };
  const [name = CLERK] = users.split(/, */);
  progress.clerk = { name, password: await letIn(stack.clients, stack.outputs, name) };
  leaveNote(stack);
  task.title = `${task.title}: ${created} resources`;
}

async function verifyStack({ stack }: Progress, task: Task): Promise<void> {
  const findings = await verify(stack, stack.settings);
  requireWhole(findings);
  task.title = `${task.title}: all ${findings.length} rules hold`;
}

async function uploadAll(files: OutgoingFile[], progress: Progress, task: Task): Promise<void> {
  const { stack } = progress;
  const started = Date.now();
  progress.outcomes = [];
  for (const file of files) {
    task.output = file.key;
    await send(stack, file);
    const isExport = file.key.endsWith(".tsv");
    const outcome = await outcomeOf(stack, file.key);
    if (outcome.outcome !== "accepted") {
      throw new UserError(outcomeText(outcome));
    }
    if (isExport) {
      progress.index = await published(stack.url, file.key);
      progress.publishedAfterMs = Date.now() - started;
    }
    progress.outcomes.push(outcome);
  }
}

function report({ stack, clerk, outcomes, index, publishedAfterMs }: Progress): void {
  const lines = outcomes.map(({ key, rows }) => `  ${key}${rows === undefined ? "" : `: ${rowsText(rows)}`}`);
  if (index !== undefined) {
    lines.push(`  published: ${publishedText(index)}, ${(publishedAfterMs / 1000).toFixed(2)} s after the upload began`);
  }
  const office = `  Office    ${stack.url}/office/   name ${clerk.name}   password ${clerk.password}`;
  console.log(`\n${lines.join("\n")}\n\n  Display   ${stack.url}\n${office}\n  Documents ${stack.url}/data/schedule.json\n`);
}

/**
 * Uploads what is dropped into `folder`, until the process is asked to end.
 *
 * @throws UserError When the embedded AWS has ended by itself.
 */
async function serve({ stack, bookings }: Progress, folder: string, asked: Promise<unknown>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let queue = Promise.resolve();
  const take = (path: string) => {
    if (keyOf(basename(path)) !== undefined) {
      queue = queue.then(() => uploadDropped(stack, path));
    }
  };
  const watcher = watch(folder, { ignoreInitial: true, depth: 0, awaitWriteFinish: { stabilityThreshold: 200, pollInterval: 50 } });
  watcher.on("add", take).on("change", take);
  // What lay in the folder before is not uploaded; what is dropped once this is said, is.
  watcher.once("ready", () => {
    const shown = relative(process.cwd(), folder) || ".";
    console.log(`  Drop exports, profiles.json or roster-YYYY-MM-DD.json into ${shown}/ to upload them. Ctrl-C ends it all.\n`);
    bookings?.live(stack, (line) => console.log(`  ${new Date().toISOString().slice(11, 19)} ${line}`));
  });
  await unlessLost(stack.emulator, asked).finally(() => watcher.close());
}

async function uploadDropped(stack: Stack, path: string): Promise<void> {
  try {
    const file = outgoing(path);
    await send(stack, file);
    console.log(`  ${outcomeText(await outcomeOf(stack, file.key))}`);
  } catch (error) {
    console.error(`  ${sentence(error)}`);
  }
}

function sampleFiles(): OutgoingFile[] {
  return sample().map(({ key, body }) => ({ key, body: Buffer.from(body) }));
}

/** The export among the files; the synthetic season's where there is none. */
function seasonOf(files: OutgoingFile[]): string {
  const body = files.find(({ key }) => key.endsWith(".tsv"))?.body ?? (sample()[0] as SampleFile).body;
  return Buffer.from(body).toString();
}

function sample(): SampleFile[] {
  const timeZone = stackConfiguration("local")["goldsport-scheduler:timeZone"] ?? "UTC";
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(new Date());
  return sampleSeason(today, timeZone).files;
}

/** Reads an option's value; `what` says in its refusal what it has to be. */
function wholeNumber(least: number, most: number, what: string): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`it must be ${what} from ${least} to ${most}`);
    }
    return number;
  };
}
