"""What every night does, without an upload: days and documents of the past leave, and what was left half done is done."""

from contextlib import suppress
from datetime import timedelta

from scheduler.errors import LockLostError
from scheduler.outcome import Outcome
from scheduler.profiles_run import finish_profiles
from scheduler.roster_run import try_waiting_rosters
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
    outcome = Outcome("", KIND, "accepted")
    with suppress(LockLostError):
        # Or else the run that put newer ones in force ends them.
        outcome.items_written += finish_profiles(tools, sources)
    refresh.bring_up_to_date(sources, every_day=True, also=_days_ahead(calendar))
    for days_ago in range(SWEPT_DAYS):
        tools.publisher.delete_day((calendar.yesterday - timedelta(days=days_ago + 1)).isoformat())
    tools.publish(outcome, refresh, is_upload=False)
    try_waiting_rosters(tools, outcome)
    return outcome


def _days_ahead(calendar: Calendar) -> list[str]:
    return [(calendar.yesterday + timedelta(days=ahead)).isoformat() for ahead in range(1, DAYS_AHEAD + 1)]
