import assert from "node:assert/strict";
import { DATE, instructor } from "../../planning/testing/days";
import { Drafts } from "./drafts";
import { FakeStorage } from "./testing/storage";

const DRAFT = { base: {}, plan: { l1: "jana" }, marks: { l1: { start: "09:00", booking_ids: [], people: [] } } };
const EARLIER = "2026-12-25";

describe("drafts", () => {
  let storage: FakeStorage;
  let drafts: Drafts;

  beforeEach(() => {
    storage = new FakeStorage();
    drafts = new Drafts(storage, "jana@example.com");
  });

  it("are there for the next page of the same clerk, and for nobody else", () => {
    drafts.save(DATE, DRAFT);
    assert.deepEqual(new Drafts(storage, "jana@example.com").load(DATE), DRAFT);
    assert.equal(new Drafts(storage, "petr@example.com").load(DATE), undefined);
    assert.deepEqual(new Drafts(storage, "petr@example.com").dates(), []);
  });

  it("are told by their days", () => {
    drafts.save(DATE, DRAFT);
    drafts.save(EARLIER, DRAFT);
    drafts.saveEdits({ base: [], edited: [instructor("jana")] });
    assert.deepEqual(drafts.dates(), [EARLIER, DATE]);
  });

  it("are forgotten when their day is past, whosever they are", () => {
    new Drafts(storage, "petr@example.com").save(EARLIER, DRAFT);
    drafts.save(DATE, DRAFT);
    storage.setItem("office language", "cs");
    drafts.forgetBefore(DATE);
    assert.deepEqual([...storage.keys()], [drafts.keyOf(DATE), "office language"]);
  });

  it("are none where nothing can be read", () => {
    for (const text of ["", "{", "null", "[]", '{"plan": 1, "base": {}}', '{"plan": {"l1": 7}, "base": {}}', '{"plan": {}}']) {
      storage.setItem(drafts.keyOf(DATE), text);
      assert.equal(drafts.load(DATE), undefined, text);
    }
  });

  it("are forgotten once published, unless they say more than what was published", () => {
    drafts.save(DATE, DRAFT);
    drafts.dropPublished(DATE, {});
    assert.ok(drafts.load(DATE));
    drafts.dropPublished(DATE, { l1: "jana" });
    assert.equal(drafts.load(DATE), undefined);
  });

  it("keep edited instructors until they are saved", () => {
    const edits = { base: [instructor("jana")], edited: [instructor("jana", { absences: [DATE] })] };
    drafts.saveEdits(edits);
    assert.deepEqual(new Drafts(storage, "jana@example.com").loadEdits(), edits);
    drafts.saveEdits(undefined);
    assert.equal(drafts.loadEdits(), undefined);
  });
});
