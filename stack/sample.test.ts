import assert from "node:assert/strict";
import { sampleSeason } from "./sample";

describe("sampleSeason", () => {
  const { files, rows } = sampleSeason("2027-03-20", "Europe/Prague");
  const [orders, profiles, roster] = files;
  const [header = [], ...cells] = (orders?.body ?? "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split("\t"));
  const column = (name: string) => cells.map((row) => row[header.indexOf(name)] ?? "");

  it("is the same season every time", () => {
    assert.deepEqual(sampleSeason("2027-03-20", "Europe/Prague"), { files, rows });
  });

  it("has some 1,100 rows with lessons on 35 days from the first one on", () => {
    assert.equal(cells.length, rows);
    assert.ok(rows > 1000 && rows < 1200, String(rows));
    const dates = [...new Set(column("date_lesson"))];
    assert.deepEqual([dates.length, dates[0], dates.at(-1)], [35, "20.03.2027", "23.04.2027"]);
  });

  it("writes each time with the zone's own offset, on both sides of the clock's change", () => {
    const offsets = column("timestamp_start_lesson").map((time) => `${time.slice(0, 10) < "2027-03-28"} ${time.slice(-6)}`);
    assert.deepEqual([...new Set(offsets)], ["true +01:00", "false +02:00"]);
  });

  const { date, assignments } = JSON.parse(roster?.body ?? "{}") as {
    date: string;
    assignments: { instructor_id: string; booking_ids: string[]; time_slots: string[] }[];
  };

  it("names only instructors that have a profile, for bookings that exist", () => {
    const known = Object.keys(JSON.parse(profiles?.body ?? "{}"));
    assert.equal(date, "2027-03-20");
    assert.ok(assignments.length > 5);
    for (const { instructor_id, booking_ids } of assignments) {
      assert.ok(known.includes(instructor_id));
      assert.ok(booking_ids.every((id) => column("booking_id").includes(id)));
    }
  });

  it("gives nobody a lesson before the last one is over", () => {
    const taught = assignments.map(({ instructor_id, booking_ids, time_slots }) => {
      const end = column("timestamp_end_lesson")[column("booking_id").indexOf(booking_ids[0] ?? "")] ?? "";
      return { instructor_id, start: time_slots[0] ?? "", end: end.slice("2027-03-20T".length).slice(0, "09:00".length) };
    });
    for (const [place, lesson] of taught.entries()) {
      const theirs = taught.slice(0, place).filter(({ instructor_id }) => instructor_id === lesson.instructor_id);
      assert.ok(
        theirs.every(({ end }) => end <= lesson.start),
        JSON.stringify([lesson, ...theirs]),
      );
    }
  });
});
