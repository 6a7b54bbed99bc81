/**
 * How two descriptions of the same thing are compared: what the program asked for, and what AWS says there is.
 *
 * AWS answers in its own words: it orders lists its own way, spells policies anew and fills in defaults. None of that is a difference.
 */

/** A resource's properties by name. */
export type Properties = Record<string, unknown>;

/** What the engine sends for a value that it will know only after an earlier resource is made. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Key and values by which Pulumi marks an asset or an archive among plain properties. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** Whether a value is a map of properties, and neither a list nor nothing. */
export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nothing, `false`, `""`, and a list or map of nothing: AWS leaves them out where a program may spell them. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") {
    return true;
  }
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

/** Whether two values mean the same: key order, the order of words in a list, a policy's spelling and emptiness aside. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}

/** The properties in which two descriptions differ, by name. */
export function differences(olds: Properties, news: Properties): string[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].filter((name) => !same(olds[name], news[name])).sort();
}

/**
 * Says what AWS has, `actual`, in the words in which it was asked for, `given`: where both mean the same, `given` is kept, and what was
 * never asked for and lies inside a value is left to AWS. So a difference between the answer and `given` is a real one.
 *
 * @example
 * inTermsOf({ rule: { days: 30 } }, { rule: { days: 30, storage: "default" } }); // { rule: { days: 30 } }
 */
export function inTermsOf(given: unknown, actual: unknown): unknown {
  if (same(given, actual)) {
    return given;
  }
  if (isProperties(given) && isProperties(actual)) {
    return Object.fromEntries(Object.keys(given).map((key) => [key, inTermsOf(given[key], actual[key])]));
  }
  if (Array.isArray(given) && Array.isArray(actual) && given.length === actual.length) {
    return given.map((item, index) => inTermsOf(item, actual[index]));
  }
  return actual;
}

/** Drops what is `undefined`, at every depth: a message to the engine cannot hold it. */
export function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function canonical(value: unknown): unknown {
  if (isEmpty(value)) {
    return null;
  }
  if (typeof value === "string") {
    return policyOf(value) ?? value;
  }
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    return items.every((item) => typeof item === "string") ? items.sort() : items;
  }
  if (!isProperties(value)) {
    return value;
  }
  if (SIGNATURE in value && typeof value.hash === "string") {
    return value.hash;
  }
  const entries = Object.entries(value).filter(([, item]) => !isEmpty(item));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, canonical(item)]));
}

/** A policy or dashboard in a string, as AWS compares it; undefined for any other text. */
function policyOf(text: string): unknown {
  if (!text.startsWith("{")) {
    return undefined;
  }
  try {
    return canonical(JSON.parse(text));
  } catch {
    return undefined;
  }
}
