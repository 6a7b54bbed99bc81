"""What the instructors' profiles do: they are put in force as a whole; lessons stay as the export says."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.errors import LockLostError
from scheduler.instructors import MAX_FILE_BYTES, read_profiles
from scheduler.items import (
    PROFILE,
    PROFILES_SOURCE,
    Item,
    Source,
    instructor_hash,
    items_hash,
    profile_item,
    profile_pk,
)
from scheduler.outcome import Outcome
from scheduler.roster_run import try_waiting_rosters
from scheduler.times import utc_milliseconds
from scheduler.tools import STALE, Tools, is_older
from scheduler.uploads import Upload

KIND = "profiles"
REMEMBERED = timedelta(days=30)
"""Longer than an event waits anywhere, in the failure queue too."""


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
    with tools.inbox.open(upload, MAX_FILE_BYTES) as file:
        profiles = read_profiles(file.read())
    items = {identity: profile_item(profile) for identity, profile in profiles.items()}
    outcome = Outcome(upload.key, KIND, "accepted")
    while (source := _profiles_source(upload, items, sources.profiles)) != sources.profiles:
        before = sources.profiles.names if sources.profiles else ()
        stored = tools.store.profiles({*before, *items, *sources.unfinished})
        puts = [item for identity, item in items.items() if stored.get(identity) != profiles[identity]]
        deletes = [(profile_pk(identity), PROFILE) for identity in stored if identity not in items]
        try:
            outcome.items_written += tools.store.put_in_force(
                PROFILES_SOURCE, source, sources.profiles, puts, deletes, unfinished=sources.unfinished
            )
            break
        except LockLostError:
            sources = tools.store.sources()
            if is_older(upload, sources.profiles):
                return Outcome(upload.key, KIND, "stale", STALE)
    refresh.bring_up_to_date(tools.store.sources())
    tools.publish(outcome, refresh)
    outcome.seconds = tools.seconds_since(upload)
    outcome.lessons = sum(meta.lessons for meta in refresh.metas.values())
    outcome.participants = sum(meta.participants for meta in refresh.metas.values())
    try_waiting_rosters(tools, outcome)
    return outcome


def _profiles_source(upload: Upload, items: Mapping[str, Item], before: Source | None) -> Source:
    """The pointer to profiles; it remembers who left, for as long as a roster that was made before may be on its way."""
    former = {}
    if before:
        long_ago = utc_milliseconds(upload.uploaded - REMEMBERED)
        left = {instructor_hash(identity): upload.uploaded_at for identity in before.names if identity not in items}
        back = {instructor_hash(identity) for identity in items}
        former = {key: when for key, when in {**before.former, **left}.items() if key not in back and when > long_ago}
    return Source(upload, tuple(sorted(items)), content=items_hash(items.values()), former=former)
