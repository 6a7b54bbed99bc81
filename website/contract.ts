import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv from "ajv";

export const SCHEMA = resolve(__dirname, "../contract/schedule.schema.json");

/** Where the contract says what each document holds. */
export const DEFINITIONS = { index: "schedule#/definitions/index", day: "schedule#/definitions/day" } as const;

/** The contract as the built site reads it, with `source` to write its code out. */
export function contract({ source = false } = {}): Ajv {
  // Lengths are only ever compared with 1: no need to count characters as Unicode does, for which ajv would bring a module along.
  const ajv = new Ajv({ code: { source, esm: true }, unicode: false, strict: true, allowUnionTypes: true, logger: false });
  ajv.addSchema(JSON.parse(readFileSync(SCHEMA, "utf8")), "schedule");
  return ajv;
}
