import { setTimeout as delay } from "node:timers/promises";
import { Command } from "commander";
import { lookupIn, stackConfiguration } from "../infrastructure/configuration";
import { settingsFrom } from "../infrastructure/settings";
import { run, sentence, UserError } from "../stack/command";
import { foreignBuckets, whatIsThere } from "./acceptance/account";
import { takeDown } from "./acceptance/cleaning";
import { interruption } from "./acceptance/interruption";
import { isRunning, leaveNote, type Note, placeOf, readNote, removeNote } from "./acceptance/note";
import { PulumiStack } from "./acceptance/pulumi-stack";
import { type Trial, tryAll } from "./acceptance/trial";
import { confirmed } from "./confirm";
import { connectAccount } from "./connect";

interface Options {
  stack: string;
  region: string;
  office?: string;
  yes?: true;
}

const POLL_MS = 500;

const command = new Command("acceptance")
  .description("Deploys a new stack to a real account, sees that all of it works, and removes all of it again.")
  .requiredOption("--stack <name>", "a name that nothing has yet: the stack's, and the environment's suffix")
  .option("--region <region>", "where", "eu-central-1")
  .option("--office <address>", "make an office, too, and invite this address")
  .option("--yes", "begin without being asked")
  .parse();

run(async () => {
  const options = command.opts<Options>();
  const trial = await trialOf(options);
  const broken = readNote(trial.name);
  await (broken === undefined ? requireNew(trial) : requireOver(trial, broken));
  console.log(`${broken === undefined ? announcement(trial) : brokenAnnouncement(trial)}\n`);
  if (options.yes !== true && !(await confirmed(broken === undefined ? "Begin" : "Remove it"))) {
    console.log("nothing was done");
    return;
  }
  await (broken === undefined ? tryAndTakeDown(trial) : finish(trial, broken));
});

/** @throws UserError For a name, a region or an address that no stack may have, or where AWS does not know who asks. */
async function trialOf({ stack: name, region, office }: Options): Promise<Trial> {
  const chosen = { "aws:region": region, "goldsport-scheduler:env": name, "goldsport-scheduler:officeUsers": office ?? "" };
  const { timeZone } = settingsFrom(lookupIn({ ...stackConfiguration("dev"), ...chosen }));
  const { clients, account } = await connectAccount(region);
  return { name, region, account, timeZone, office, clients, pulumi: new PulumiStack(name) };
}

/** @throws UserError When anything is there that the trial would make, and later remove. */
async function requireNew({ name, account, clients, pulumi }: Trial): Promise<void> {
  const settings = pulumi.settings();
  const there = [
    ...(settings === undefined ? [] : [`the file of settings ${settings}`]),
    ...((await pulumi.isThere()) ? [`the stack ${name}`] : []),
    ...(await whatIsThere(clients, name)).map(({ what }) => `${what} in the account ${account}`),
    ...(await foreignBuckets(clients, name)).map((bucket) => `the bucket ${bucket}, which is another account's`),
  ];
  if (there.length > 0) {
    const [first, ...others] = there;
    const more = others.length === 0 ? "" : `, and ${others.length} more of that name`;
    throw new UserError(`--stack ${name} must be a new name, as all that bears it is removed in the end: there is ${first}${more}`);
  }
}

/** @throws UserError Where a trial that is noted down still runs, or was somewhere else. */
async function requireOver({ name, account, region }: Trial, broken: Note): Promise<void> {
  if (isRunning(name, broken.trial)) {
    throw new UserError(`process ${broken.trial} is at ${name} already: wait for it, or interrupt it`);
  }
  if (broken.account !== account || broken.region !== region) {
    throw new UserError(
      `an earlier run on ${name} was broken, in the account ${broken.account}, ${broken.region}; this is ${account}, ${region}: ` +
        `finish it there (where nothing of it is left, delete ${placeOf(name)})`,
    );
  }
}

function announcement({ name, region, account, office }: Trial): string {
  const invited =
    office === undefined ? "" : `\n\nAn office is made, too, and Cognito writes to ${office}: one of the account's 50 mails of today.`;
  return `A new stack ${name} is deployed to the account ${account}, ${region}, verified, deployed once more, fed with a synthetic season and looked at
through CloudFront; a setting is changed, and a file is broken until the alarm goes off. Then all of it is removed, buckets and table included.

It takes about half an hour, most of it CloudFront's, and costs about 0.02 USD by AWS's list prices: alarms, metrics and dashboard are
7.80 a month, of which an hour is 0.011; the season is 1,400 writes to DynamoDB, 0.001, and some 300 to S3, 0.002.${invited}`;
}

function brokenAnnouncement({ name, region, account }: Trial): string {
  return `An earlier run on ${name}, in the account ${account}, ${region}, was broken: what it left is removed, buckets and table included.`;
}

async function tryAndTakeDown(newTrial: Trial): Promise<void> {
  const { trial: interrupted, cleaning } = interruption();
  const trial = noted(newTrial);
  const failure = await tryAll(trial, interrupted).then(
    () => undefined,
    (error) => sentence(error),
  );
  console.log("");
  await takeDown(trial, cleaning);
  removeNote(trial.name);
  if (failure !== undefined) {
    throw new UserError(`\n${failure}\n\n${trial.name} did not pass; nothing of it is left`);
  }
  console.log(`\nall of it works, and nothing of ${trial.name} is left`);
}

/** Removes what a broken trial left, once the Pulumi that it ran has ended. */
async function finish(trial: Trial, { pulumi }: Note): Promise<void> {
  // It is this one that an interruption ends.
  const { trial: interrupted } = interruption();
  if (pulumi !== undefined && isRunning(trial.name, pulumi)) {
    console.log(`its Pulumi, process ${pulumi}, still runs: it is told to end\n`);
    process.kill(pulumi, "SIGINT");
    while (isRunning(trial.name, pulumi)) {
      await delay(POLL_MS, undefined, { signal: interrupted });
    }
  }
  await trial.pulumi.until(interrupted).mend();
  await takeDown(noted(trial), interrupted, true);
  removeNote(trial.name);
  console.log(`\nnothing of ${trial.name} is left`);
}

/** Leaves a note on the trial from now on, and on each Pulumi that it runs: never before it is known that nothing bears the name. */
function noted(trial: Trial): Trial {
  const { name, region, account } = trial;
  const leave = (pulumi?: number) => leaveNote(name, { account, region, trial: process.pid, pulumi });
  leave();
  return { ...trial, pulumi: new PulumiStack(name, leave) };
}
