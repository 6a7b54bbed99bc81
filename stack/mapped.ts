import { basename } from "node:path";
import { applyMapping } from "../mapping/apply";
import { parseMapping } from "../mapping/check";
import { type Mapping, MappingError } from "../mapping/mapping";
import { UserError } from "./command";
import { bytesOf, type OutgoingFile } from "./uploads";

/**
 * Reads a mapping.
 *
 * @throws UserError When it cannot be read; MappingError with its mistakes.
 */
export function mappingAt(path: string): Mapping {
  return parseMapping(Buffer.from(bytesOf(path)).toString("utf8"), path);
}

/**
 * Reads another system's export, as it is uploaded.
 *
 * @throws UserError When it cannot be read, or is not what the mapping says.
 */
export async function outgoingMapped(path: string, mapping: Mapping): Promise<OutgoingFile> {
  const file = bytesOf(path);
  try {
    const { tsv } = await applyMapping(file, mapping);
    return { key: `orders/${basename(path).replace(/\.[^.]+$/, "")}.tsv`, body: Buffer.from(tsv) };
  } catch (error) {
    throw error instanceof MappingError ? new UserError(`${path}: ${error.message}`) : error;
  }
}
