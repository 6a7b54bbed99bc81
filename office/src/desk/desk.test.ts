import assert from "node:assert/strict";
import { DATE, lesson } from "../../../planning/testing/days";
import { differencesOn, EMAIL, KEY, School, until } from "../testing/desk";
import { hear, look } from "./meanwhile";

const NEXT = "2026-12-28";

describe("the desk", () => {
  let school: School;

  beforeEach(() => {
    school = new School();
  });

  it("shows the day with the roster that a new one would replace, though the function has not read it yet", async () => {
    school.publishElsewhere({ l1: "jana" });
    const { state, plan } = await school.desk();
    assert.deepEqual(plan, { l1: "jana" });
    assert.equal(state.day?.lessons.length, 3);
    assert.deepEqual(
      state.instructors?.map(({ id }) => id),
      ["jana", "petr"],
    );
  });

  it("takes back what was done here, and never what somebody else did", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    clerk.assign("l2", "jana");
    school.publishElsewhere({ l2: "petr", l3: "petr" });
    await clerk.reload();
    assert.deepEqual(differencesOn(clerk), [
      ["l2", true],
      ["l3", false],
    ]);
    clerk.undo();
    assert.deepEqual(clerk.plan, { l1: "jana", l2: "petr", l3: "petr" });
    clerk.undo();
    assert.deepEqual(clerk.plan, { l2: "petr", l3: "petr" });
    assert.deepEqual([clerk.changes, clerk.state.history.past], [[], []]);
  });

  it("takes over silently what somebody else published where there is no work to lose", async () => {
    const clerk = await school.desk();
    school.publishElsewhere({ l2: "petr" });
    await clerk.reload();
    assert.deepEqual([clerk.plan, clerk.changes, clerk.state.dialog], [{ l2: "petr" }, [], undefined]);
  });

  it("keeps unpublished work on the device, and shows what was published since in the same lessons", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    clerk.assign("l2", "jana");
    school.publishElsewhere({ l2: "petr" });
    const again = await school.desk();
    assert.deepEqual([again.plan, again.changes], [{ l1: "jana", l2: "jana" }, ["l1", "l2"]]);
    assert.deepEqual(differencesOn(again), [["l2", true]]);
    again.undo();
    assert.deepEqual([again.plan, again.changes], [{ l2: "petr" }, []]);
    assert.equal(school.kept.length, 0);
  });

  it("keeps the work, and every step to undo, when the day is read again", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    clerk.assign("l1", "petr");
    await clerk.reload();
    assert.deepEqual(clerk.plan, { l1: "petr" });
    clerk.undo();
    assert.deepEqual(clerk.plan, { l1: "jana" });
    clerk.redo();
    clerk.discard();
    assert.deepEqual(clerk.plan, {});
    clerk.undo();
    assert.deepEqual(clerk.plan, { l1: "petr" });
  });

  it("keeps the day, and every step to undo, when it is gone to once more, though nothing answers", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    school.aws.isReachable = false;
    await clerk.openDay(DATE);
    assert.equal(clerk.state.trouble, "offline");
    clerk.undo();
    assert.deepEqual([clerk.plan, clerk.state.day?.lessons.length], [{}, 3]);
  });

  it("keeps the work whatever is pressed before the day is read", async () => {
    (await school.desk()).assign("l1", "jana");
    school.aws.isReachable = false;
    const again = await school.desk();
    again.undo();
    again.redo();
    again.discard();
    again.assign("l2", "petr");
    school.aws.isReachable = true;
    await again.reload();
    assert.deepEqual(again.plan, { l1: "jana" });
  });

  it("says which other days have work, which counts when the page is left", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    await clerk.openDay(NEXT);
    assert.deepEqual([clerk.state.unpublished, clerk.changes, clerk.hasWork], [[DATE], [], true]);
    assert.deepEqual((await school.desk()).state.unpublished, [DATE]);
  });

  it("puts the work of two tabs together", async () => {
    const [one, other] = [await school.desk(), await school.desk()];
    one.assign("l1", "jana");
    hear(other, `office ${EMAIL} ${DATE}`);
    other.assign("l2", "petr");
    hear(one, `office ${EMAIL} ${DATE}`);
    assert.deepEqual(one.plan, { l1: "jana", l2: "petr" });
    assert.deepEqual(other.plan, one.plan);
  });

  it("takes over in one tab what the other takes back or throws away", async () => {
    const [one, other] = [await school.desk(), await school.desk()];
    const key = `office ${EMAIL} ${DATE}`;
    one.assign("l1", "jana");
    one.assign("l2", "jana");
    hear(other, key);
    one.undo();
    hear(other, key);
    assert.deepEqual(other.plan, { l1: "jana" });
    one.discard();
    hear(other, key);
    assert.deepEqual([other.plan, other.changes, (await school.desk()).plan], [{}, [], {}]);
  });

  it("reads in one tab what the other has published, and never takes it for taken back", async () => {
    const [one, other] = [await school.desk(), await school.desk()];
    const key = `office ${EMAIL} ${DATE}`;
    one.assign("l1", "jana");
    hear(other, key);
    const { end } = await school.beginToPublish(one);
    await school.aWhile();
    hear(other, key);
    school.process(KEY);
    await end;
    hear(other, key);
    assert.deepEqual(other.plan, { l1: "jana" });
    await until(() => other.changes.length === 0);
    assert.deepEqual(other.plan, { l1: "jana" });
  });

  it("leaves on the device what another tab has put there", async () => {
    const [one, other] = [await school.desk(), await school.desk()];
    one.assign("l1", "jana");
    other.assign("l2", "petr");
    one.undo();
    assert.deepEqual((await school.desk()).plan, { l2: "petr" });
  });

  it("keeps whom a lesson was given that an export lacks for a while, and says that it is gone", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    clerk.assign("l2", "petr");
    school.export([2, 3]);
    await clerk.reload();
    assert.match(clerk.state.notice ?? "", /jana had a lesson at 9:00 \(Anna1 No.Pe.\)/);
    await school.publish(clerk);
    school.export([1, 2, 3]);
    assert.deepEqual((await school.desk()).plan, { l1: "jana", l2: "petr" });
  });

  it("shows others' changes of lessons that are there, and of no others", async () => {
    school.publishElsewhere({ l1: "jana" });
    school.export([2, 3]);
    const clerk = await school.desk();
    clerk.assign("l2", "jana");
    school.publishElsewhere({ l3: "petr" });
    await clerk.reload();
    assert.deepEqual(differencesOn(clerk), [["l3", false]]);
    assert.deepEqual(clerk.plan, { l2: "jana", l3: "petr" });
  });

  it("finds an unpublished lesson again that moved while the page was away", async () => {
    (await school.desk()).assign("l1", "jana");
    const moved = lesson(7, { start: "13:00", participants: lesson(1).participants });
    school.aws.items[`SCHEDULE#${DATE}`] = [{ SK: "LESSON#13:00#l7", ...moved }];
    const clerk = await school.desk();
    assert.equal(clerk.state.marks.l1?.start, "09:00");
    clerk.assign("l7", "jana");
    assert.deepEqual(clerk.plan, { l7: "jana" });
  });

  it("learns by itself of a new export, and leaves a clerk alone who has a dialog open", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "jana");
    school.export([1, 2, 3, 4]);
    await clerk.propose();
    await look(clerk);
    assert.equal(clerk.state.day?.lessons.length, 3);
    clerk.closeDialog();
    await look(clerk);
    assert.equal(clerk.state.day?.lessons.length, 4);
    const asked = school.aws.asked.length;
    await look(clerk);
    assert.equal(school.aws.asked.length, asked + 2, "no more is read than the versions of the day and of the profiles");
    assert.deepEqual(clerk.plan, { l1: "jana" });
  });

  it("learns by itself of new profiles", async () => {
    const clerk = await school.desk();
    school.employ("eva");
    await look(clerk);
    assert.deepEqual(
      clerk.state.instructors?.map(({ id }) => id),
      ["eva", "jana", "petr"],
    );
  });

  it("knows on another day whom somebody else has added meanwhile", async () => {
    const clerk = await school.desk();
    await clerk.openDay(NEXT);
    school.employ("eva");
    school.publishElsewhere({ l1: "eva" });
    await clerk.openDay(DATE);
    assert.deepEqual(clerk.plan, { l1: "eva" });
  });

  it("says when the session is over at a look, and nothing of a network that is not there", async () => {
    const clerk = await school.desk();
    school.aws.isReachable = false;
    await look(clerk);
    assert.equal(clerk.state.trouble, undefined);
    school.aws.isReachable = true;
    school.aws.isSignedIn = false;
    school.aws.credentials.forget();
    await look(clerk);
    assert.equal(clerk.state.trouble, "signed-out");
  });

  it("has lessons open whose instructor the profiles have dropped meanwhile", async () => {
    (await school.desk()).assign("l1", "petr");
    school.aws.items["SOURCE#profiles"] = [{ SK: "LATEST", names: ["jana"] }];
    assert.deepEqual((await school.desk()).plan, {});
  });

  it("keeps the work for somebody whom the profiles lack for a while, on the device and in each step, too", async () => {
    const clerk = await school.desk();
    clerk.assign("l1", "petr");
    clerk.assign("l2", "jana");
    const [right] = school.aws.items["SOURCE#profiles"] ?? [];
    school.aws.items["SOURCE#profiles"] = [{ SK: "LATEST", names: ["jana"], etag: "wrong" }];
    await look(clerk);
    clerk.assign("l3", "jana");
    assert.deepEqual([clerk.plan, clerk.changes], [{ l2: "jana", l3: "jana" }, ["l2", "l3"]]);
    await school.publish(clerk);
    assert.doesNotMatch(school.aws.files.get(KEY) ?? "", /petr/, "the function would reject it");
    school.aws.items["SOURCE#profiles"] = [right ?? assert.fail()];
    await look(clerk);
    for (const desk of [clerk, await school.desk()]) {
      assert.deepEqual([desk.plan, desk.changes], [{ l1: "petr", l2: "jana", l3: "jana" }, ["l1"]]);
    }
    clerk.discard();
    assert.deepEqual(clerk.plan, { l2: "jana", l3: "jana" });
    clerk.undo();
    assert.deepEqual(clerk.changes, ["l1"]);
  });

  it("makes its proposals anew when the day changes below them", async () => {
    const clerk = await school.desk();
    await clerk.propose();
    school.export([2]);
    await clerk.readDay();
    const { dialog } = clerk.state;
    assert.deepEqual(dialog?.kind === "propose" && dialog.proposed.proposals.map(({ lesson: { id } }) => id), ["l2"]);
  });
});
