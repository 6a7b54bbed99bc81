import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv from "ajv";
import type { Validators } from "../documents";

/** The validators that the built site carries, compiled here from the same schema. */
export function validators(): Validators {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  ajv.addSchema(JSON.parse(readFileSync(resolve(__dirname, "../../../contract/schedule.schema.json"), "utf8")), "schedule");
  const compiled = (name: string) => ajv.compile({ $ref: `schedule#/definitions/${name}` });
  return { index: compiled("index"), day: compiled("day") };
}
