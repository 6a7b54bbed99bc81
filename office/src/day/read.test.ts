import assert from "node:assert/strict";
import { planInForce } from "../../../planning/read-day";
import { marksOf, movedLessons, rosterFile } from "../../../planning/roster";
import { DATE, day, instructor, lesson } from "../../../planning/testing/days";
import { storedDay, storedProfiles } from "./read";

const JANA = instructor("jana");
const FILE = rosterFile(day([lesson(1)], [JANA]), { l1: "jana" }, marksOf(day([lesson(1)], [JANA])));
const MOVED = { ...lesson(7, { start: "11:00", end: "12:00" }), participants: lesson(1).participants };

/** A table and a bucket with one file in it. */
function stored(partitions: Record<string, { SK: string }[]>, text: string | undefined, etag = '"e1"') {
  const of = (partition: string) => partitions[partition] ?? [];
  const isMeant = (from: string, to?: string) => (item: { SK: string }) =>
    to === undefined ? item.SK.startsWith(from) : item.SK >= from && item.SK <= to;
  return {
    table: {
      get: async <T>(partition: string, sortKey: string) => of(partition).find(({ SK }) => SK === sortKey) as T | undefined,
      query: async <T>(partition: string, from: string, to?: string) => of(partition).filter(isMeant(from, to)) as T[],
    },
    bucket: { get: async () => (text === undefined ? undefined : { text, etag }) },
  };
}

const rejected = (key: string, etag: string) => [{ SK: `2026-12-27T06:40:05.000Z#${key}`, key, etag }];

describe("storedDay", () => {
  const KEY = `instructors/roster-${DATE}.json`;
  const items = [
    { SK: "LESSON#11:00#l7", ...MOVED },
    { SK: "META", revision: 3, state_hash: "abc" },
    { SK: "ROSTER", etag: "e1", assignments: [{ instructor_id: "jana", lesson_ids: ["l1"] }] },
  ];
  const read = (text: string | undefined, etag?: string, REJECTED: { SK: string }[] = []) => {
    const { table, bucket } = stored({ [`SCHEDULE#${DATE}`]: items, REJECTED }, text, etag);
    return storedDay(table, bucket, DATE, [JANA]);
  };

  it("finds lessons that moved since the roster was published, by the marks that its file alone has", async () => {
    const { day: today, rosterEtag, standing } = await read(JSON.stringify(FILE));
    const [moved] = movedLessons(today, planInForce(today), marksOf(today));
    assert.deepEqual([moved?.lessonId, moved?.became?.id, rosterEtag, standing], ["l1", "l7", '"e1"', "in-force"]);
  });

  it("has the newer roster that the function has not read yet", async () => {
    const { day: today, standing } = await read(JSON.stringify({ ...FILE, assignments: [] }), '"e2"');
    assert.deepEqual([today.roster?.assignments, standing], [[], "pending"]);
  });

  for (const [what, text, etag, rejections] of [
    ["there is no file any more", undefined, '"e2"', []],
    ["the file is none that the function takes", JSON.stringify({ ...FILE, date: "2026-12-28" }), '"e2"', []],
    ["the function has rejected the file", JSON.stringify({ ...FILE, assignments: [] }), '"e2"', rejected(KEY, "e2")],
  ] as const) {
    it(`has the roster in force where ${what}`, async () => {
      const { day: today, standing } = await read(text, etag, [...rejections]);
      assert.deepEqual(today.roster?.assignments, [{ instructor_id: "jana", lesson_ids: ["l1"] }]);
      assert.equal(standing, text === undefined ? "none" : "rejected");
    });
  }

  it("tells which version of the day it has", async () => {
    assert.equal((await read(undefined)).version, "3 abc");
  });
});

describe("storedProfiles", () => {
  const KEY = "instructors/profiles.json";
  const read = async (text: string | undefined, etag?: string, REJECTED: { SK: string }[] = []) => {
    const source = [{ SK: "LATEST", names: ["jana"], etag: "e1" }];
    const { table, bucket } = stored({ "SOURCE#profiles": source, "INSTRUCTOR#jana": [{ SK: "PROFILE", ...JANA }], REJECTED }, text, etag);
    return (await storedProfiles(table, bucket)).instructors;
  };
  const names = async (...asked: Parameters<typeof read>) => (await read(...asked)).map(({ id }) => id);
  const PETR = JSON.stringify({ petr: { name: "Petr", languages: ["CZ"], note: "left-handed" } });

  it("are the newer ones that the function has not read yet, as it will read them", async () => {
    assert.deepEqual(await read(PETR, '"e2"'), [instructor("petr", { name: "Petr", languages: ["cs"], more: { note: "left-handed" } })]);
  });

  it("are never those that the function rejects, or has rejected", async () => {
    assert.deepEqual(await names('{"petr": {"name": "Petr", "languages": "cs"}}', '"e2"'), ["jana"]);
    assert.deepEqual(await names('{"petr": {"name": "Petr", "active": "yes"}}', '"e2"'), ["jana"]);
    assert.deepEqual(await names("<html>", '"e2"'), ["jana"]);
    assert.deepEqual(await names(PETR, '"e2"', rejected(KEY, "e2")), ["jana"]);
  });

  it("are those of the table where there is no file any more", async () => {
    assert.deepEqual(await names(undefined), ["jana"]);
  });

  it("are not to be had in part", async () => {
    const { table, bucket } = stored({ "SOURCE#profiles": [{ SK: "LATEST", ...{ names: ["jana"] } }] }, undefined);
    await assert.rejects(storedProfiles(table, bucket));
  });
});
