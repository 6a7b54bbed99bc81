import { PROFILES_KEY } from "../../../common/uploads";
import { profilesText } from "../../../planning/profiles-text";
import { Trouble, troubleOf } from "../aws/trouble";
import { storedProfiles } from "../day/read";
import { outcomeOf, putText } from "../uploads";
import type { Desk } from "./desk";
import { begun } from "./last";
import { mergeProfiles, withIds } from "./profiles";
import { reasonOf, showChanged } from "./publishing";

/**
 * Saves the instructors as they were edited, if nobody saved others since they were read; otherwise what they saved is merged into the edits, to be
 * looked at and saved again. What is edited meanwhile, and what the function rejects, is still to be saved.
 */
export async function saveProfiles(desk: Desk): Promise<void> {
  const { edited, instructors: base, profilesEtag, isSaving } = desk.state;
  if (!edited || !base || isSaving) return;
  const { bucket, table, now, delay, drafts } = desk.ground;
  const { words } = desk;
  const profiles = withIds(edited);
  desk.change({ isSaving: true, trouble: undefined, notice: words.publishing });
  try {
    const sent = await putText(bucket, now, PROFILES_KEY, profilesText(profiles), profilesEtag);
    const isLast = begun(desk, "save");
    desk.outdateReadings();
    const ids = new Map(edited.map(({ id }, place) => [id, profiles[place]?.id ?? id]));
    const later = desk.state.edited?.map((profile) => ({ ...profile, id: ids.get(profile.id) ?? profile.id }));
    desk.setInstructors(profiles, sent.etag);
    desk.change({ edited: later && mergeProfiles(profiles, later, profiles).mine, isSaving: false, notice: words.waitingForScreen });
    // As long as it may be rejected it is kept on the device as it was before.
    drafts.saveEdits({ base, edited: desk.state.edited ?? profiles });
    const slow = () => {
      if (isLast()) desk.change({ notice: words.notYetProcessed });
    };
    const record = await outcomeOf({ table, now, delay }, sent, slow);
    if (isLast() && record?.outcome === "accepted") {
      desk.edit(desk.state.edited);
      desk.change({ notice: words.profilesSaved });
    } else if (isLast() && record) {
      const mine = desk.state.edited ?? profiles;
      const stored = await storedProfiles(table, bucket);
      desk.setInstructors(stored.instructors, stored.etag);
      desk.edit(mergeProfiles(base, mine, stored.instructors).mine);
      desk.change({ notice: reasonOf(record, words) });
    }
    await desk.loadUploads();
  } catch (error) {
    desk.change({ isSaving: false, notice: undefined });
    if (error instanceof Trouble && error.kind === "changed") await desk.trying(() => showChanged(desk));
    else desk.change({ trouble: troubleOf(error) });
  }
}
