"""What a roster does: it is put in force for its day; lessons stay as the export says."""

from botocore.exceptions import BotoCoreError

from scheduler.errors import DaysFailedError, FileRejectedError, GoneError
from scheduler.instructors import MAX_FILE_BYTES, UNKNOWN_INSTRUCTOR, read_roster
from scheduler.items import Source, roster_item, upload_of
from scheduler.outcome import Outcome
from scheduler.tools import STALE, Tools
from scheduler.uploads import Upload, roster_date

KIND = "roster"
PAST = "The roster's day is past what is kept."


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
        DaysFailedError: Its day could not be written or published.
    """
    if not tools.calendar().is_kept(date):
        return Outcome(upload.key, KIND, "ignored", PAST)
    in_force = tools.store.roster(date)
    if in_force and upload_of(in_force).order > upload.order:
        return Outcome(upload.key, KIND, "stale", STALE)
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
            outcome = tools.reject(upload, KIND, rejection)
            if tools.store.sources().profiles == sources.profiles:
                return outcome
        else:
            break
    outcome = Outcome(upload.key, KIND, "accepted")
    refresh.bring_up_to_date(sources, roster=item)
    tools.publish(outcome, refresh)
    outcome.seconds = tools.seconds_since(upload)
    if date in outcome.failed:
        # It may not even be stored.
        raise DaysFailedError(outcome.failed)
    tools.store.forget_rejected(upload)
    if meta := refresh.metas.get(date):
        outcome.lessons, outcome.participants = meta.lessons, meta.participants
    return outcome


def try_waiting_rosters(tools: Tools, outcome: Outcome) -> None:
    """Take in the rosters that came before the profiles of their instructors; those that count no longer leave the record.

    Args:
        tools: What the run works with.
        outcome: What became of the profiles, or of the night's run: what stops a roster is told with it, and stops no other.
    """
    for item in tools.store.rejected():
        date = roster_date(str(item.get("key")))
        if item.get("code") == UNKNOWN_INSTRUCTOR and date:
            try:
                outcome.failed |= _try_again(tools, upload_of(item), date)
            except BotoCoreError:
                raise
            except Exception as error:
                outcome.failed[date] = error


def _try_again(tools: Tools, upload: Upload, date: str) -> dict[str, Exception]:
    """Take in a roster that waits, if that can be; gives the dates of which a retry can mend something."""
    try:
        outcome = tools.record(upload, run_roster(tools, upload, date))
    except FileRejectedError:
        return {}
    except GoneError:
        tools.store.forget_rejected(upload)
        return {}
    except DaysFailedError as error:
        return error.failed
    if outcome.verdict in ("stale", "ignored"):
        tools.store.forget_rejected(upload)
    return outcome.failed


class _Known:
    """The instructors whom a roster may name."""

    def __init__(self, profiles: Source | None) -> None:
        self._profiles = profiles

    def __contains__(self, instructor_id: object) -> bool:
        """Whether the profiles in force have one, or those before had."""
        return self._profiles is not None and self._profiles.knows(str(instructor_id))
