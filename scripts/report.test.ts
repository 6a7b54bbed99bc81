import assert from "node:assert/strict";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { plain, type Report, type ShownLesson, todayIn } from "./report-data";
import { conflictText, reportText } from "./report-text";

const LESSON: ShownLesson = {
  id: "4a9cb1afb73c",
  start: "09:00",
  end: "10:50",
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
    ["new_kind", "new_kind: 09:00 lyže začátečník (4a9cb1afb73c), lesson gone"],
  ] as const) {
    it(`tells ${kind} in words`, () => {
      assert.equal(conflictText({ kind, lesson_ids: ["4a9cb1afb73c", "gone"], instructor_id: "jana" }, [LESSON]), said);
    });
  }

  it("knows the school's today", () => {
    assert.equal(todayIn("Europe/Prague", new Date("2026-12-26T22:59:00Z")), "2026-12-26");
    assert.equal(todayIn("Europe/Prague", new Date("2026-12-26T23:00:00Z")), "2026-12-27");
  });

  it("reads items as the engine wrote them", () => {
    const item: AttributeValue = {
      M: { text: { S: "" }, number: { N: "3" }, none: { NULL: true }, no: { BOOL: false }, list: { L: [{ M: { a: { S: "b" } } }] } },
    };
    assert.deepEqual(plain(item), { text: "", number: 3, none: null, no: false, list: [{ a: "b" }] });
  });
});
