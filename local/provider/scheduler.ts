import { CreateScheduleCommand, DeleteScheduleCommand, GetScheduleCommand, UpdateScheduleCommand } from "@aws-sdk/client-scheduler";
import type { scheduler as awsScheduler } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";

const GROUP = "default";

/** The id is `group/name`, as Pulumi's is. */
const schedule = handler<awsScheduler.ScheduleArgs>({
  inputs: ["name", "description", "scheduleExpression", "scheduleExpressionTimezone", "flexibleTimeWindow", "target", "state"],
  replaceOn: ["name"],
  defaults: { scheduleExpressionTimezone: "UTC", state: "ENABLED" },
  autoname: "name",

  async create({ scheduler }, inputs) {
    await scheduler.send(new CreateScheduleCommand(request(inputs.name ?? "", inputs)));
    return `${GROUP}/${inputs.name}`;
  },

  async read({ scheduler }, id) {
    const found = await unlessGone(scheduler.send(new GetScheduleCommand({ Name: nameOf(id) })));
    if (found === undefined) {
      return undefined;
    }
    const { Target, FlexibleTimeWindow } = found;
    const retry = Target?.RetryPolicy;
    return {
      inputs: {
        name: nameOf(id),
        description: found.Description,
        scheduleExpression: found.ScheduleExpression,
        scheduleExpressionTimezone: found.ScheduleExpressionTimezone,
        flexibleTimeWindow: { mode: FlexibleTimeWindow?.Mode ?? "OFF", maximumWindowInMinutes: FlexibleTimeWindow?.MaximumWindowInMinutes },
        target: {
          arn: Target?.Arn ?? "",
          roleArn: Target?.RoleArn ?? "",
          input: Target?.Input,
          retryPolicy: retry && {
            maximumRetryAttempts: retry.MaximumRetryAttempts,
            maximumEventAgeInSeconds: retry.MaximumEventAgeInSeconds,
          },
        },
        state: found.State,
      },
      outputs: { arn: found.Arn },
    };
  },

  async update({ scheduler }, id, news) {
    await scheduler.send(new UpdateScheduleCommand(request(nameOf(id), news)));
  },

  async delete({ scheduler }, id) {
    await unlessGone(scheduler.send(new DeleteScheduleCommand({ Name: nameOf(id) })));
  },
});

/** What calls a function at its times. */
export const handlers = { "aws:scheduler/schedule:Schedule": schedule };

function nameOf(id: string): string {
  return id.split("/").at(-1) ?? id;
}

function request(Name: string, inputs: Inputs<awsScheduler.ScheduleArgs>) {
  const { arn, roleArn, input, retryPolicy } = inputs.target;
  return {
    Name,
    Description: inputs.description,
    ScheduleExpression: inputs.scheduleExpression,
    ScheduleExpressionTimezone: inputs.scheduleExpressionTimezone,
    State: inputs.state as "ENABLED",
    FlexibleTimeWindow: {
      Mode: inputs.flexibleTimeWindow.mode as "OFF",
      MaximumWindowInMinutes: inputs.flexibleTimeWindow.maximumWindowInMinutes,
    },
    Target: {
      Arn: arn,
      RoleArn: roleArn,
      Input: input,
      RetryPolicy: retryPolicy && {
        MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
        MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
      },
    },
  };
}
