import assert from "node:assert/strict";
import { existsSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { CreateUserPoolCommand, CreateUserPoolDomainCommand } from "@aws-sdk/client-cognito-identity-provider";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { whatIsThere } from "../../scripts/acceptance/account";
import { SAME_MS } from "../../scripts/acceptance/interruption";
import { BrowserMissing } from "../../scripts/chromium";
import { chromiumThatFinds } from "./chromium-wrapper";
import { readMetricsOf } from "./cloudwatch";
import { type EngineStack, startEngineStack } from "./engine-stack";
import type { CommandRun } from "./environment";

const COMMAND = "npm run acceptance -- --stack trial --yes";
const OF_ANOTHER = { Bucket: "goldsport-scheduler-input-trial", Key: "orders/season.tsv" };

/** That a trial is the command's own. */
const NOTE = "dist/acceptance/trial.json";

describe("the first meeting with an account: npm run acceptance", function () {
  this.timeout(240_000);
  let engine: EngineStack;

  before(async () => {
    engine = await startEngineStack("dev");
  });

  after(() => engine?.stop());

  it("refuses a name that something bears, in one sentence, touches nothing of it, and takes nothing of it for its own", async () => {
    const { s3 } = engine.clients;
    await s3.send(new CreateBucketCommand({ Bucket: OF_ANOTHER.Bucket }));
    await s3.send(new PutObjectCommand({ ...OF_ANOTHER, Body: "another's" }));
    const { exitCode, output } = await engine.command(COMMAND);
    assert.equal(exitCode, 1, output);
    assert.match(
      output,
      /^--stack trial must be a new name, .*: there is the bucket goldsport-scheduler-input-trial in the account 0{12}$/m,
    );
    assert.ok(!existsSync(join(engine.folder, NOTE)));
    assert.equal(await (await s3.send(new GetObjectCommand(OF_ANOTHER))).Body?.transformToString(), "another's");
    const [bucket] = await whatIsThere(engine.clients, "trial");
    await bucket?.remove();
  });

  it("cleans up by itself when Ctrl-C comes while it deploys", async () => {
    const { exitCode, output } = await signalled(["SIGINT"]);
    assert.notEqual(exitCode, 0, output);
    assert.match(output, /it was interrupted\n\ntrial did not pass; nothing of it is left\s*$/);
    await nothingIsLeft();
  });

  it("says what is left, and how to remove it, when Ctrl-C comes again while it cleans up; the next run does", async () => {
    const { exitCode, output } = await signalled(["SIGINT", "SIGINT"]);
    assert.notEqual(exitCode, 0, output);
    assert.match(
      output,
      /the cleaning was interrupted\nstill there:\n.*\nto remove it, run this again: npm run acceptance -- --stack trial\s*$/s,
    );
    assert.ok((await whatIsThere(engine.clients, "trial")).length > 0);
    await isFinished();
  });

  it("is finished by a second run when it is ended hard while it deploys", async () => {
    const first = await signalled(["SIGKILL"]);
    assert.notEqual(first.exitCode, 0, first.output);
    assert.ok((await whatIsThere(engine.clients, "trial")).length > 0);
    // As if it had been made at the very end, when Pulumi could not note it any more: with it, the role cannot be deleted.
    const statement = { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const unknown = { RoleName: "goldsport-scheduler-engine-trial", PolicyName: "unknown", PolicyDocument };
    await engine.clients.iam.send(new PutRolePolicyCommand(unknown));
    const pool = { PoolName: "goldsport-scheduler-office-trial" };
    const { UserPool } = await engine.clients.cognitoIdp.send(new CreateUserPoolCommand(pool));
    await engine.clients.cognitoIdp.send(new CreateUserPoolDomainCommand({ UserPoolId: UserPool?.Id, Domain: "goldsport-trial" }));
    // As if it had been ended while it wrote its state: no command of Pulumi's can read that.
    truncateSync(join(engine.folder, "state/.pulumi/stacks/goldsport-scheduler/trial.json.attrs"));
    await isFinished();
  });

  it("deploys, verifies, uses, changes, breaks and alarms a stack, and leaves nothing of it", async () => {
    const endMetrics = readMetricsOf(engine.clients, "goldsport-scheduler-engine-trial");
    const { chromium, seen } = wrapper();
    const { exitCode, output } = await engine.command(`CHROMIUM_PATH=${chromium} ${COMMAND} --office anna@example.com`).finally(endMetrics);
    assert.equal(exitCode, 0, output);
    const steps = [
      /costs about 0\.\d\d USD/,
      /Cognito writes to anna@example\.com/,
      /✔ Deploy: \d+ created/,
      /✔ Verify: all \d+ rules hold/,
      /✔ Deploy again: \d+ unchanged/,
      /✔ Upload a synthetic season: 3 files accepted, 1\d{3} rows/,
      seen,
      /✔ Change a setting: the log is kept for 60 days, and nothing else changes/,
      /✔ Upload a broken file: it is rejected, and the alarm goldsport-scheduler-rejected-files-trial goes off/,
      /✔ Destroy the stack/,
      /✔ Remove what outlives it: (?=.*the table)(?=.*the bucket .*-input-trial)(?=.*the bucket .*-web-trial)/,
      /✔ Look for anything left: nothing/,
      /all of it works, and nothing of trial is left/,
    ];
    assert.match(output, new RegExp(steps.map(({ source }) => source).join(".*"), "s"));
    await nothingIsLeft();
  });

  /** The machine's Chromium where there is one, and what is said of the day then. */
  function wrapper(): { chromium: string; seen: RegExp } {
    try {
      return { chromium: chromiumThatFinds(engine.folder, engine.emulator), seen: /✔ See today .*Chromium shows who starts at/ };
    } catch (error) {
      assert.ok(error instanceof BrowserMissing);
      return { chromium: "", seen: /✔ See today .*nobody looked at it: no chromium found/ };
    }
  }

  /** A further run removes what a broken one left. */
  async function isFinished(): Promise<void> {
    const { exitCode, output } = await engine.command(COMMAND);
    assert.equal(exitCode, 0, output);
    assert.match(output, /An earlier run on trial, .* was broken.*nothing of trial is left\s*$/s);
    await nothingIsLeft();
  }

  /** Neither in the account, nor in Pulumi's state, nor in the project. */
  async function nothingIsLeft(): Promise<void> {
    assert.deepEqual(
      (await whatIsThere(engine.clients, "trial")).map(({ what }) => what),
      [],
    );
    const { output } = await engine.command("pulumi stack ls --json");
    assert.deepEqual(
      JSON.parse(output).map(({ name }: { name: string }) => name),
      ["dev"],
    );
    assert.deepEqual(
      ["Pulumi.trial.yaml", NOTE].filter((file) => existsSync(join(engine.folder, file))),
      [],
    );
  }

  /**
   * The command, which gets signals, as from a terminal: the first when the stack's function is about to be made, when much is there and much
   * is not, the second when the cleaning deletes, and late enough not to be taken for the first.
   */
  function signalled(signals: NodeJS.Signals[]): Promise<CommandRun> {
    const left = [...signals];
    let sent = 0;
    const send = (group: number) => {
      const signal = left.shift();
      if (signal !== undefined) {
        sent = Date.now();
        process.kill(-group, signal);
      }
    };
    return engine
      .command(`exec ${COMMAND}`, async (group) => {
        engine.intercept = async (type, work) => {
          if (type === "aws:lambda/function:Function") {
            send(group);
          }
          return work();
        };
        engine.interceptDelete = async (work) => {
          if (Date.now() - sent > SAME_MS) {
            send(group);
          }
          return work();
        };
      })
      .finally(() => {
        engine.intercept = (_type, work) => work();
        engine.interceptDelete = (work) => work();
      });
  }
});
