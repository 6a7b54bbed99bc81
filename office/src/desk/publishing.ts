import { shortDate } from "../../../common/texts";
import { rosterKey } from "../../../common/uploads";
import type { Plan } from "../../../planning/day";
import { rosterFile } from "../../../planning/roster";
import { Trouble, troubleOf } from "../aws/trouble";
import { outcomeOf, putText, type UploadRecord } from "../uploads";
import type { Words } from "../words";
import type { Desk } from "./desk";
import { begun } from "./last";
import { forgetPublished, noteSent } from "./meanwhile";
import type { Publishing } from "./state";

/**
 * Publishes the day's plan: the day is read anew, and where somebody else has changed it, or lessons that are given to somebody have left it, that is
 * shown instead. The work stays on this device until the function has taken it.
 */
export async function publish(desk: Desk): Promise<void> {
  const { date, publishing } = desk.state;
  if (!desk.state.day || publishing === "sending") return;
  const { bucket, table, now, delay } = desk.ground;
  const { visit } = desk;
  const isLast = begun(desk, "publish");
  const tell = (how: Publishing) => {
    if (desk.visit === visit && isLast()) desk.change({ publishing: how });
  };
  desk.change({ publishing: "sending", trouble: undefined, notice: undefined });
  try {
    const isNews = await desk.readAnew();
    const { day, base, marks, rosterEtag } = desk.state;
    if (desk.visit !== visit) return desk.change({ notice: `${desk.words.otherDays} ${shortDate(date, desk.state.language)}` });
    if (isNews || !day || desk.changes.length === 0) return tell("no");
    const plan = desk.plan;
    const file = rosterFile(day, plan, marks);
    const sent = await putText(bucket, now, rosterKey(date), `${JSON.stringify(file, undefined, 1)}\n`, rosterEtag);
    const isLastSent = begun(desk, `publish ${date}`);
    desk.outdateReadings();
    if (desk.visit === visit) {
      desk.change({ sent: plan, rosterEtag: sent.etag, publishing: "processing" });
      desk.keep();
    } else await noteSent(desk, date, { base, plan, sent: plan, marks });
    const record = await outcomeOf({ table, now, delay }, sent, () => tell("slow"));
    await end(desk, date, plan, record, isLastSent);
    if (record?.outcome === "accepted" && !record.refused_days?.includes(date)) tell("published");
    else tell(record ? "no" : "slow");
  } catch (error) {
    tell("no");
    if (!(error instanceof Trouble && error.kind === "changed")) desk.change({ trouble: troubleOf(error) });
    // Somebody else was quicker: that is shown, at once or when the day is opened again.
    else if (desk.visit === visit) await desk.trying(() => showChanged(desk));
    else desk.change({ notice: `${shortDate(date, desk.state.language)}: ${desk.words.troubles.changed}` });
  }
}

/** Shows what somebody else has changed; says that they did where there is nothing to show. */
export async function showChanged(desk: Desk): Promise<void> {
  const isNews = await desk.readAnew();
  if (!isNews && desk.state.notice === undefined) desk.change({ notice: desk.words.troubles.changed });
}

/**
 * What the end of a publish does to the desk.
 *
 * @param isLast Whether nothing was published of the day since: what is on the desk as sent is this publish's, and what is told of it.
 */
async function end(desk: Desk, date: string, plan: Plan, record: UploadRecord | undefined, isLast: () => boolean): Promise<void> {
  const { words } = desk;
  const isShown = () => desk.state.date === date && desk.state.day !== undefined;
  if (record?.outcome === "accepted") {
    if (isShown() && desk.state.sent === plan) desk.change({ base: plan, sent: undefined });
    else if (!isShown()) forgetPublished(desk, date, plan);
  } else if (record && isShown() && isLast()) desk.change({ sent: undefined });
  if (isShown()) {
    desk.keep();
    await desk.trying(() => desk.readDay());
  }
  await desk.loadUploads();
  const why = record?.outcome === "accepted" ? record.refused_days?.includes(date) && words.notShown : record && reasonOf(record, words);
  if (why && isLast()) desk.change({ notice: desk.state.date === date ? why : `${shortDate(date, desk.state.language)}: ${why}` });
}

/** Why an upload was not accepted, in the page's words where there are some. */
export function reasonOf({ outcome, code, reason }: UploadRecord, words: Words): string {
  return (code && words.fileReasons[code]) ?? reason ?? words.outcomes[outcome];
}
