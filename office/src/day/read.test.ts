import assert from "node:assert/strict";
import { movedLessons, rosterFile } from "../../../planning/roster";
import { DATE, day, instructor, lesson } from "../../../planning/testing/days";
import type { Bucket } from "../aws/bucket";
import type { Table } from "../aws/table";
import { storedDay } from "./read";

const JANA = instructor("jana");
const FILE = rosterFile(day([lesson(1)], [JANA]), { l1: "jana" });
const MOVED = { ...lesson(7, { start: "11:00", end: "12:00" }), participants: lesson(1).participants };

describe("storedDay", () => {
  const read = (text: string | undefined) => {
    const items = [
      { SK: "LESSON#11:00#l7", ...MOVED },
      { SK: "ROSTER", etag: "e1", assignments: [{ instructor_id: "jana", lesson_ids: ["l1"] }] },
    ];
    const table = { query: async (_: string, from: string) => items.filter(({ SK }) => from === "LESSON#" || SK.startsWith(from)) };
    const bucket = { get: async () => (text === undefined ? undefined : { text, etag: '"e1"' }) };
    return storedDay(table as unknown as Table, bucket as unknown as Bucket, DATE, [JANA]);
  };

  it("finds lessons that moved since the roster was published, by the marks that its file alone has", async () => {
    const { day: today, rosterEtag } = await read(JSON.stringify(FILE));
    const [moved] = movedLessons(today, {}, today.roster?.assignments ?? []);
    assert.deepEqual([moved?.lessonId, moved?.became?.id, rosterEtag], ["l1", "l7", '"e1"']);
  });

  for (const [what, text] of [
    ["there is no file any more", undefined],
    ["the file is none that the function takes", JSON.stringify({ ...FILE, date: "2026-12-28" })],
  ] as const) {
    it(`has the roster in force where ${what}`, async () => {
      const { day: today } = await read(text);
      assert.deepEqual(today.roster?.assignments, [{ instructor_id: "jana", lesson_ids: ["l1"] }]);
    });
  }
});
