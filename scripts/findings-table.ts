import Table from "cli-table3";
import type { Finding } from "../stack/checks";

/** The findings as a table for a terminal, a row a rule, with what is there instead below a rule that does not hold. */
export function findingsTable(findings: Finding[]): string {
  const table = new Table({ head: ["part", "rule", "holds"], style: { head: [], border: [] }, wordWrap: true, colWidths: [16, 72, 7] });
  let previous = "";
  for (const { part, rule, problem } of findings) {
    table.push([
      part === previous ? "" : part,
      problem === undefined ? rule : `${rule}\n→ ${problem}`,
      problem === undefined ? "yes" : "NO",
    ]);
    previous = part;
  }
  return table.toString();
}
