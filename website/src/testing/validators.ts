import type { Validators } from "../../../common/documents";
import { contract, DEFINITIONS } from "../../contract";

/** The validators that the built site carries, compiled here from the same schema with the same options. */
export function validators(): Validators {
  const ajv = contract();
  return { index: ajv.compile({ $ref: DEFINITIONS.index }), day: ajv.compile({ $ref: DEFINITIONS.day }) };
}
