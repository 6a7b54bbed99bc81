import { setTimeout as delay } from "node:timers/promises";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { localParts } from "../../common/clock";
import { resourceName } from "../../infrastructure/names";
import { requireWhole, verify } from "../../stack/checks";
import type { Clients } from "../../stack/clients";
import { UserError } from "../../stack/command";
import { buildDeployables } from "../../stack/deployables";
import { outcomeText } from "../../stack/outcome-text";
import { sampleSeason } from "../../stack/sample";
import type { Stack } from "../../stack/stack";
import { type OutgoingFile, outcomeOf, send } from "../../stack/uploads";
import { configurationOf, connect } from "../connect";
import type { PulumiStack, Say } from "./pulumi-stack";
import { seeDay } from "./see-day";
import { type Step, takeSteps } from "./steps";

/** What a booking system saves when it has logged out. */
const BROKEN: OutgoingFile = { key: "orders/broken.tsv", body: Buffer.from("<!DOCTYPE html><title>502 Bad Gateway</title>") };
/** CloudWatch reads a metric out of the log within a minute or two, and looks at an alarm every minute. */
const ALARM_PATIENCE_MS = 15 * 60 * 1000;
const POLL_MS = 2_000;
/** Another period than the default. */
const LOG_DAYS = 60;

/** One stack of a real account, on trial. */
export interface Trial {
  /** The stack's name, and the environment's suffix. */
  name: string;
  region: string;
  account: string;
  timeZone: string;
  /** Who is invited to an office; nobody, and there is none. */
  office: string | undefined;
  clients: Clients;
  pulumi: PulumiStack;
}

/** What the steps hand on. */
interface Progress {
  stack: Stack;
}

/**
 * Deploys the stack and sees that all of it works.
 *
 * @throws UserError What did not work, or that it was interrupted: no step after that is taken.
 */
export async function tryAll({ pulumi, ...trial }: Trial, interrupted: AbortSignal): Promise<void> {
  const steps = stepsOf({ ...trial, pulumi: pulumi.until(interrupted) }, interrupted);
  await takeSteps(steps, interrupted, "interrupted: what Pulumi has begun is finished, then all is removed; Ctrl-C again leaves it");
}

function stepsOf({ name, region, timeZone, office, clients, pulumi }: Trial, interrupted: AbortSignal): Step<Progress>[] {
  const today = localParts(Date.now(), timeZone).date;
  const season = sampleSeason(today, timeZone);
  return [
    { title: "Build", work: async () => buildDeployables().then(() => "website and functions") },
    {
      title: "Deploy",
      work: async (progress, say) => {
        await pulumi.create({ "aws:region": region, env: name, ...(office !== undefined && { officeUsers: office }) });
        const made = await pulumi.up(say);
        progress.stack = await connect(name);
        return made;
      },
    },
    {
      title: "Verify",
      work: async ({ stack }) => {
        const findings = await verify(stack, await configurationOf(name));
        requireWhole(findings);
        return `all ${findings.length} rules hold`;
      },
    },
    { title: "Deploy again", work: (_, say) => pulumi.up(say, "--expect-no-changes") },
    { title: "Upload a synthetic season", work: ({ stack }, say) => uploadSeason(stack, season, say) },
    { title: "See today through CloudFront", work: ({ stack }) => seeDay(stack.url, season.files[0]?.key ?? "", today) },
    { title: "Change a setting", work: (_, say) => keepLogLonger(name, clients, pulumi, say) },
    {
      title: "Upload a broken file",
      work: async ({ stack }, say) => {
        say(await sent(stack, BROKEN, "rejected"));
        return alarmed(clients, resourceName("rejected-files", name), interrupted, say);
      },
    },
  ];
}

async function uploadSeason(stack: Stack, { files, rows }: ReturnType<typeof sampleSeason>, say: Say): Promise<string> {
  for (const { key, body } of files) {
    say(await sent(stack, { key, body: Buffer.from(body) }, "accepted"));
  }
  return `${files.length} files accepted, ${rows} rows`;
}

/** @returns What became of the file, for people. */
async function sent(stack: Stack, file: OutgoingFile, expected: "accepted" | "rejected"): Promise<string> {
  await send(stack, file);
  const outcome = await outcomeOf(stack, file.key);
  if (outcome.outcome !== expected) {
    throw new UserError(`${outcomeText(outcome)}: it must be ${expected}`);
  }
  return outcomeText(outcome);
}

/** Changes a setting that one resource has, and sees that the preview knows of no other. */
async function keepLogLonger(name: string, clients: Clients, pulumi: PulumiStack, say: Say): Promise<string> {
  await pulumi.set("logRetentionDays", String(LOG_DAYS));
  const planned = await pulumi.planned();
  const [only] = planned;
  if (planned.length !== 1 || only?.op !== "update" || !only.urn.endsWith("::engine-log")) {
    const others = planned.map(({ op, urn }) => `  ${op} ${urn}`).join("\n") || "  nothing";
    throw new UserError(`logRetentionDays must update the log group, and nothing else; it would:\n${others}`);
  }
  await pulumi.up(say);
  const logGroupNamePrefix = `/aws/lambda/${resourceName("engine", name)}`;
  const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
  const kept = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix)?.retentionInDays;
  if (kept !== LOG_DAYS) {
    throw new UserError(`${logGroupNamePrefix} is kept for ${kept ?? "ever"} days after logRetentionDays was set to ${LOG_DAYS}`);
  }
  return `the log is kept for ${LOG_DAYS} days, and nothing else changes`;
}

/** Waits for an alarm to go off. */
async function alarmed({ cloudwatch }: Clients, alarm: string, interrupted: AbortSignal, say: Say): Promise<string> {
  const deadline = Date.now() + ALARM_PATIENCE_MS;
  for (;;) {
    const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
    const state = MetricAlarms[0]?.StateValue ?? "missing";
    if (state === "ALARM") {
      return `it is rejected, and the alarm ${alarm} goes off`;
    }
    if (Date.now() > deadline) {
      throw new UserError(
        `the alarm ${alarm} is ${state} ${ALARM_PATIENCE_MS / 60_000} minutes after a file was rejected: it must be ALARM`,
      );
    }
    say(`the alarm is ${state}`);
    await delay(POLL_MS, undefined, { signal: interrupted });
  }
}
