import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { scheduleRole } from "./roles";

/** Half an hour into the school's day: runs that began before midnight are over, and nobody looks at a screen. */
export const DAILY_AT = "cron(30 0 * * ? *)";

/** What the function is called with: see `DAILY_EVENT` in the processor's `engine.py`. */
export const DAILY_EVENT = JSON.stringify({ run: "daily" });

export interface DailyRunArgs {
  /** Physical name of the schedule and of its role. */
  name: string;
  /** The function to call. */
  functionArn: pulumi.Input<string>;
  /** The school's time zone. */
  timeZone: string;
}

/** Calls the function every night, so that what is past leaves though nothing is uploaded. Its role may do that and nothing else. */
export class DailyRun extends pulumi.ComponentResource {
  constructor(name: string, { name: physicalName, functionArn, timeZone }: DailyRunArgs, opts?: pulumi.ComponentResourceOptions) {
    super("goldsport:index:DailyRun", name, {}, opts);
    const { role, invokeGrant } = scheduleRole(this, `${name}-role`, physicalName, `${name}-invoke`, functionArn);
    new aws.scheduler.Schedule(
      `${name}-schedule`,
      {
        name: physicalName,
        scheduleExpression: DAILY_AT,
        scheduleExpressionTimezone: timeZone,
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: functionArn, roleArn: role.arn, input: DAILY_EVENT },
      },
      { parent: this, dependsOn: invokeGrant },
    );
    this.registerOutputs({});
  }
}
