"""What instructor files do: profiles are put in force as a whole, a roster for its day; lessons stay as the export says."""

from scheduler.errors import FileRejectedError, GoneError, LockLostError
from scheduler.instructors import MAX_FILE_BYTES, UNKNOWN_INSTRUCTOR, read_profiles, read_roster
from scheduler.items import PROFILE, PROFILES_SOURCE, Source, items_hash, profile_item, profile_pk, roster_item, upload_of
from scheduler.outcome import Outcome
from scheduler.tools import STALE, Tools, is_older
from scheduler.uploads import Upload, roster_date

PROFILES_KIND = "profiles"
ROSTER_KIND = "roster"
PAST = "The roster's day is past what is kept."


def run_profiles(tools: Tools, upload: Upload) -> Outcome:
    """Process the instructors' profiles.

    Raises:
        FileRejectedError: They must not change the schedule.
        GoneError: The file is not there any more.
        ContentionError: Other runs stayed ahead of this one.
    """
    refresh = tools.refresh(tools.calendar())
    sources = tools.store.sources()
    if is_older(upload, sources.profiles):
        return Outcome(upload.key, PROFILES_KIND, "stale", STALE)
    with tools.inbox.open(upload, MAX_FILE_BYTES) as file:
        profiles = read_profiles(file.read())
    items = {identity: profile_item(profile) for identity, profile in profiles.items()}
    source = Source(upload, tuple(sorted(items)), content=items_hash(items.values()))
    outcome = Outcome(upload.key, PROFILES_KIND, "accepted")
    while source != sources.profiles:
        before = sources.profiles.names if sources.profiles else ()
        stored = tools.store.profiles({*before, *items})
        puts = [item for identity, item in items.items() if stored.get(identity) != profiles[identity]]
        deletes = [(profile_pk(identity), PROFILE) for identity in stored if identity not in items]
        try:
            outcome.items_written += tools.store.put_in_force(PROFILES_SOURCE, source, sources.profiles, puts, deletes)
            break
        except LockLostError:
            sources = tools.store.sources()
            if is_older(upload, sources.profiles):
                return Outcome(upload.key, PROFILES_KIND, "stale", STALE)
    refresh.bring_up_to_date(tools.store.sources())
    tools.publish(outcome, upload, refresh)
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
        refresh = tools.refresh(calendar)
        sources = tools.store.sources()
        try:
            known = sources.profiles.names if sources.profiles else ()
            item = roster_item(date, upload, read_roster(content, date, known), calendar.expires_at(date))
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
    tools.publish(outcome, upload, refresh)
    tools.store.forget_rejected(upload)
    if meta := refresh.metas.get(date):
        outcome.lessons, outcome.participants = meta.lessons, meta.participants
    return outcome


def _try_rosters_again(tools: Tools) -> None:
    """Take in the rosters that came before the profiles of their instructors; those that count no longer leave the record."""
    for item in tools.store.rejected():
        upload, date = upload_of(item), roster_date(item["key"])
        if item["code"] == UNKNOWN_INSTRUCTOR and date:
            try:
                no_longer_counts = run_roster(tools, upload, date).verdict in ("stale", "ignored")
            except FileRejectedError:
                no_longer_counts = False
            except GoneError:
                no_longer_counts = True
            if no_longer_counts:
                tools.store.forget_rejected(upload)
