import { cpus, totalmem } from "node:os";
import type { Part } from "./parts";

/** A figure as a part took it; a group of figures is a row of a table. */
export type Figure = number | string | (number | string)[] | { [name: string]: number | string };

/** What a part of the proof found. */
export interface Finding {
  part: Part;
  seconds: number;
  figures: Record<string, Figure>;
}

type Group = { [name: string]: number | string };

/** Writes what was done and found, as a page of Markdown. */
export function report(findings: Finding[], seconds: number): string {
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  return `${[
    "# Proof",
    "That nothing is lost, shown with figures: `npm run proof` does all of this on one machine, against an embedded AWS on 127.0.0.1, and " +
      "writes this page. `npm test` does the same in a short form. A failure prints the command that repeats it.",
    `The whole took ${duration(seconds)} on ${cpus().length} cores (${cpus()[0]?.model.trim()}) with ${memory} GiB.`,
    ...findings.flatMap(section),
  ].join("\n\n")}\n`;
}

function section({ part, seconds, figures }: Finding): string[] {
  const plain = Object.entries(figures).filter(([, figure]) => !isGroup(figure));
  // Groups of the same figures share a table.
  const groups = new Map<string, [name: string, group: Group][]>();
  for (const [name, figure] of Object.entries(figures)) {
    if (isGroup(figure)) {
      const columns = Object.keys(figure).join();
      groups.set(columns, [...(groups.get(columns) ?? []), [name, figure]]);
    }
  }
  return [
    `## ${part.title}`,
    part.does,
    `\`npm run proof -- ${part.name}\`, ${duration(seconds)}.`,
    ...(plain.length > 0
      ? [
          table(
            ["", ""],
            plain.map(([name, figure]) => [name, text(figure as Exclude<Figure, Group>)]),
          ),
        ]
      : []),
    ...[...groups.values()].map((entries) =>
      table(
        ["", ...Object.keys(entries[0]?.[1] ?? {})],
        entries.map(([name, group]) => [name, ...Object.values(group).map(text)]),
      ),
    ),
  ];
}

function isGroup(figure: Figure): figure is Group {
  return typeof figure === "object" && !Array.isArray(figure);
}

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function text(figure: number | string | (number | string)[]): string {
  if (Array.isArray(figure)) {
    return figure.map(text).join(", ");
  }
  return typeof figure === "number" ? figure.toLocaleString("en", { maximumFractionDigits: figure < 10 ? 2 : 0 }) : figure;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} minutes`;
}
