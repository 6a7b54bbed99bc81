/** What happens while a clerk does something else: in the table, in another tab, and on a day that is not shown any more. */

import type { Plan } from "../../../planning/day";
import { merge } from "../../../planning/merge";
import { troubleOf } from "../aws/trouble";
import { storedProfilesVersion, storedVersion } from "../day/read";
import type { Draft } from "../drafts";
import { lastUploads } from "../uploads";
import { type Desk, UPLOADS_SHOWN } from "./desk";
import { NO_DAY } from "./state";

/** Looks whether the day or the profiles have changed, and reads both then. What fails is tried again by the next look. */
export async function look(desk: Desk): Promise<void> {
  const { table } = desk.ground;
  const { date, day, version, profilesVersion, sent, dialog, dragged, publishing, isSaving } = desk.state;
  // Nobody's hands are to be disturbed.
  if (!day || dialog || dragged !== undefined || publishing === "sending" || isSaving) return;
  try {
    // Of what was rejected the day's version tells nothing.
    if (sent || (await storedVersion(table, date)) !== version || (await storedProfilesVersion(table)) !== profilesVersion) {
      await desk.readAnew();
      desk.change({ uploads: await lastUploads(table, UPLOADS_SHOWN) });
    }
  } catch (error) {
    if (troubleOf(error) === "signed-out") desk.change({ trouble: "signed-out" });
  }
}

/** Takes over what another tab of the same clerk has done: on the day that is shown, together with the work here. */
export function hear(desk: Desk, key: string | null): void {
  const { drafts } = desk.ground;
  const { day, date, base, history, marks } = desk.state;
  desk.change({ unpublished: drafts.dates() });
  if (!day || key !== drafts.keyOf(date)) return;
  const { heard } = desk;
  const draft = drafts.load(date);
  desk.heard = draft;
  // What was sent is kept no longer once it is in force.
  if (heard?.sent && !draft) return void desk.loadDay();
  const planOf = (kept: Draft | undefined) => (kept ? merge(kept.base, kept.plan, base).plan : base);
  desk.change({ marks: { ...draft?.marks, ...marks } });
  desk.step(merge(planOf(heard), history.now, planOf(draft)).plan);
}

/** Keeps of a day that the clerk has left what was published of it: it may still be rejected. */
export async function noteSent(desk: Desk, date: string, draft: Draft): Promise<void> {
  const { drafts } = desk.ground;
  drafts.save(date, { ...draft, plan: drafts.load(date)?.plan ?? draft.plan });
  desk.change({ unpublished: drafts.dates() });
  if (desk.state.date !== date) return;
  // Whoever has come back has not seen it arrive.
  desk.change({ ...NO_DAY, date });
  await desk.readDay();
}

/** Forgets the work on a day that is not shown, as far as it was published. */
export function forgetPublished(desk: Desk, date: string, plan: Plan): void {
  const { drafts } = desk.ground;
  drafts.dropPublished(date, plan);
  desk.change({ unpublished: drafts.dates() });
}
