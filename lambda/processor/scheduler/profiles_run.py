"""What the instructors' profiles do: they are put in force as a whole; lessons stay as the export says."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from scheduler.errors import GoneError, LockLostError
from scheduler.instructors import MAX_FILE_BYTES, Profile, read_profiles
from scheduler.items import PROFILE, PROFILES_SOURCE, Item, Source, instructor_hash, items_hash, profile_item, profile_pk
from scheduler.outcome import Outcome
from scheduler.roster_run import try_waiting_rosters
from scheduler.store import ROOM, Guard, Key, Sources
from scheduler.times import utc_milliseconds
from scheduler.tools import STALE, Tools, is_older
from scheduler.unfinished import to_finish
from scheduler.uploads import Upload

KIND = "profiles"
REMEMBERED = timedelta(days=30)
"""Longer than an event waits anywhere, in the failure queue too."""

MOST_REMEMBERED = 2_000
"""So many who left last: with the names of as many profiles as a file holds, they are not more than an item takes."""


def run_profiles(tools: Tools, upload: Upload) -> Outcome:
    """Process the instructors' profiles.

    Raises:
        FileRejectedError: They must not change the schedule.
        GoneError: The file is not there any more.
        ContentionError: Other runs stayed ahead of this one.
    """
    refresh = tools.refresh(tools.calendar(), upload)
    sources = tools.store.sources()
    if is_older(upload, sources.profiles):
        return Outcome(upload.key, KIND, "stale", STALE)
    outcome = Outcome(upload.key, KIND, "accepted")
    try:
        with tools.inbox.open(upload, MAX_FILE_BYTES) as file:
            profiles = read_profiles(file.read())
    except GoneError:
        # An earlier try may have put it in force; the file was deleted or overwritten since.
        if sources.profiles is None or sources.profiles.upload.order != upload.order:
            raise
        profiles = None
    if not _put_in_force(tools, upload, profiles, sources, outcome):
        return Outcome(upload.key, KIND, "stale", STALE)
    refresh.bring_up_to_date(tools.store.sources())
    tools.publish(outcome, refresh)
    outcome.seconds = tools.seconds_since(upload)
    outcome.lessons = sum(meta.lessons for meta in refresh.metas.values())
    outcome.participants = sum(meta.participants for meta in refresh.metas.values())
    try_waiting_rosters(tools, outcome)
    return outcome


def _put_in_force(tools: Tools, upload: Upload, profiles: Mapping[str, Profile] | None, sources: Sources, outcome: Outcome) -> bool:
    """Put profiles in force, and end what an earlier try has begun; False where newer ones are in force."""
    while not is_older(upload, sources.profiles):
        before = sources.profiles
        try:
            outcome.items_written += finish_profiles(tools, sources)
            if profiles is None or (before and before.upload.order == upload.order):
                return True
            puts, deletes = _differences(tools, profiles, before.names if before else ())
            if len(puts) + len(deletes) <= ROOM:
                outcome.items_written += tools.store.put_in_force(PROFILES_SOURCE, _source(upload, profiles, before), before, puts, deletes)
                return True
            first = to_finish(profiles, [identity for identity in (before.names if before else ()) if identity not in profiles])
            tools.store.put_in_force(PROFILES_SOURCE, _source(upload, profiles, before, len(first)), before, first)
            outcome.items_written += 1
        except LockLostError:
            pass
        sources = tools.store.sources()
    return False


def finish_profiles(tools: Tools, sources: Sources) -> int:
    """Make each of the profiles in force an item of its own, where a run did not come to that; gives how many items differed.

    Raises:
        LockLostError: Newer ones are in force meanwhile.
    """
    unfinished = sources.unfinished
    if not unfinished:
        return 0
    guard = Guard(PROFILES_SOURCE, sources.profiles)
    puts, deletes = _differences(tools, unfinished.profiles, unfinished.leaving)
    written = tools.store.write_items(guard, puts, deletes)
    tools.store.write_items(guard, [], unfinished.keys())
    return written


def _differences(tools: Tools, profiles: Mapping[str, Profile], others: Iterable[str]) -> tuple[list[Item], list[Key]]:
    """What to put and to delete so that there is an item of each profile, and none of others who may have one."""
    stored = tools.store.profiles({*profiles, *others})
    puts = [profile_item(profile) for identity, profile in profiles.items() if stored.get(identity) != profile]
    return puts, [(profile_pk(identity), PROFILE) for identity in stored if identity not in profiles]


def _source(upload: Upload, profiles: Mapping[str, Profile], before: Source | None, parts: int = 0) -> Source:
    """The pointer to profiles; it remembers who left, for as long as a roster that was made before may be on its way."""
    former: dict[str, str] = {}
    if before:
        long_ago = utc_milliseconds(upload.uploaded - REMEMBERED)
        left = {instructor_hash(identity): upload.uploaded_at for identity in before.names if identity not in profiles}
        back = {instructor_hash(identity) for identity in profiles}
        known = ((key, when) for key, when in {**before.former, **left}.items() if key not in back and when > long_ago)
        former = dict(sorted(known, key=lambda one: one[1], reverse=True)[:MOST_REMEMBERED])
    content = items_hash(map(profile_item, profiles.values()))
    return Source(upload, tuple(sorted(profiles)), content=content, former=former, parts=parts)
