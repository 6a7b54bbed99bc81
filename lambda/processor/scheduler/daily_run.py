"""What every night does, without an upload: days and documents of the past leave, and what was left half done is done."""

from datetime import timedelta

from scheduler.errors import LockLostError
from scheduler.items import PROFILE, PROFILES_SOURCE, profile_pk
from scheduler.outcome import Outcome
from scheduler.roster_run import try_waiting_rosters
from scheduler.store import Sources
from scheduler.times import Calendar
from scheduler.tools import Tools

KIND = "daily"

SWEPT_DAYS = 14
"""How many past days' documents are removed though nothing knows of them; more nights than that are not missed one after the other."""

DAYS_AHEAD = 14
"""How many days ahead are looked at though no export and no document knows of them: a day's roster may have come before its lessons."""


def run_daily(tools: Tools) -> Outcome:
    """Bring every day up to date, and tidy up.

    The index keeps its time: nobody has uploaded anything, and displays say how old the schedule is.

    Raises:
        ContentionError: Other runs stayed ahead of this one.
    """
    calendar = tools.calendar()
    refresh = tools.refresh(calendar)
    sources = tools.store.sources()
    outcome = Outcome("", KIND, "accepted", items_written=_forget_unfinished_profiles(tools, sources))
    refresh.bring_up_to_date(sources, every_day=True, also=_days_ahead(calendar))
    for days_ago in range(SWEPT_DAYS):
        tools.publisher.delete_day((calendar.yesterday - timedelta(days=days_ago + 1)).isoformat())
    tools.publish(outcome, refresh, is_upload=False)
    try_waiting_rosters(tools, outcome)
    return outcome


def _days_ahead(calendar: Calendar) -> list[str]:
    return [(calendar.yesterday + timedelta(days=ahead)).isoformat() for ahead in range(1, DAYS_AHEAD + 1)]


def _forget_unfinished_profiles(tools: Tools, sources: Sources) -> int:
    """Remove profiles that a run has written whose file never came into force; the answer is how many items were written."""
    in_force = sources.profiles
    if not sources.unfinished or not in_force:
        return 0
    deletes = [(profile_pk(identity), PROFILE) for identity in sources.unfinished if identity not in in_force.names]
    try:
        return tools.store.put_in_force(PROFILES_SOURCE, in_force, in_force, deletes=deletes, unfinished=sources.unfinished)
    except LockLostError:
        # The run that took the lock removes them itself.
        return 0
