import { isDeepStrictEqual } from "node:util";
import type { Settings } from "../../infrastructure/settings";
import type { Clients } from "../clients";
import { UserError } from "../command";
import type { Stack } from "../stack";

/** A deployed stack, and what it was told to be. */
export interface Deployed extends Stack {
  settings: Settings;
  clients: Clients;
}

/** One rule that a deployed stack has to keep. */
export interface Check {
  /** The part of the stack, for example "input bucket". */
  part: string;
  /** The rule, in a few words. */
  rule: string;
  /** Asks AWS. @throws With what is there instead, when the rule does not hold. */
  holds: (deployed: Deployed) => Promise<void>;
}

/** What came of one check. */
export interface Finding {
  part: string;
  rule: string;
  /** What is there instead; undefined where the rule holds. */
  problem: string | undefined;
}

/** Names the checks of one part. */
export function checksOf(part: string, rules: Record<string, Check["holds"]>): Check[] {
  return Object.entries(rules).map(([rule, holds]) => ({ part, rule, holds }));
}

/** @throws When `found` is not exactly `wanted`; the message shows what it is. */
export function equal(found: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(found, wanted)) {
    throw new Error(`it is ${shown(found)}, not ${shown(wanted)}`);
  }
}

/** What `ask` answers; undefined when AWS says that there is no such thing. */
export async function unlessMissing<T>(ask: Promise<T>): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof Error && /NoSuch|NotFound|NotExist/.test(error.name)) {
      return undefined;
    }
    throw error;
  }
}

/** Runs every check, all at the same time: they only read. */
export function runChecks(checks: Check[], deployed: Deployed): Promise<Finding[]> {
  return Promise.all(
    checks.map(async ({ part, rule, holds }): Promise<Finding> => {
      try {
        await holds(deployed);
        return { part, rule, problem: undefined };
      } catch (error) {
        return { part, rule, problem: error instanceof Error ? error.message || error.name : String(error) };
      }
    }),
  );
}

/** @throws UserError Where a rule does not hold: which, and what is there instead. */
export function requireWhole(findings: Finding[]): void {
  const broken = findings.filter(({ problem }) => problem !== undefined);
  if (broken.length > 0) {
    throw new UserError(broken.map(({ part, rule, problem }) => `the ${part} breaks the rule "${rule}": ${problem}`).join("\n"));
  }
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
