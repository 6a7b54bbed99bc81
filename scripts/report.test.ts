import assert from "node:assert/strict";
import type { Lesson } from "../common/documents";
import { conflictsOf, type Report } from "./report-data";
import { conflictText, reportText } from "./report-text";

const LESSON: Lesson = {
  id: "4a9cb1afb73c",
  start: "09:00",
  end: "10:50",
  starts_at: "2026-12-27T08:00:00Z",
  ends_at: "2026-12-27T09:50:00Z",
  type: "private",
  level: "lyže začátečník",
  location: "Stone bar",
  participants: [
    { name: "Anna", sponsor: "No.Pe.", language: "cs" },
    { name: null, sponsor: "No.Pe.", language: "pl" },
  ],
  instructor: { id: "jana", name: "Jana", photo: null },
};

const REPORT: Report = {
  date: "2026-12-27",
  time_zone: "Europe/Prague",
  orders: {
    key: "orders/a.tsv",
    uploaded_at: "2026-12-27T06:40:05.123Z",
    rows: { total: 3, valid: 2, superseded: 0, rejected: { bad_date: 1 } },
  },
  lessons: [LESSON, { ...LESSON, id: "58807b5f1f05", start: "11:00", end: "12:50", instructor: null }],
  conflicts: [{ kind: "unassigned", lesson_ids: ["58807b5f1f05"], instructor_id: null }],
  rejected: [
    { key: "orders/b.tsv", uploaded_at: "2026-12-27T07:00:00.000Z", code: "empty", reason: "The export is empty.", line: null, rows: null },
  ],
};

describe("the report", () => {
  it("tells lessons, instructors, conflicts and rejected files", () => {
    const text = reportText(REPORT);
    for (const said of [
      "2026-12-27 (Europe/Prague), from orders/a.tsv, uploaded 2026-12-27T06:40:05.123Z: 3 rows (2 valid, 1 rejected: bad_date 1)",
      "09:00-10:50",
      "Anna No.Pe. (cs)",
      "? No.Pe. (pl)",
      "  Jana: 09:00",
      "  nobody yet: 11:00",
      "  nobody teaches 11:00 lyže začátečník (58807b5f1f05) yet",
      "  2026-12-27T07:00:00.000Z orders/b.tsv: The export is empty.",
    ]) {
      assert.ok(text.includes(said), `${said}\nis not in\n${text}`);
    }
  });

  it("says so when there is nothing", () => {
    const text = reportText({ ...REPORT, orders: null, lessons: null, conflicts: [], rejected: [] });
    assert.equal(
      text,
      "2026-12-27 (Europe/Prague), no export was accepted yet\n\nNothing is published of this day.\n\nConflicts: none\n\nRejected files: none",
    );
    assert.match(reportText({ ...REPORT, lessons: [] }), /Every lesson of this day was cancelled\./);
  });

  for (const [kind, said] of [
    ["participant_overlap", "somebody takes part in 09:00 lyže začátečník (4a9cb1afb73c) and lesson gone, which overlap"],
    ["instructor_overlap", "jana teaches 09:00 lyže začátečník (4a9cb1afb73c) and lesson gone, which overlap"],
    ["language", "jana speaks none of the languages of 09:00 lyže začátečník (4a9cb1afb73c), lesson gone"],
    ["unassigned", "nobody teaches 09:00 lyže začátečník (4a9cb1afb73c), lesson gone yet"],
    ["level", "jana does not teach the level of 09:00 lyže začátečník (4a9cb1afb73c), lesson gone"],
    ["way", "jana has too little time from one place to the other between 09:00 lyže začátečník (4a9cb1afb73c) and lesson gone"],
    ["absent", "jana is absent, and has 09:00 lyže začátečník (4a9cb1afb73c), lesson gone"],
    ["inactive", "jana does not teach any more, and has 09:00 lyže začátečník (4a9cb1afb73c), lesson gone"],
    ["new_kind", "new_kind: 09:00 lyže začátečník (4a9cb1afb73c), lesson gone"],
  ] as const) {
    it(`tells ${kind} in words`, () => {
      assert.equal(conflictText({ kind, lesson_ids: ["4a9cb1afb73c", "gone"], instructor_id: "jana" }, [LESSON]), said);
    });
  }

  it("tells of what the function found as it found it, and of what the function does not look for", () => {
    const items = [
      { SK: "LESSON#09:00#4a9cb1afb73c", ...LESSON, booking_ids: [] },
      { SK: "ROSTER", assignments: [{ instructor_id: "jana", lesson_ids: [LESSON.id] }] },
      { SK: "CONFLICT#language#4a9cb1afb73c", PK: "SCHEDULE#2026-12-27", kind: "language", lesson_ids: [LESSON.id], instructor_id: "jana" },
    ];
    const jana = { id: "jana", name: "Jana", photo: null, languages: ["de"], levels: ["běžky"], absences: ["2026-12-27"] };
    assert.deepEqual(
      conflictsOf("2026-12-27", items, [jana], new Date("2026-12-27T06:00:00Z")),
      ["language", "absent", "level"].map((kind) => ({ kind, lesson_ids: [LESSON.id], instructor_id: "jana" })),
    );
  });
});
