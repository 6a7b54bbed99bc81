import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { adoptWhatOutlived } from "./adoption";
import { builtFetcher, builtOffice, builtProcessor, builtWebsite } from "./built";
import { DailyRun } from "./components/daily-run";
import { DataTable } from "./components/data-table";
import { Fetcher } from "./components/fetcher";
import { InputBucket } from "./components/input-bucket";
import { Monitoring } from "./components/monitoring";
import { Office } from "./components/office";
import { type OfficeAddresses, officeAddresses } from "./components/office-addresses";
import { Processor, TIMEOUT_SECONDS } from "./components/processor";
import { Website } from "./components/website";
import { resourceName, signInPrefix } from "./names";
import { readSettings, type Settings } from "./settings";

/** What a deployed stack tells its scripts and its owner. */
export interface StackOutputs {
  inputBucketName: string;
  websiteBucketName: string;
  dataTableName: string;
  processorFunctionName: string;
  processorFunctionArn: string;
  failureQueueUrl: string;
  distributionId: string;
  websiteUrl: string;
  dashboardName: string;
  alarmTopicArn: string;
  region: string;
  /** Where exports are fetched. */
  fetcherFunctionName?: string;
  /** Where there is an office: its page's address, and who may use it. */
  officeUrl?: string;
  userPoolId?: string;
}

/** Where the function that fetches remembers what it put last. */
const FETCHER_MEMORY = "fetcher/last.json";

/** The program: one stack is one school. Pulumi calls it, and takes what it returns for the stack's outputs. */
export default function goldsportScheduler(): pulumi.Inputs {
  const settings = readSettings();
  const { env, protect, kmsKeyArn, formerKmsKeyArns, accessLogBucket, webAclArn } = settings;
  const keys = { kmsKeyArn, formerKmsKeyArns };
  const code = builtProcessor();
  const site = builtWebsite();
  if (settings.adopt) {
    adoptWhatOutlived();
  }

  const { tags, ...access } = settings.provider;
  const provider = new aws.Provider("aws", {
    region: settings.region as aws.Region,
    ...access,
    defaultTags: { tags: { ...tags, project: pulumi.getProject(), stack: pulumi.getStack() } },
  });
  const opts = { providers: [provider] };

  const input = new InputBucket(
    "input",
    { bucketName: resourceName("input", env), expireAfterDays: settings.inputRetentionDays, protect, accessLogBucket, ...keys },
    opts,
  );
  const table = new DataTable("data", { tableName: resourceName("data", env), protect, ...keys }, opts);
  const addresses = settings.officeUsers.length === 0 ? undefined : addressesFor(settings, input, provider);
  const website = new Website(
    "web",
    {
      bucketName: resourceName("web", env),
      site,
      protect,
      accessLogBucket,
      webAclArn,
      ...keys,
      officeSpeaksTo: addresses?.apply((known) => Object.values(known)),
    },
    opts,
  );
  const processor = new Processor(
    "engine",
    {
      functionName: resourceName("engine", env),
      queueName: resourceName("failures", env),
      code,
      environment: {
        DATA_TABLE: table.tableName,
        WEBSITE_BUCKET: website.bucketName,
        TIME_ZONE: settings.timeZone,
        RETENTION_DAYS: String(settings.retentionDays),
        MAX_UPLOAD_MIB: String(settings.maxUploadMib),
        POWERTOOLS_SERVICE_NAME: resourceName("engine", env),
      },
      logRetentionDays: settings.logRetentionDays,
      kmsKeyArn,
    },
    opts,
  );

  const grants = [input.grantRead(processor.role), table.grantReadWrite(processor.role), website.grantReadWrite(processor.role, "data/*")];
  input.onObjectCreated(processor.function, ["orders/", "instructors/"], [...grants, ...processor.ready]);
  new DailyRun(
    "daily",
    { name: resourceName("daily", env), functionArn: processor.functionArn, timeZone: settings.timeZone },
    { ...opts, dependsOn: [...grants, ...processor.ready] },
  );

  const fetcher = settings.exportUrl === undefined ? undefined : fetchExports(settings.exportUrl, settings, input, opts);

  const office = addresses && openOffice(settings, addresses, { input, table, website }, opts);

  const monitoring = new Monitoring(
    "monitoring",
    {
      env,
      region: settings.region,
      functionName: processor.functionName,
      fetcherName: fetcher?.functionName,
      office,
      queueName: processor.failureQueue.name,
      tableName: table.tableName,
      distributionId: website.distributionId,
      timeoutSeconds: TIMEOUT_SECONDS,
      email: settings.alarmEmail,
      freshnessHours: settings.freshnessHours,
      openingHours: settings.openingHours,
      timeZone: settings.timeZone,
      kmsKeyArn,
    },
    opts,
  );

  return {
    inputBucketName: input.bucketName,
    websiteBucketName: website.bucketName,
    dataTableName: table.tableName,
    processorFunctionName: processor.functionName,
    processorFunctionArn: processor.functionArn,
    failureQueueUrl: processor.failureQueue.url,
    distributionId: website.distributionId,
    websiteUrl: website.url,
    dashboardName: monitoring.dashboardName,
    alarmTopicArn: monitoring.topicArn,
    region: settings.region,
    ...(fetcher && { fetcherFunctionName: fetcher.functionName }),
    ...(office && { officeUrl: office.url, userPoolId: office.userPoolId }),
  };
}

