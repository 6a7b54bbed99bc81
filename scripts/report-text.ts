import Table from "cli-table3";
import type { Lesson } from "../common/documents";
import type { Conflict } from "../planning/day";
import { rowsText } from "../stack/outcome-text";
import type { Report } from "./report-data";

/** A report for a terminal: lessons, instructors, conflicts, rejected files. */
export function reportText(report: Report): string {
  const { date, time_zone, orders, lessons, conflicts, rejected } = report;
  const from =
    orders === null ? "no export was accepted yet" : `from ${orders.key}, uploaded ${orders.uploaded_at}: ${rowsText(orders.rows)}`;
  const parts = [`${date} (${time_zone}), ${from}`];
  if (lessons === null || lessons.length === 0) {
    parts.push(lessons === null ? "Nothing is published of this day." : "Every lesson of this day was cancelled.");
  } else {
    parts.push(lessonsTable(lessons), section("Instructors", instructorLines(lessons)));
  }
  parts.push(
    section(
      "Conflicts",
      conflicts.map((conflict) => conflictText(conflict, lessons ?? [])),
    ),
  );
  parts.push(section("Rejected files", rejected.map(rejectedText)));
  return parts.join("\n\n");
}

function section(title: string, lines: string[]): string {
  return [`${title}:${lines.length === 0 ? " none" : ""}`, ...lines.map((line) => `  ${line}`)].join("\n");
}

function lessonsTable(lessons: Lesson[]): string {
  const table = new Table({ head: ["time", "lesson", "place", "participants", "instructor", "id"], style: { head: [], border: [] } });
  for (const { start, end, type, level, location, participants, instructor, id } of lessons) {
    const people = participants.map(({ name, sponsor, language }) => `${name ?? "?"} ${sponsor} (${language})`).join("\n");
    table.push([`${start}-${end}`, `${level}\n${type}`, location, people, instructor?.name ?? "-", id]);
  }
  return table.toString();
}

/** Who teaches when: `Jana: 09:00, 11:00`. */
function instructorLines(lessons: Lesson[]): string[] {
  const starts = new Map<string, string[]>();
  for (const { start, instructor } of lessons) {
    const who = instructor?.name ?? "nobody yet";
    starts.set(who, [...(starts.get(who) ?? []), start]);
  }
  return [...starts].map(([who, times]) => `${who}: ${times.join(", ")}`);
}

/** A conflict in words; lessons are told by time, level and id. */
export function conflictText({ kind, lesson_ids, instructor_id }: Conflict, lessons: Lesson[]): string {
  const told = lesson_ids.map((id) => {
    const lesson = lessons.find((each) => each.id === id);
    return lesson === undefined ? `lesson ${id}` : `${lesson.start} ${lesson.level} (${id})`;
  });
  switch (kind) {
    case "participant_overlap":
      return `somebody takes part in ${told.join(" and ")}, which overlap`;
    case "instructor_overlap":
      return `${instructor_id} teaches ${told.join(" and ")}, which overlap`;
    case "language":
      return `${instructor_id} speaks none of the languages of ${told.join(", ")}`;
    case "level":
      return `${instructor_id} does not teach the level of ${told.join(", ")}`;
    case "way":
      return `${instructor_id} has too little time from one place to the other between ${told.join(" and ")}`;
    case "absent":
      return `${instructor_id} is absent, and has ${told.join(", ")}`;
    case "inactive":
      return `${instructor_id} does not teach any more, and has ${told.join(", ")}`;
    case "unassigned":
      return `nobody teaches ${told.join(", ")} yet`;
    default:
      return `${kind}: ${told.join(", ")}`;
  }
}

function rejectedText({ key, uploaded_at, reason, rows }: Report["rejected"][number]): string {
  return `${uploaded_at} ${key}: ${reason}${rows === null ? "" : ` ${rowsText(rows)}`}`;
}
