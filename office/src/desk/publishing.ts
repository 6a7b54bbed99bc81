import { rosterKey } from "../../../common/uploads";
import { merge } from "../../../planning/merge";
import { planInForce } from "../../../planning/read-day";
import { rosterFile } from "../../../planning/roster";
import { Trouble } from "../aws/trouble";
import { storedDay, withRoster } from "../day/read";
import { outcomeOf, putText } from "../uploads";
import { type Desk, troubleOf } from "./desk";
import type { Dialog } from "./state";

/**
 * Publishes the day's plan, if nobody published another one since it was read; otherwise shows what they did, merged with this work.
 */
export async function publish(desk: Desk): Promise<void> {
  const { day, rosterEtag, publishing } = desk.state;
  if (!day || publishing === "sending") return;
  const { bucket, table, now, delay } = desk.ground;
  const { plan } = desk;
  const key = rosterKey(day.date);
  const isStillThere = () => desk.state.date === day.date;
  desk.change({ publishing: "sending", trouble: undefined, notice: undefined });
  try {
    const since = now();
    const file = rosterFile(day, plan, day.roster?.assignments);
    const etag = await putText(bucket, key, `${JSON.stringify(file, undefined, 1)}\n`, rosterEtag);
    if (!isStillThere()) return desk.ground.drafts.drop(day.date);
    desk.change({ base: plan, day: withRoster(day, file.assignments), rosterEtag: etag, publishing: "processing" });
    // What was changed while it was being sent is work again.
    desk.keep();
    const record = await outcomeOf({ table, now, delay }, key, etag, since);
    await desk.loadUploads();
    if (!isStillThere()) return;
    if (record?.outcome === "rejected") desk.change({ publishing: "no", notice: record.reason ?? desk.words.outcomes.rejected });
    else desk.change({ publishing: record === undefined ? "slow" : "published" });
  } catch (error) {
    desk.change({ publishing: "no" });
    if (error instanceof Trouble && error.kind === "changed") await desk.trying(() => askToMerge(desk));
    else desk.change({ trouble: troubleOf(error) });
  }
}

async function askToMerge(desk: Desk): Promise<void> {
  const { table, bucket } = desk.ground;
  const { date, instructors = [], base } = desk.state;
  const stored = await storedDay(table, bucket, date, instructors);
  const theirs = planInForce(stored.day);
  desk.change({ dialog: { kind: "merge", merged: merge(base, desk.plan, theirs), theirs, ...stored } });
}

/** Takes the merged plan as the work to go on with, which replaces what is there now. */
export function takeMerged(desk: Desk, { merged, theirs, day, rosterEtag }: Extract<Dialog, { kind: "merge" }>): void {
  desk.change({ day, rosterEtag, base: theirs, dialog: undefined });
  desk.work(merged.plan);
  desk.keep();
}
