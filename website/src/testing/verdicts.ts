/**
 * Answers, line by line, whether the display takes a document: for tests in another language.
 *
 * A line in is `["index" | "day", <the document's text>, <the date that is asked for>]`. A line out is `[<keeps the schema>, <is shown>]`.
 */
import { createInterface } from "node:readline";
import { readDay, readIndex } from "../../../common/documents";
import { validators } from "./validators";

const VALIDATORS = validators();

createInterface({ input: process.stdin }).on("line", (line) => {
  const [kind, text, date] = JSON.parse(line) as ["index" | "day", string, string];
  const keeps = VALIDATORS[kind](JSON.parse(text));
  process.stdout.write(`${JSON.stringify([keeps, keeps && isShown(kind, text, date)])}\n`);
});

function isShown(kind: "index" | "day", text: string, date: string): boolean {
  try {
    if (kind === "index") readIndex(text, VALIDATORS);
    else readDay(text, date, VALIDATORS);
    return true;
  } catch {
    return false;
  }
}
