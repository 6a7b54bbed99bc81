import type { RowCounts } from "../common/uploads";
import type { Outcome } from "./uploads";

/**
 * What became of an upload, in a line.
 *
 * @example
 * "orders/season.tsv: accepted, 301 rows (298 valid, 2 superseded, 1 rejected: bad_date 1)"
 */
export function outcomeText({ key, outcome, reason, rows }: Outcome): string {
  const why = reason === undefined ? "" : `: ${reason}`;
  return `${key}: ${outcome}${why}${rows === undefined ? "" : `, ${rowsText(rows)}`}`;
}

/** Row counts in words. */
export function rowsText({ total, valid, superseded, rejected }: RowCounts): string {
  const reasons = Object.entries(rejected);
  const parts = [`${valid} valid`];
  if (superseded > 0) {
    parts.push(`${superseded} superseded`);
  }
  if (reasons.length > 0) {
    const count = reasons.reduce((sum, [, each]) => sum + each, 0);
    parts.push(`${count} rejected: ${reasons.map(([reason, each]) => `${reason} ${each}`).join(", ")}`);
  }
  return `${total} rows (${parts.join(", ")})`;
}
