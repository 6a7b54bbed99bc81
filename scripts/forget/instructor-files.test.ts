import assert from "node:assert/strict";
import { instructorFiles, isUnfinished, isWaiting, withoutThem } from "./instructor-files";
import type { Item } from "./table";

const PROFILES = "instructors/profiles.json";
const ROSTER = "instructors/roster-2099-12-27.json";
const petr = { name: "Petr", photo: null, languages: ["cs"], levels: ["lyže"], active: false, absences: ["2099-12-27"] };
const assignments = [{ instructor_id: "jana" }, { instructor_id: "petr", lesson_ids: ["x"] }];

const items: Item[] = [
  { PK: "SOURCE#profiles", SK: "LATEST", key: PROFILES, etag: "p1" },
  { PK: "INSTRUCTOR#jana", SK: "PROFILE", id: "jana", name: "Jana", photo: null, languages: [] },
  { PK: "INSTRUCTOR#petr", SK: "PROFILE", id: "petr", ...petr },
  { PK: "SCHEDULE#2099-12-27", SK: "ROSTER", key: ROSTER, etag: "r1", assignments },
  { PK: "REJECTED", SK: "x", key: PROFILES, etag: "broken" },
];
const there = (key: string, etag: string) => ({ key, etag, modified: 0 });

describe("instructorFiles", () => {
  it("are the rosters and then the profiles that name somebody", () => {
    const keys = (...ids: string[]) => instructorFiles(items, [], ids).map(({ key }) => key);
    assert.deepEqual(keys("jana"), [ROSTER, PROFILES]);
    assert.deepEqual(keys("nobody"), []);
    assert.deepEqual(keys(), []);
  });

  it("tell whether the file in force is still there, or another one over it", () => {
    const [roster, profiles] = instructorFiles(items, [there(ROSTER, "r1"), there(PROFILES, "broken")], ["jana"]);
    assert.deepEqual([roster?.isThere, roster?.etag], [true, "r1"]);
    assert.deepEqual([profiles?.isThere, profiles?.etag], [false, "broken"]);
  });
});

describe("withoutThem", () => {
  const [roster, profiles] = instructorFiles(items, [], ["jana"]);
  const without = (file: typeof roster, text?: string) => file && JSON.parse(withoutThem(file, text, ["jana"]));

  it("leaves all else that a file says as it is", () => {
    assert.deepEqual(without(profiles, JSON.stringify({ jana: {}, petr: { ...petr, phone: "1" } })), { petr: { ...petr, phone: "1" } });
    const marked = { date: "2099-12-27", by: "office", assignments: assignments.map((entry) => ({ ...entry, marks: [{}] })) };
    assert.deepEqual(without(roster, `\uFEFF${JSON.stringify(marked)}`), { ...marked, assignments: [marked.assignments[1]] });
  });

  it("says all that the table has where the file is gone", () => {
    assert.deepEqual(without(profiles), { petr });
    assert.deepEqual(without(roster), { date: "2099-12-27", assignments: [assignments[1]] });
  });
});

describe("isWaiting", () => {
  it("is a file that is neither in force nor rejected, and of no day that is past", () => {
    assert.ok(isWaiting(there(PROFILES, "p2"), items));
    assert.ok(isWaiting(there("instructors/roster-2099-12-28.json", "r1"), items));
    const others = [
      there(PROFILES, "p1"),
      there(PROFILES, "broken"),
      there(ROSTER, "r1"),
      there("instructors/roster-2020-12-27.json", "r0"),
    ];
    assert.deepEqual(
      others.filter((upload) => isWaiting(upload, items)),
      [],
    );
    assert.ok(!isWaiting(there("orders/a.tsv", "x"), items), "of exports the newest is asked for as a whole");
  });
});

describe("isUnfinished", () => {
  it("tells of profiles that are in force, and not all in the table each for itself", () => {
    assert.ok(isUnfinished([...items, { PK: "SOURCE#profiles", SK: "WRITING#000", said: "" }]));
    assert.ok(!isUnfinished(items));
  });
});
