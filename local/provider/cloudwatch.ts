import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  type Dimension,
  GetDashboardCommand,
  ListTagsForResourceCommand,
  type MetricAlarm,
  type MetricDataQuery,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import type { cloudwatch as awsCloudwatch } from "@pulumi/aws";
import { unlessGone } from "./errors";
import { handler, type Inputs } from "./handler";
import { removedKeys, tagList, tagMap } from "./tags";

type AlarmArgs = Inputs<awsCloudwatch.MetricAlarmArgs>;
type Query = NonNullable<AlarmArgs["metricQueries"]>[number];

const alarm = handler<awsCloudwatch.MetricAlarmArgs>({
  inputs: [
    "name",
    "alarmDescription",
    "actionsEnabled",
    "alarmActions",
    "okActions",
    "insufficientDataActions",
    "comparisonOperator",
    "evaluationPeriods",
    "datapointsToAlarm",
    "threshold",
    "treatMissingData",
    "namespace",
    "metricName",
    "dimensions",
    "period",
    "statistic",
    "extendedStatistic",
    "unit",
    "metricQueries",
    "tags",
  ],
  replaceOn: ["name"],
  // The embedded AWS does not keep them.
  unread: ["metricQueries"],
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  autoname: "name",
  taggable: true,

  async create({ cloudwatch }, inputs) {
    await cloudwatch.send(new PutMetricAlarmCommand({ ...alarmInput(inputs), Tags: tagList(inputs.tagsAll) }));
    return inputs.name ?? "";
  },

  async read({ cloudwatch }, id) {
    const found = await findAlarm(cloudwatch, id);
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: found.AlarmArn }));
    return { inputs: { ...alarmOf(found), tagsAll: tagMap(Tags as { Key: string; Value: string }[]) }, outputs: { arn: found.AlarmArn } };
  },

  async update({ cloudwatch }, id, news, olds) {
    await cloudwatch.send(new PutMetricAlarmCommand(alarmInput(news)));
    const ResourceARN = (await findAlarm(cloudwatch, id))?.AlarmArn;
    const TagKeys = removedKeys(olds.tagsAll, news.tagsAll);
    if (TagKeys.length > 0) {
      await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
    }
    await cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: tagList(news.tagsAll) }));
  },

  async delete({ cloudwatch }, id) {
    await unlessGone(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] })));
  },
});

const dashboard = handler<awsCloudwatch.DashboardArgs>({
  inputs: ["dashboardName", "dashboardBody"],
  replaceOn: ["dashboardName"],

  create: ({ cloudwatch }, inputs) => putDashboard(cloudwatch, inputs),

  async read({ cloudwatch }, id) {
    const found = await unlessGone(cloudwatch.send(new GetDashboardCommand({ DashboardName: id })));
    return (
      found && {
        inputs: { dashboardName: id, dashboardBody: found.DashboardBody },
        outputs: { dashboardArn: found.DashboardArn },
      }
    );
  },

  async update({ cloudwatch }, _id, news) {
    await putDashboard(cloudwatch, news);
  },

  async delete({ cloudwatch }, id) {
    await unlessGone(cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [id] })));
  },
});

/** Alarms and dashboards. */
export const handlers = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:cloudwatch/dashboard:Dashboard": dashboard,
};

async function findAlarm(cloudwatch: CloudWatchClient, name: string): Promise<MetricAlarm | undefined> {
  const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms?.[0];
}

async function putDashboard(cloudwatch: CloudWatchClient, inputs: Inputs<awsCloudwatch.DashboardArgs>): Promise<string> {
  const DashboardBody = typeof inputs.dashboardBody === "string" ? inputs.dashboardBody : JSON.stringify(inputs.dashboardBody);
  await cloudwatch.send(new PutDashboardCommand({ DashboardName: inputs.dashboardName, DashboardBody }));
  return inputs.dashboardName;
}

function alarmInput(inputs: AlarmArgs): PutMetricAlarmCommandInput {
  return {
    AlarmName: inputs.name,
    AlarmDescription: inputs.alarmDescription,
    ActionsEnabled: inputs.actionsEnabled ?? true,
    AlarmActions: inputs.alarmActions as string[] | undefined,
    OKActions: inputs.okActions as string[] | undefined,
    InsufficientDataActions: inputs.insufficientDataActions as string[] | undefined,
    ComparisonOperator: inputs.comparisonOperator as "GreaterThanThreshold",
    EvaluationPeriods: inputs.evaluationPeriods,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Threshold: inputs.threshold,
    TreatMissingData: inputs.treatMissingData,
    Namespace: inputs.namespace,
    MetricName: inputs.metricName,
    Dimensions: inputs.dimensions && dimensionList(inputs.dimensions),
    Period: inputs.period,
    Statistic: inputs.statistic as "Sum",
    ExtendedStatistic: inputs.extendedStatistic,
    Unit: inputs.unit as "Seconds",
    Metrics: inputs.metricQueries?.map(queryInput),
  };
}

function alarmOf(found: MetricAlarm): Partial<AlarmArgs> {
  return {
    name: found.AlarmName,
    alarmDescription: found.AlarmDescription,
    actionsEnabled: found.ActionsEnabled,
    alarmActions: found.AlarmActions,
    okActions: found.OKActions,
    insufficientDataActions: found.InsufficientDataActions,
    comparisonOperator: found.ComparisonOperator,
    evaluationPeriods: found.EvaluationPeriods,
    datapointsToAlarm: found.DatapointsToAlarm,
    threshold: found.Threshold,
    treatMissingData: found.TreatMissingData,
    namespace: found.Namespace,
    metricName: found.MetricName,
    dimensions: dimensionMap(found.Dimensions),
    period: found.Period,
    statistic: found.ExtendedStatistic === undefined ? found.Statistic : undefined,
    extendedStatistic: found.ExtendedStatistic,
    unit: found.Unit,
    metricQueries: found.Metrics?.map(queryOf),
  };
}

function queryInput({ metric, ...query }: Query): MetricDataQuery {
  return {
    Id: query.id,
    Expression: query.expression,
    Label: query.label,
    Period: query.period,
    ReturnData: query.returnData ?? false,
    MetricStat: metric && {
      Metric: { Namespace: metric.namespace, MetricName: metric.metricName, Dimensions: dimensionList(metric.dimensions ?? {}) },
      Period: metric.period,
      Stat: metric.stat,
      Unit: metric.unit as "Seconds",
    },
  };
}

function queryOf({ MetricStat: stat, ...query }: MetricDataQuery): Query {
  return {
    id: query.Id ?? "",
    expression: query.Expression,
    label: query.Label,
    period: query.Period,
    returnData: query.ReturnData,
    metric: stat && {
      namespace: stat.Metric?.Namespace,
      metricName: stat.Metric?.MetricName ?? "",
      dimensions: dimensionMap(stat.Metric?.Dimensions),
      period: stat.Period ?? 0,
      stat: stat.Stat ?? "",
      unit: stat.Unit,
    },
  };
}

function dimensionList(dimensions: Record<string, string>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function dimensionMap(dimensions: Dimension[] | undefined): Record<string, string> | undefined {
  return tagMap(dimensions?.map(({ Name, Value }) => ({ Key: Name, Value })));
}
