/** How the function reads the instructors' files, whoever wrote them: docs/formats.md. */

/** A file, or something in it, that the function rejects. */
export class WrongFile extends Error {}

const MAX_TEXT_LENGTH = 256;
const OUTER_BLANKS = /^[\p{Z}\p{Cc}\p{Cf}]+|[\p{Z}\p{Cc}\p{Cf}]+$/gu;

/**
 * Reads a file with the given reader.
 *
 * @returns What the reader makes of its JSON; null for a file that the function rejects.
 */
export function readFile<T>(text: string, read: (file: Record<string, unknown>) => T): T | null {
  try {
    return read(objectOf(JSON.parse(text.replace(/^\uFEFF/, ""))));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof WrongFile) return null;
    throw error;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws WrongFile */
export function objectOf(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new WrongFile();
  return value;
}

/**
 * Texts without what nobody sees at their ends; none where there is no list.
 *
 * @throws WrongFile
 */
export function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new WrongFile();
  return value.map((element) => trimmed(textOf(element)));
}

/**
 * A text as it is written.
 *
 * @throws WrongFile
 */
export function textOf(value: unknown): string {
  const isText =
    typeof value === "string" && trimmed(value) !== "" && [...value].length <= MAX_TEXT_LENGTH && !/\p{Surrogate}/u.test(value);
  if (!isText) throw new WrongFile();
  return value;
}

/** A text without white space, control and format characters at its ends. */
export function trimmed(text: string): string {
  return text.replace(OUTER_BLANKS, "");
}
