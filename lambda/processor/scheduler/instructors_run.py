"""What instructor files do: profiles are put in force as a whole, a roster for its day; lessons stay as the export says."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.errors import FileRejectedError, GoneError, LockLostError
from scheduler.instructors import MAX_FILE_BYTES, UNKNOWN_INSTRUCTOR, read_profiles, read_roster
from scheduler.items import (
    PROFILE,
    PROFILES_SOURCE,
    Item,
    Source,
    instructor_hash,
    items_hash,
    profile_item,
    profile_pk,
    roster_item,
    upload_of,
)
from scheduler.outcome import Outcome
from scheduler.times import utc_milliseconds
from scheduler.tools import STALE, Tools, is_older
from scheduler.uploads import Upload, roster_date

PROFILES_KIND = "profiles"
ROSTER_KIND = "roster"
REMEMBERED = timedelta(days=30)
"""Longer than an event waits anywhere, in the failure queue too."""

PAST = "The roster's day is past what is kept."


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
        return Outcome(upload.key, PROFILES_KIND, "stale", STALE)
    with tools.inbox.open(upload, MAX_FILE_BYTES) as file:
        profiles = read_profiles(file.read())
    items = {identity: profile_item(profile) for identity, profile in profiles.items()}
    outcome = Outcome(upload.key, PROFILES_KIND, "accepted")
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
                return Outcome(upload.key, PROFILES_KIND, "stale", STALE)
    refresh.bring_up_to_date(tools.store.sources())
    tools.publish(outcome, refresh)
    outcome.seconds = tools.seconds_since(upload)
    outcome.lessons = sum(meta.lessons for meta in refresh.metas.values())
    outcome.participants = sum(meta.participants for meta in refresh.metas.values())
    _try_rosters_again(tools)
    return outcome


def run_roster(tools: Tools, upload: Upload, date: str) -> Outcome:
    """Process a day's roster.

    A roster that names an instructor whom no profiles know is rejected, and tried again when profiles come that do: so it does not
    matter which of two files that were uploaded together is processed first.

    Args:
        tools: What the run works with.
        upload: The roster.
        date: The date in its name.

    Raises:
        FileRejectedError: It must not change the schedule.
        GoneError: The file is not there any more.
        ContentionError: Other runs stayed ahead of this one.
    """
    if not tools.calendar().is_kept(date):
        return Outcome(upload.key, ROSTER_KIND, "ignored", PAST)
    in_force = tools.store.roster(date)
    if in_force and upload_of(in_force).order > upload.order:
        return Outcome(upload.key, ROSTER_KIND, "stale", STALE)
    with tools.inbox.open(upload, MAX_FILE_BYTES) as file:
        content = file.read()
    while True:
        calendar = tools.calendar()
        refresh = tools.refresh(calendar, upload)
        sources = tools.store.sources()
        try:
            item = roster_item(date, upload, read_roster(content, date, _Known(sources.profiles)), calendar.expires_at(date))
        except FileRejectedError as rejection:
            if rejection.code != UNKNOWN_INSTRUCTOR:
                raise
            outcome = tools.reject(upload, ROSTER_KIND, rejection)
            if tools.store.sources().profiles == sources.profiles:
                return outcome
        else:
            break
    outcome = Outcome(upload.key, ROSTER_KIND, "accepted")
    refresh.bring_up_to_date(sources, roster=item)
    tools.publish(outcome, refresh)
    outcome.seconds = tools.seconds_since(upload)
    tools.store.forget_rejected(upload)
    if meta := refresh.metas.get(date):
        outcome.lessons, outcome.participants = meta.lessons, meta.participants
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


class _Known:
    """The instructors whom a roster may name."""

    def __init__(self, profiles: Source | None) -> None:
        self._profiles = profiles

    def __contains__(self, instructor_id: object) -> bool:
        """Whether the profiles in force have one, or those before had."""
        return self._profiles is not None and self._profiles.knows(str(instructor_id))


def _try_rosters_again(tools: Tools) -> None:
    """Take in the rosters that came before the profiles of their instructors; those that count no longer leave the record."""
    for item in tools.store.rejected():
        upload, date = upload_of(item), roster_date(item["key"])
        if item["code"] == UNKNOWN_INSTRUCTOR and date:
            try:
                outcome = tools.record(upload, run_roster(tools, upload, date))
                no_longer_counts = outcome.verdict in ("stale", "ignored")
            except FileRejectedError:
                no_longer_counts = False
            except GoneError:
                no_longer_counts = True
            if no_longer_counts:
                tools.store.forget_rejected(upload)
