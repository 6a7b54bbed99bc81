import assert from "node:assert/strict";
import { rosterKey } from "../../../common/uploads";
import { DATE, instructor, lesson } from "../../../planning/testing/days";
import { bare } from "../day/read";
import { Drafts } from "../drafts";
import { FakeAws } from "../testing/aws";
import { Desk } from "./desk";
import { sendFiles } from "./files";
import { mergeProfiles, newId, profilesText, saveProfiles } from "./instructors";
import { publish, takeMerged } from "./publishing";

const KEY = rosterKey(DATE);
const roster = (assigned: Record<string, string>) =>
  JSON.stringify({ date: DATE, assignments: Object.entries(assigned).map(([id, who]) => ({ instructor_id: who, lesson_ids: [id] })) });

/** A byte more than these tests' stack reads. */
const LARGE = new File([new Uint8Array(1024 ** 2 + 1)], "large.tsv");

describe("the desk", () => {
  let aws: FakeAws;
  let kept: Map<string, string>;

  const desk = async () => {
    const keep = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    };
    const ground = { table: aws.table, bucket: aws.bucket, drafts: new Drafts(keep, "jana@example.com") };
    const delay = async () => {
      aws.now += 500;
    };
    const opened = new Desk({ ...ground, now: () => aws.now, delay, timeZone: "Europe/Prague", maxUploadMib: 1 }, DATE, "en");
    await opened.reload();
    return opened;
  };
  /** Has the function say what became of the file under a key. */
  const processed = (key: string, outcome = "accepted") => {
    const uploaded_at = new Date(aws.now).toISOString();
    const record = { SK: `${uploaded_at}#${key}`, key, uploaded_at, etag: bare(aws.etagOf(key) ?? ""), outcome, reason: "No.", rows: null };
    aws.items.UPLOADS = [...(aws.items.UPLOADS ?? []), record];
  };
  /** Has somebody else publish a roster, which the function has not read yet. */
  const publishedElsewhere = (assigned: Record<string, string>) => aws.files.set(KEY, roster(assigned));

  beforeEach(() => {
    aws = new FakeAws();
    kept = new Map();
    const lessons = [1, 2, 3].map((number) => ({ ...lesson(number), SK: `LESSON#09:00#l${number}` }));
    aws.items[`SCHEDULE#${DATE}`] = [...lessons, { SK: "EXPORT#x#000" }];
    aws.items["SOURCE#profiles"] = [{ SK: "LATEST", names: ["petr", "jana"] }];
    for (const id of ["jana", "petr"]) aws.items[`INSTRUCTOR#${id}`] = [{ SK: "PROFILE", ...instructor(id) }];
  });

  it("shows the day with the roster that a new one would replace, though the function has not read it yet", async () => {
    publishedElsewhere({ l1: "jana" });
    const { state, plan } = await desk();
    assert.deepEqual(plan, { l1: "jana" });
    assert.equal(state.day?.lessons.length, 3);
    assert.deepEqual(
      state.instructors?.map(({ id }) => id),
      ["jana", "petr"],
    );
  });

  it("publishes in place of what it has read, and knows of no changes then", async () => {
    const clerk = await desk();
    clerk.assign("l1", "jana");
    const published = publish(clerk);
    while (!aws.files.has(KEY)) await new Promise(setImmediate);
    processed(KEY);
    await published;
    assert.equal(clerk.state.publishing, "published");
    assert.deepEqual(clerk.changes, []);
    assert.equal(kept.size, 0);
    assert.match(aws.files.get(KEY) ?? "", /"instructor_id": "jana"/);
    assert.equal(aws.asked.find(({ headers }) => headers.has("if-none-match"))?.headers.get("if-none-match"), "*");
  });

  it("loses nothing of either when somebody else has published meanwhile", async () => {
    const clerk = await desk();
    clerk.assign("l1", "jana");
    clerk.assign("l2", "jana");
    publishedElsewhere({ l2: "petr", l3: "petr" });
    await publish(clerk);
    const { dialog } = clerk.state;
    assert.ok(dialog?.kind === "merge");
    assert.deepEqual(
      dialog.merged.differences.map(({ lessonId, isDisputed }) => [lessonId, isDisputed]),
      [
        ["l2", true],
        ["l3", false],
      ],
    );
    assert.equal(aws.files.get(KEY), roster({ l2: "petr", l3: "petr" }), "nothing is overwritten before the clerk has seen it");
    takeMerged(clerk, dialog);
    assert.deepEqual(clerk.plan, { l1: "jana", l2: "jana", l3: "petr" });
    await Promise.race([publish(clerk), new Promise(setImmediate)]);
    while (!aws.files.get(KEY)?.includes("jana")) await new Promise(setImmediate);
    processed(KEY);
  });

  it("says why the function rejected what was published", async () => {
    const clerk = await desk();
    clerk.assign("l1", "jana");
    const published = publish(clerk);
    while (!aws.files.has(KEY)) await new Promise(setImmediate);
    processed(KEY, "rejected");
    await published;
    assert.deepEqual([clerk.state.publishing, clerk.state.notice], ["no", "No."]);
  });

  it("keeps unpublished work on the device, and merges it with what was published since", async () => {
    (await desk()).assign("l1", "jana");
    publishedElsewhere({ l2: "petr" });
    const again = await desk();
    assert.deepEqual(again.plan, { l1: "jana", l2: "petr" });
    assert.deepEqual(again.changes, ["l1"]);
    again.undo();
    assert.deepEqual(again.changes, []);
    assert.equal(kept.size, 0);
  });

  it("keeps the work, and every step to undo, when the day is read again", async () => {
    const clerk = await desk();
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

  it("keeps the work when nobody is signed in any more, and goes on with it afterwards", async () => {
    const clerk = await desk();
    clerk.assign("l1", "jana");
    aws.isSignedIn = false;
    aws.credentials.forget();
    await publish(clerk);
    assert.equal(clerk.state.trouble, "signed-out");
    aws.isSignedIn = true;
    assert.deepEqual((await desk()).plan, { l1: "jana" });
  });

  it("forgets nothing of a lesson that is gone but the lesson itself", async () => {
    const clerk = await desk();
    clerk.assign("l1", "jana");
    clerk.assign("l2", "petr");
    aws.items[`SCHEDULE#${DATE}`]?.shift();
    await clerk.reload();
    assert.deepEqual(clerk.plan, { l2: "petr" });
  });

  it("sends no file that is none of an upload's, and tells what became of the others", async () => {
    const clerk = await desk();
    const sent = sendFiles(clerk, [new File(["x"], "photo.png"), new File([], "empty.tsv"), new File(["x"], "season.tsv"), LARGE]);
    while (!aws.files.has("orders/season.tsv")) await new Promise(setImmediate);
    processed("orders/season.tsv");
    await sent;
    assert.deepEqual(
      clerk.state.sendings.map(({ name, state }) => [name, state.kind]),
      [
        ["photo.png", "unfit"],
        ["empty.tsv", "unfit"],
        ["season.tsv", "done"],
        ["large.tsv", "unfit"],
      ],
    );
    assert.deepEqual([...aws.files.keys()], ["orders/season.tsv"]);
  });

  it("saves edited instructors, and merges what somebody else has saved meanwhile before they are saved again", async () => {
    const clerk = await desk();
    clerk.change({ edited: [instructor("jana", { absences: [DATE] }), instructor("petr")] });
    assert.ok(clerk.hasWork);
    const theirs = profilesText([instructor("jana"), instructor("petr", { languages: ["pl"] })]);
    aws.files.set("instructors/profiles.json", theirs);
    await saveProfiles(clerk);
    assert.equal(aws.files.get("instructors/profiles.json"), theirs, "nothing is overwritten before the clerk has seen it");
    const saved = saveProfiles(clerk);
    while (aws.files.get("instructors/profiles.json") === theirs) await new Promise(setImmediate);
    processed("instructors/profiles.json");
    await saved;
    assert.deepEqual(JSON.parse(aws.files.get("instructors/profiles.json") ?? ""), {
      jana: { name: "jana", languages: [], absences: [DATE] },
      petr: { name: "petr", languages: ["pl"] },
    });
    assert.equal(clerk.hasWork, false);
  });

  it("lets a file wait that could not be sent, and goes on with the next", async () => {
    const clerk = await desk();
    aws.isReachable = false;
    await sendFiles(clerk, [new File(["x"], "season.tsv"), new File(["x"], "more.tsv")]);
    assert.deepEqual(
      clerk.state.sendings.map(({ state }) => state),
      [
        { kind: "failed", trouble: "offline" },
        { kind: "failed", trouble: "offline" },
      ],
    );
  });
});

describe("the instructors' file", () => {
  it("says of an instructor only what is not usual", () => {
    const text = profilesText([
      instructor("jana", { languages: ["cs"] }),
      instructor("petr", { active: false, absences: [DATE], levels: ["a"] }),
    ]);
    assert.deepEqual(JSON.parse(text), {
      jana: { name: "jana", languages: ["cs"] },
      petr: { name: "petr", languages: [], levels: ["a"], active: false, absences: [DATE] },
    });
  });

  it("keeps instructors whom only one of two clerks has added", () => {
    const [jana, petr, eva] = ["jana", "petr", "eva"].map((id) => instructor(id));
    assert.ok(jana && petr && eva);
    assert.deepEqual(mergeProfiles([jana], [jana, petr], [jana, eva]), [jana, eva, petr]);
  });

  it("names a new instructor by an id of their own, without accents", () => {
    assert.equal(newId("Klára Nová", new Set()), "klara-nova");
    assert.equal(newId("Klára Nová", new Set(["klara-nova", "klara-nova-2"])), "klara-nova-3");
    assert.equal(newId("", new Set()), "instructor");
  });
});
