import assert from "node:assert/strict";
import { EMAIL, School, until } from "../testing/desk";
import { send, sendFiles, showKept } from "./files";

const SEASON = "orders/season.tsv";
const HOUR = 3_600_000;

/** A byte more than these tests' stack reads. */
const LARGE = new File([new Uint8Array(1024 ** 2 + 1)], "large.tsv");
const season = () => new File(["x"], "season.tsv");

describe("dropped files", () => {
  let school: School;

  beforeEach(() => {
    school = new School();
  });

  it("are sent when they are an upload's, and what became of them is told", async () => {
    const clerk = await school.desk();
    const sent = sendFiles(clerk, [new File(["x"], "photo.png"), new File([], "empty.tsv"), season(), LARGE]);
    await school.isPut(SEASON);
    school.process(SEASON);
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
    assert.deepEqual([[...school.aws.files.keys()], school.keptFiles.size, clerk.hasWork], [[SEASON], 0, false]);
  });

  it("are not sent when they are instructors' files that are larger than the function reads", async () => {
    const clerk = await school.desk();
    await sendFiles(clerk, [new File([new Uint8Array(256 * 1024 + 1)], "profiles.json")]);
    assert.deepEqual(clerk.state.sendings[0]?.state, { kind: "unfit", why: "size" });
  });

  it("wait when they could not be sent, and the next is tried", async () => {
    const clerk = await school.desk();
    school.aws.isReachable = false;
    await sendFiles(clerk, [season(), new File(["x"], "more.tsv")]);
    assert.deepEqual(
      clerk.state.sendings.map(({ state }) => state),
      [
        { kind: "failed", trouble: "offline" },
        { kind: "failed", trouble: "offline" },
      ],
    );
    assert.ok(clerk.hasWork);
  });

  it("are there again after signing in when the session was over", async () => {
    const clerk = await school.desk();
    school.aws.isSignedIn = false;
    school.aws.credentials.forget();
    await sendFiles(clerk, [season()]);
    assert.equal(clerk.state.trouble, "signed-out", "where to sign in is shown");
    school.aws.isSignedIn = true;
    const again = await school.desk();
    await showKept(again);
    const [file] = again.state.sendings;
    assert.deepEqual([file?.name, file?.state.kind, again.hasWork], ["season.tsv", "kept", true]);
    assert.equal(school.aws.files.size, 0, "they are sent when that is asked, and not before");
    const sending = send(again, file ?? assert.fail());
    await school.isPut(SEASON);
    school.process(SEASON);
    await sending;
    assert.deepEqual([again.state.sendings[0]?.state.kind, school.keptFiles.size, again.hasWork], ["done", 0, false]);
  });

  it("are not kept for longer than they can be true, nor shown to anybody else", async () => {
    const clerk = await school.desk();
    const { now } = school.aws;
    school.keptFiles.set("old", { id: "old", email: EMAIL, file: season(), at: now - 49 * HOUR });
    school.keptFiles.set("other", { id: "other", email: "petr@example.com", file: season(), at: now });
    await showKept(clerk);
    assert.deepEqual([clerk.state.sendings, [...school.keptFiles.keys()]], [[], ["other"]]);
  });

  it("are put one after the other, however they are dropped: the newest lies there in the end", async () => {
    const clerk = await school.desk();
    const { bucket } = school.aws;
    const { put } = bucket;
    let goOn: (() => void) | undefined;
    bucket.put = async (...asked) => {
      bucket.put = put;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      return put.apply(bucket, asked);
    };
    const older = sendFiles(clerk, [season()]);
    await until(() => goOn !== undefined);
    const newer = sendFiles(clerk, [new File(["newer"], "season.tsv")]);
    // As many turns as a put that waited for nothing would take, and more.
    let turns = 0;
    await until(() => ++turns > 200);
    goOn?.();
    await until(() => school.aws.files.get(SEASON) === "newer");
    school.processEarlier(SEASON, "x");
    school.process(SEASON);
    await Promise.all([older, newer]);
    assert.equal(school.aws.files.get(SEASON), "newer");
  });

  it("are put away when a newer one of their name was sent", async () => {
    const clerk = await school.desk();
    school.aws.isReachable = false;
    await sendFiles(clerk, [season(), new File(["x"], "more.tsv")]);
    school.aws.isReachable = true;
    school.aws.now += HOUR;
    const newer = sendFiles(clerk, [new File(["newer"], "season.tsv")]);
    await school.isPut(SEASON);
    school.process(SEASON);
    await newer;
    assert.deepEqual(
      clerk.state.sendings.map(({ name, state }) => [name, state.kind]),
      [
        ["season.tsv", "done"],
        ["more.tsv", "failed"],
      ],
    );
    assert.deepEqual(
      [...school.keptFiles.values()].map(({ file }) => file.name),
      ["more.tsv"],
    );
  });

  it("are waited for from when they had been sent, however long that took", async () => {
    const clerk = await school.desk();
    const { bucket } = school.aws;
    const { put } = bucket;
    bucket.put = async (...asked) => {
      school.aws.now += HOUR;
      return put.apply(bucket, asked);
    };
    const sending = sendFiles(clerk, [season()]);
    await school.isPut(SEASON);
    await school.aWhile();
    assert.equal(clerk.state.sendings[0]?.state.kind, "processing");
    school.process(SEASON);
    await sending;
    assert.equal(clerk.state.sendings[0]?.state.kind, "done");
  });
});
