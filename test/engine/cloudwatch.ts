import { setTimeout as delay } from "node:timers/promises";
import { ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import type { Clients } from "../../stack/clients";
import { type EmbeddedMetrics, embeddedMetrics, putMetrics } from "../e2e/embedded-metrics";

const POLL_MS = 1_000;

/**
 * Plays CloudWatch's part on the embedded AWS until it is told to end: takes the metrics out of a function's log, as CloudWatch does by itself.
 *
 * @returns Ends it.
 */
export function readMetricsOf(clients: Clients, functionName: string): () => Promise<void> {
  const ended = new AbortController();
  const reading = (async () => {
    let taken = 0;
    while (!ended.signal.aborted) {
      const entries = await entriesSoFar();
      for (const entry of entries.slice(taken)) {
        await putMetrics(clients, functionName, entry);
      }
      taken = Math.max(taken, entries.length);
      await delay(POLL_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  })();
  return () => {
    ended.abort();
    return reading;
  };

  /** There is no log before the stack is there, nor after it. */
  async function entriesSoFar(): Promise<EmbeddedMetrics[]> {
    try {
      return await embeddedMetrics(clients, functionName);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return [];
      }
      throw error;
    }
  }
}
