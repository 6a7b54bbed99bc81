import assert from "node:assert/strict";
import { DATE } from "../../../planning/testing/days";
import { bare } from "../day/read";
import { differencesOn, EMAIL, KEY, roster, School } from "../testing/desk";
import type { Desk } from "./desk";
import { look } from "./meanwhile";
import { publish } from "./publishing";

const NEXT = "2026-12-28";

describe("publishing", () => {
  let school: School;
  let clerk: Desk;

  beforeEach(async () => {
    school = new School();
    clerk = await school.desk();
    clerk.assign("l1", "jana");
  });

  /** Does something else around the next put, as time goes by on a slow line. */
  const putting = (meanwhile: () => Promise<void>, when: "before" | "after" = "after") => {
    const { bucket } = school.aws;
    const { put } = bucket;
    bucket.put = async (...asked) => {
      bucket.put = put;
      if (when === "before") await meanwhile();
      const etag = await put.apply(bucket, asked);
      if (when === "after") await meanwhile();
      return etag;
    };
  };

  it("replaces what the page has read, and leaves no changes then", async () => {
    await school.publish(clerk);
    assert.equal(clerk.state.publishing, "published");
    assert.deepEqual([clerk.changes, clerk.hasWork, school.kept.length], [[], false, 0]);
    assert.match(school.aws.files.get(KEY) ?? "", /"instructor_id": "jana"/);
    assert.equal(school.aws.asked.find(({ headers }) => headers.has("if-none-match"))?.headers.get("if-none-match"), "*");
  });

  it("loses nothing of either when somebody else has published meanwhile", async () => {
    clerk.assign("l2", "jana");
    school.publishElsewhere({ l2: "petr", l3: "petr" });
    await publish(clerk);
    assert.deepEqual(differencesOn(clerk), [
      ["l2", true],
      ["l3", false],
    ]);
    assert.equal(school.aws.files.get(KEY), roster({ l2: "petr", l3: "petr" }), "nothing is overwritten before the clerk has seen it");
    assert.deepEqual(clerk.plan, { l1: "jana", l2: "jana", l3: "petr" });
    clerk.closeDialog();
    await school.publish(clerk);
    assert.deepEqual(clerk.changes, []);
  });

  it("shows what somebody else published at the very moment", async () => {
    const { bucket } = school.aws;
    const { put } = bucket;
    bucket.put = (...asked) => {
      bucket.put = put;
      school.publishElsewhere({ l2: "petr" });
      return put.apply(bucket, asked);
    };
    await publish(clerk);
    assert.deepEqual(differencesOn(clerk), [["l2", false]]);
    assert.equal(school.aws.files.get(KEY), roster({ l2: "petr" }));
    assert.deepEqual(clerk.plan, { l1: "jana", l2: "petr" });
  });

  it("overwrites nobody whom somebody else has added and given a lesson since this page was opened", async () => {
    school.employ("eva");
    school.publishElsewhere({ l2: "eva" });
    await publish(clerk);
    assert.equal(school.aws.files.get(KEY), roster({ l2: "eva" }), "the clerk sees it first");
    assert.deepEqual(differencesOn(clerk), [["l2", false]]);
    await school.publish(clerk);
    assert.match(school.aws.files.get(KEY) ?? "", /"eva"/);
    assert.deepEqual(clerk.plan, { l1: "jana", l2: "eva" });
  });

  it("waits until the clerk has seen that a lesson has left the day", async () => {
    school.export([2, 3]);
    await publish(clerk);
    assert.match(clerk.state.notice ?? "", /Anna1/);
    assert.equal(school.aws.files.has(KEY), false);
  });

  it("takes in a new export first", async () => {
    school.export([1, 2, 3, 4]);
    await school.publish(clerk);
    assert.equal(clerk.state.day?.lessons.length, 4);
  });

  it("says why the function rejected it, and leaves the work to be published again", async () => {
    await school.publish(clerk, "rejected");
    assert.deepEqual([clerk.state.publishing, clerk.state.notice], ["no", "No."]);
    assert.deepEqual([clerk.plan, clerk.changes], [{ l1: "jana" }, ["l1"]]);
    assert.deepEqual((await school.desk()).changes, ["l1"], "after a reload, too");
    clerk.undo();
    assert.deepEqual([clerk.plan, clerk.changes], [{}, []]);
  });

  it("keeps the work on the device until the function has taken it", async () => {
    await school.beginToPublish(clerk);
    assert.deepEqual([clerk.changes, (await school.desk()).changes], [[], []], "as long as it may be taken");
    const again = await school.desk();
    school.process(KEY, "rejected");
    await look(again);
    assert.deepEqual([again.plan, again.changes], [{ l1: "jana" }, ["l1"]]);
    assert.deepEqual((await school.desk()).changes, ["l1"]);
  });

  it("is not rejected because of somebody who was just added, until their profiles have come", async () => {
    const { end } = await school.beginToPublish(clerk);
    school.process(KEY, "rejected", { code: "unknown_instructor" });
    await school.aWhile();
    school.aws.items.REJECTED = [];
    school.process(KEY);
    await end;
    assert.equal(clerk.state.publishing, "published");
  });

  it("says so where the day cannot be shown", async () => {
    await school.publish(clerk, "accepted", { refused_days: [DATE] });
    assert.deepEqual([clerk.state.publishing, clerk.state.notice], ["no", clerk.words.notShown]);
  });

  it("tells of an outcome that comes late, though a look failed meanwhile", async () => {
    const { end } = await school.beginToPublish(clerk);
    school.aws.isReachable = false;
    while (clerk.state.publishing !== "slow") await new Promise(setImmediate);
    school.aws.isReachable = true;
    school.process(KEY);
    await end;
    assert.equal(clerk.state.publishing, "published");
  });

  it("finds what is in force though nobody noted it down", async () => {
    const { end } = await school.beginToPublish(clerk);
    const pointer = { key: KEY, etag: bare(school.aws.etagOf(KEY) ?? ""), uploaded_at: new Date(school.aws.now).toISOString() };
    school.aws.items[`SCHEDULE#${DATE}`]?.push({ SK: "ROSTER", ...pointer, assignments: [] });
    await end;
    assert.equal(clerk.state.publishing, "published");
  });

  it("goes on with what was changed meanwhile", async () => {
    const { end } = await school.beginToPublish(clerk);
    clerk.assign("l1", "petr");
    await clerk.readDay();
    school.process(KEY);
    await end;
    assert.deepEqual([clerk.plan, clerk.changes, clerk.state.dialog], [{ l1: "petr" }, ["l1"], undefined]);
    assert.deepEqual((await school.desk()).changes, ["l1"]);
  });

  it("loses nothing when the clerk looks at another day meanwhile, and tells nothing of it there", async () => {
    const { end } = await school.beginToPublish(clerk);
    clerk.assign("l2", "petr");
    await clerk.openDay(NEXT);
    school.process(KEY);
    await end;
    assert.deepEqual([clerk.state.unpublished, clerk.state.publishing], [[DATE], "no"]);
    await clerk.openDay(DATE);
    assert.deepEqual([clerk.plan, clerk.changes], [{ l1: "jana", l2: "petr" }, ["l2"]]);
  });

  it("says on another day that it was rejected, and has the work still there", async () => {
    const { end } = await school.beginToPublish(clerk);
    await clerk.openDay(NEXT);
    school.process(KEY, "rejected");
    await end;
    assert.equal(clerk.state.notice, "27/12: No.");
    await clerk.openDay(DATE);
    assert.deepEqual(clerk.changes, ["l1"]);
  });

  for (const [outcome, changes] of [
    ["accepted", []],
    ["rejected", ["l1"]],
  ] as const) {
    it(`has the work as it is to be for who goes to another day and back before it arrived, and it is ${outcome}`, async () => {
      putting(async () => {
        await clerk.openDay(NEXT);
        await clerk.openDay(DATE);
      });
      const { end } = await school.beginToPublish(clerk);
      while (!clerk.state.sent) await new Promise(setImmediate);
      assert.deepEqual([clerk.plan, clerk.changes], [{ l1: "jana" }, []]);
      school.process(KEY, outcome);
      await end;
      assert.deepEqual([clerk.plan, clerk.changes], [{ l1: "jana" }, changes]);
    });
  }

  it("outdates a reading that began before it arrived", async () => {
    const { bucket } = school.aws;
    const { get } = bucket;
    let goOn = () => {};
    let reading = Promise.resolve(false);
    putting(async () => {
      bucket.get = async () => {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return undefined;
      };
      reading = clerk.readDay();
      bucket.get = get;
    }, "before");
    const { end } = await school.beginToPublish(clerk);
    await school.aWhile();
    goOn();
    await reading;
    assert.deepEqual([clerk.plan, clerk.changes], [{ l1: "jana" }, []]);
    assert.equal(clerk.state.rosterEtag, school.aws.etagOf(KEY));
    school.process(KEY);
    await end;
  });

  it("is not told to be done because an earlier one is", async () => {
    const first = await school.beginToPublish(clerk);
    await school.aWhile();
    clerk.assign("l2", "petr");
    const between = school.aws.files.get(KEY) ?? "";
    const second = await school.beginToPublish(clerk);
    school.processEarlier(KEY, between);
    await first.end;
    assert.equal(clerk.state.publishing, "processing");
    assert.deepEqual((await school.desk()).changes, []);
    school.process(KEY);
    await second.end;
    assert.deepEqual([clerk.state.publishing, clerk.changes], ["published", []]);
  });

  it("is neither undone nor told of because an earlier one was not taken", async () => {
    const first = await school.beginToPublish(clerk);
    await school.aWhile();
    clerk.assign("l2", "petr");
    const between = school.aws.files.get(KEY) ?? "";
    const second = await school.beginToPublish(clerk);
    await school.aWhile();
    school.processEarlier(KEY, between, "stale");
    await first.end;
    assert.deepEqual([clerk.state.publishing, clerk.changes, clerk.state.notice], ["processing", [], undefined]);
    school.process(KEY);
    await second.end;
    assert.deepEqual([clerk.state.publishing, clerk.changes, school.kept.length], ["published", [], 0]);
  });

  it("says that somebody was quicker where nothing of theirs is to be seen", async () => {
    putting(async () => {
      school.publishElsewhere({});
    }, "before");
    await publish(clerk);
    assert.deepEqual([clerk.state.notice, clerk.changes], [clerk.words.troubles.changed, ["l1"]]);
  });

  it("says that it was not done for who leaves the day before it was sent", async () => {
    const end = publish(clerk);
    await clerk.openDay(NEXT);
    await end;
    assert.deepEqual([clerk.state.notice, school.aws.files.has(KEY)], ["Not published yet: 27/12", false]);
  });

  it("fails without a session, with the work kept for after signing in", async () => {
    school.aws.isSignedIn = false;
    school.aws.credentials.forget();
    await publish(clerk);
    assert.equal(clerk.state.trouble, "signed-out");
    school.aws.isSignedIn = true;
    const again = await school.desk();
    assert.deepEqual([again.plan, again.state.notice], [{ l1: "jana" }, again.words.kept]);
    assert.ok(school.kept.getItem(`office ${EMAIL} ${DATE}`));
  });
});