/** The function that fetches exports by itself, where there is an address to fetch from. */
function fetchExports(url: string, settings: Settings, input: InputBucket, opts: pulumi.ComponentResourceOptions): Fetcher {
  const { env, region, timeZone, openingHours, logRetentionDays, exportEveryMinutes, exportSecret, exportMapping } = settings;
  const functionName = resourceName("fetcher", env);
  const fetcher = new Fetcher(
    "fetcher",
    {
      functionName,
      region,
      codeFolder: builtFetcher(),
      environment: {
        EXPORT_URL: url,
        EXPORT_SECRET: exportSecret ?? "",
        EXPORT_MAPPING: exportMapping === undefined ? "" : JSON.stringify(exportMapping),
        INPUT_BUCKET: input.bucketName,
        MEMORY_KEY: FETCHER_MEMORY,
        MAX_UPLOAD_MIB: String(settings.maxUploadMib),
        POWERTOOLS_SERVICE_NAME: functionName,
      },
      secretName: exportSecret,
      openingHours,
      everyMinutes: exportEveryMinutes,
      timeZone,
      logRetentionDays,
      kmsKeyArn: settings.kmsKeyArn,
      formerKmsKeyArns: settings.formerKmsKeyArns,
    },
    opts,
  );
  fetcher.start([input.grantPutExports(fetcher.role, FETCHER_MEMORY)]);
  return fetcher;
}

/** What the office's page speaks to. */
function addressesFor({ env, region }: Settings, input: InputBucket, provider: aws.Provider): pulumi.Output<OfficeAddresses> {
  const { accountId } = aws.getCallerIdentityOutput({}, { provider });
  return pulumi
    .all([accountId, input.bucketName])
    .apply(([account, bucket]) => officeAddresses(region, signInPrefix(env, account), bucket));
}

/** The office's page and its users, where there are any. */
function openOffice(
  settings: Settings,
  addresses: pulumi.Output<OfficeAddresses>,
  { input, table, website }: { input: InputBucket; table: DataTable; website: Website },
  opts: pulumi.ComponentResourceOptions,
): Office {
  const { env, region, timeZone, maxUploadMib, protect, kmsKeyArn } = settings;
  const office = new Office(
    "office",
    {
      physicalName: resourceName("office", env),
      users: settings.officeUsers,
      language: settings.officeLanguage,
      protect,
      site: builtOffice(),
      bucket: { bucketName: website.bucketName, kmsKeyArn },
      websiteUrl: website.url,
      told: { region, inputBucketName: input.bucketName, dataTableName: table.tableName, timeZone, maxUploadMib, addresses },
    },
    opts,
  );
  office.invite([input.allowPage(website.url), input.grantOffice(office.role), table.grantOffice(office.role)]);
  return office;
}
