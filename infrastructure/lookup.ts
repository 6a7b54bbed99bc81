import * as pulumi from "@pulumi/pulumi";

/** Looks a key up in a stack's configuration: `env`, or with its package `aws:region`. */
export type Lookup = (key: string) => string | undefined;

/**
 * A whole number within bounds.
 *
 * @param note Added to what is allowed.
 * @throws pulumi.RunError As each function below: one sentence that names the key, what it holds and what it may be.
 */
export function readWhole(lookup: Lookup, key: string, least: number, most: number, note = ""): number {
  const allowed = `a whole number from ${least} to ${most}${note}`;
  const text = required(lookup, key, allowed);
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : wrong(key, text, allowed);
}

/** A switch: `true` or `false`. */
export function readSwitch(lookup: Lookup, key: string): boolean {
  const allowed = "true or false";
  const text = required(lookup, key, allowed);
  return text === "true" || (text === "false" ? false : wrong(key, text, allowed));
}

/** A text of a form, which may be left out. */
export function readOptional(lookup: Lookup, key: string, form: RegExp, meaning: string): string | undefined {
  const value = lookup(key) ?? "";
  return value === "" ? undefined : form.test(value) ? value : wrong(key, value, `${meaning}, or empty`);
}

/** A text that has to be there. */
export function required(lookup: Lookup, key: string, allowed: string): string {
  const value = lookup(key);
  if (value === undefined || value === "") {
    throw new pulumi.RunError(`the setting ${key} is missing: it must be ${allowed} (pulumi config set ${key} …)`);
  }
  return value;
}

/** Refuses a value. */
export function wrong(key: string, value: string, allowed: string): never {
  throw new pulumi.RunError(`the setting ${key} is "${value}": it must be ${allowed}`);
}
