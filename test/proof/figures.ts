import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.PROOF_FIGURES;

/** Whether this is the whole proof and not its short form. */
export const IS_FULL = folder !== undefined;

/** Takes a part's figures for the report. */
export function figures(part: string, values: Record<string, unknown>): void {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${part}.json`);
    const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    writeFileSync(file, JSON.stringify({ ...known, ...values }, undefined, 2));
  }
}
