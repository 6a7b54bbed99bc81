import { GetFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { GetScheduleCommand } from "@aws-sdk/client-scheduler";
import { resourceName, scheduleRoleName } from "../../infrastructure/names";
import {
  invokeStatement,
  putExportsStatements,
  readKeyStatements,
  readParameterStatement,
  readWriteKeyStatements,
  writeLogStatement,
} from "../../infrastructure/policies";
import { type Check, checksOf, type Deployed, equal } from "./check";
import { accountOf, functionConfiguration, rolePolicies } from "./function";
import { findAlarm } from "./monitoring";

/** The rules of the function that fetches exports, where there is one. */
export const fetcherChecks: Check[] = checksOf("fetcher", {
  "runs index.main on Node 22, for a minute at most": async (deployed) => {
    const { Runtime, Handler, Timeout } = await configuration(deployed);
    equal({ Runtime, Handler, Timeout }, { Runtime: "nodejs22.x", Handler: "index.main", Timeout: 60 });
  },
  "fetches over TLS": async (deployed) => equal((await environment(deployed)).EXPORT_URL?.startsWith("https://"), true),
  "may do exactly what it has to": async (deployed) => {
    const { outputs, settings } = deployed;
    const { MEMORY_KEY = "", EXPORT_SECRET = "" } = await environment(deployed);
    const account = accountOf(deployed);
    const wanted = [
      writeLogStatement(`arn:aws:logs:${outputs.region}:${account}:log-group:/aws/lambda/${nameOf(deployed)}`),
      ...putExportsStatements(`arn:aws:s3:::${outputs.inputBucketName}`, MEMORY_KEY),
      ...readWriteKeyStatements(settings),
      ...(EXPORT_SECRET === "" ? [] : [readParameterStatement(outputs.region, account, EXPORT_SECRET), ...readKeyStatements(settings)]),
    ];
    equal((await rolePolicies(deployed, nameOf(deployed))).sort(), wanted.map((statement) => JSON.stringify(statement)).sort());
  },
  "is called by a role that may do nothing else": async (deployed) => {
    const arn = `arn:aws:lambda:${deployed.outputs.region}:${accountOf(deployed)}:function:${nameOf(deployed)}`;
    equal(await rolePolicies(deployed, scheduleRoleName(nameOf(deployed))), [JSON.stringify(invokeStatement(arn))]);
  },
  "is called in the school's time, and never twice for one time": async (deployed) => {
    const schedule = await deployed.clients.scheduler.send(new GetScheduleCommand({ Name: `${nameOf(deployed)}-1` }));
    equal(
      [
        schedule.State,
        schedule.ScheduleExpressionTimezone,
        schedule.FlexibleTimeWindow?.Mode,
        schedule.Target?.RetryPolicy?.MaximumRetryAttempts,
      ],
      ["ENABLED", deployed.settings.timeZone, "OFF", 0],
    );
    const invoke = new GetFunctionEventInvokeConfigCommand({ FunctionName: nameOf(deployed) });
    equal((await deployed.clients.lambda.send(invoke)).MaximumRetryAttempts, 0);
  },
  "an alarm waits for it": async (deployed) => {
    const alarm = await findAlarm(deployed, "no-fetch");
    equal([alarm?.EvaluationPeriods, alarm?.AlarmActions], [1, [deployed.outputs.alarmTopicArn]]);
  },
});

const nameOf = ({ settings }: Deployed) => resourceName("fetcher", settings.env);
const configuration = (deployed: Deployed) => functionConfiguration(deployed, nameOf(deployed));

async function environment(deployed: Deployed): Promise<Record<string, string>> {
  return (await configuration(deployed)).Environment?.Variables ?? {};
}
