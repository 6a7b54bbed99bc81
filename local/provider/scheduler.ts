import { CreateScheduleCommand, DeleteScheduleCommand, GetScheduleCommand, UpdateScheduleCommand } from "@aws-sdk/client-scheduler";
import type { scheduler as awsScheduler } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

type ScheduleArgs = Inputs<awsScheduler.ScheduleArgs>;

const schedule = handler<awsScheduler.ScheduleArgs>({
  inputs: ["name", "scheduleExpression", "scheduleExpressionTimezone", "flexibleTimeWindow", "target"],
  replaceOn: ["name"],
  defaults: { scheduleExpressionTimezone: "UTC" },
  autoname: "name",

  async create({ scheduler }, inputs) {
    await scheduler.send(new CreateScheduleCommand(asked(inputs)));
    return `${GROUP}/${inputs.name}`;
  },

  async read({ scheduler }, id) {
    const found = await unlessGone(scheduler.send(new GetScheduleCommand({ Name: nameIn(id) })));
    return (
      found && {
        inputs: {
          name: found.Name,
          scheduleExpression: found.ScheduleExpression,
          scheduleExpressionTimezone: found.ScheduleExpressionTimezone,
          flexibleTimeWindow: { mode: found.FlexibleTimeWindow?.Mode ?? "" },
          target: {
            arn: found.Target?.Arn ?? "",
            roleArn: found.Target?.RoleArn ?? "",
            input: found.Target?.Input,
            retryPolicy: found.Target?.RetryPolicy && {
              maximumRetryAttempts: found.Target.RetryPolicy.MaximumRetryAttempts,
              maximumEventAgeInSeconds: found.Target.RetryPolicy.MaximumEventAgeInSeconds,
            },
          },
        },
        outputs: { arn: found.Arn, groupName: found.GroupName, state: found.State },
      }
    );
  },

  async update({ scheduler }, _id, news) {
    await scheduler.send(new UpdateScheduleCommand(asked(news)));
  },

  async delete({ scheduler }, id) {
    await unlessGone(scheduler.send(new DeleteScheduleCommand({ Name: nameIn(id) })));
  },
});

/** Schedules, of the group that is always there. */
export const handlers = {
  "aws:scheduler/schedule:Schedule": schedule,
};

const GROUP = "default";

/** The name in `group/name`. */
function nameIn(id: string): string {
  return id.split("/").at(-1) ?? "";
}

function asked({ name, scheduleExpression, scheduleExpressionTimezone, flexibleTimeWindow, target }: ScheduleArgs) {
  return {
    Name: name,
    ScheduleExpression: scheduleExpression,
    ScheduleExpressionTimezone: scheduleExpressionTimezone,
    FlexibleTimeWindow: { Mode: flexibleTimeWindow.mode as "OFF" },
    Target: {
      Arn: target.arn,
      RoleArn: target.roleArn,
      Input: target.input,
      RetryPolicy: target.retryPolicy && {
        MaximumRetryAttempts: target.retryPolicy.maximumRetryAttempts,
        MaximumEventAgeInSeconds: target.retryPolicy.maximumEventAgeInSeconds,
      },
    },
  };
}
