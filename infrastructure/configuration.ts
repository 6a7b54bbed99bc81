import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import type { Lookup } from "./lookup";

const ROOT = resolve(__dirname, "..");

interface ProjectFile {
  name: string;
  config: Record<string, { default?: unknown }>;
}

interface StackFile {
  config?: Record<string, unknown>;
}

/** The project's name, as Pulumi.yaml gives it. */
export function projectName(): string {
  return projectFile().name;
}

/**
 * A stack's configuration as the Pulumi CLI would hand it to the program: Pulumi.yaml's defaults, then the stack's own values.
 *
 * @returns Full keys and their values as text, for example `{ "goldsport-scheduler:env": "dev" }`.
 * @throws When there is no `Pulumi.<stack>.yaml`; the message names those that there are.
 */
export function stackConfiguration(stack: string): Record<string, string> {
  const { name, config } = projectFile();
  const file = `Pulumi.${stack}.yaml`;
  if (!existsSync(resolve(ROOT, file))) {
    throw new Error(`there is no stack "${stack}": ${file} is missing (there are ${stacks().join(", ")})`);
  }
  const own: StackFile = parse(readFileSync(resolve(ROOT, file), "utf8"));
  const defaults = Object.entries(config)
    .filter(([, { default: value }]) => value !== undefined)
    .map(([key, { default: value }]): [string, unknown] => [`${name}:${key}`, value]);
  return Object.fromEntries([...defaults, ...Object.entries(own.config ?? {})].map(([key, value]) => [key, asText(value)]));
}

/** Looks keys up in such a configuration as the program does: its own without the project's name, others with their package. */
export function lookupIn(configuration: Record<string, string>): Lookup {
  const project = projectName();
  return (key) => configuration[key.includes(":") ? key : `${project}:${key}`];
}

/** A value as Pulumi hands it to a program: of several parts as JSON. */
function asText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The stacks that have a file of settings. */
export function stacks(): string[] {
  return readdirSync(ROOT).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

function projectFile(): ProjectFile {
  return parse(readFileSync(resolve(ROOT, "Pulumi.yaml"), "utf8"));
}
