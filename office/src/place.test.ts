import assert from "node:assert/strict";
import { Place } from "./place";
import { FakeStorage } from "./testing/storage";

const TODAY = "2026-12-27";

describe("where somebody is in the page", () => {
  it("is where they were, until they leave", () => {
    const storage = new FakeStorage();
    const place = new Place(storage);
    place.note({ date: "2026-12-28", view: "instructors" });
    assert.deepEqual(new Place(storage).recall(TODAY), { date: "2026-12-28", view: "instructors" });
    place.forget();
    assert.deepEqual(place.recall(TODAY), { date: TODAY, view: "day" });
  });

  it("is today's page where what is kept says nothing", () => {
    const storage = new FakeStorage();
    storage.setItem("office place", "yesterday somewhere");
    assert.deepEqual(new Place(storage).recall(TODAY), { date: TODAY, view: "day" });
  });
});
