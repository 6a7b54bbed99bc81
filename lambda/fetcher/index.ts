import { createHash } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { applyMapping } from "../../mapping/apply";
import { type Mapping, MappingError } from "../../mapping/mapping";
import { credentialsHeader } from "./credentials";
import { download, FetchError } from "./download";
import { type FetchResult, fetchOnce } from "./fetch-once";
import { bucketStorage } from "./storage";

/** Milliseconds of a run that are kept for what comes after the download. */
const RESERVE_MS = 20_000;
const ATTEMPT_MS = 20_000;

const { EXPORT_URL = "", EXPORT_SECRET = "", EXPORT_MAPPING = "", INPUT_BUCKET = "", MEMORY_KEY = "", MAX_UPLOAD_MIB = "" } = process.env;
const mapping: Mapping | undefined = EXPORT_MAPPING === "" ? undefined : JSON.parse(EXPORT_MAPPING);
const logger = new Logger();
const metrics = new Metrics({ namespace: "GoldSport" });
const ssm = new SSMClient({});

/** Lambda's entry: fetches the export once. A server that fails is an answer, not an error: the next fetch is the retry. */
export async function main(_event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<FetchResult> {
  const result = await fetchOnce({
    storage: bucketStorage(INPUT_BUCKET, MEMORY_KEY),
    source: createHash("sha256").update(`${EXPORT_URL}\n${EXPORT_MAPPING}`).digest("hex"),
    map,
    get: async (validators) =>
      download(EXPORT_URL, {
        headers: await credentials(),
        validators,
        maxBytes: Number(MAX_UPLOAD_MIB) * 1024 ** 2,
        budgetMs: context.getRemainingTimeInMillis() - RESERVE_MS,
        attemptMs: ATTEMPT_MS,
      }),
  });
  tell(result);
  return result;
}

async function credentials(): Promise<Record<string, string>> {
  if (EXPORT_SECRET === "") {
    return {};
  }
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: EXPORT_SECRET, WithDecryption: true }));
    return credentialsHeader(Parameter?.Value ?? "");
  } catch (error) {
    throw error instanceof FetchError ? error : new FetchError(`the parameter ${EXPORT_SECRET} cannot be read: ${(error as Error).name}`);
  }
}

async function map(body: Uint8Array): Promise<Uint8Array> {
  if (mapping === undefined) {
    return body;
  }
  try {
    const { tsv, rows, notes } = await applyMapping(body, mapping);
    if (rows === 0) {
      throw new FetchError("the export has column names and no row");
    }
    if (notes.length > 0) {
      // Never the text of a note: it may hold what a cell holds.
      logger.warn("rows that cannot be read", { count: notes.length, firstLine: notes[0]?.line });
    }
    return Buffer.from(tsv);
  } catch (error) {
    throw error instanceof MappingError ? new FetchError(error.message) : error;
  }
}

function tell(result: FetchResult): void {
  const { outcome } = result;
  logger[outcome === "failed" ? "warn" : "info"]("fetch", { ...result });
  metrics.addMetric("FetchesFailed", MetricUnit.Count, outcome === "failed" ? 1 : 0);
  metrics.addMetric("FetchesSucceeded", MetricUnit.Count, outcome === "changed" || outcome === "unchanged" ? 1 : 0);
  metrics.addMetric("ExportsChanged", MetricUnit.Count, outcome === "changed" ? 1 : 0);
  metrics.publishStoredMetrics();
}
