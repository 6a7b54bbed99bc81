"""What an order export does: it is read, put in force if it is the newest, and replaces all that an older one said."""

from scheduler.days import is_behind
from scheduler.errors import GoneError, LockLostError
from scheduler.indexer import has_left
from scheduler.items import ORDERS_SOURCE, Source
from scheduler.outcome import Outcome
from scheduler.store import Sources
from scheduler.times import Calendar
from scheduler.tools import GONE, STALE, Tools, is_older
from scheduler.uploads import Upload

KIND = "orders"


def run_orders(tools: Tools, upload: Upload) -> Outcome:
    """Process an order export.

    Raises:
        FileRejectedError: It must not change the schedule.
        ContentionError: Other runs stayed ahead of this one.
    """
    calendar = tools.calendar()
    refresh = tools.refresh(calendar)
    sources = tools.store.sources()
    if is_older(upload, sources.orders):
        return Outcome(upload.key, KIND, "stale", STALE)
    try:
        export, report = tools.read_export(upload, calendar)
    except GoneError:
        return _gone(tools, upload, calendar, sources.orders)
    outcome = Outcome(
        upload.key,
        KIND,
        "accepted",
        rows=report,
        lessons=export.lessons,
        participants=export.participants,
        unknown_types=export.unknown_types,
    )
    while True:
        # The days of earlier exports, as long as there may be something of them.
        earlier = sources.orders.names if sources.orders else ()
        remembered = {date for date in earlier if calendar.is_kept(date) or not has_left(date, refresh.index, calendar)}
        source = Source(upload, tuple(sorted({*export.days, *remembered})), rows=report.as_answer(), hashes=export.hashes)
        try:
            if source != sources.orders:
                outcome.items_written += tools.store.put_in_force(ORDERS_SOURCE, source, sources.orders)
            refresh.bring_up_to_date(Sources(source, sources.profiles), export)
        except LockLostError:
            outcome.items_written += refresh.items_written
            refresh = tools.refresh(calendar)
            sources = tools.store.sources()
            if is_older(upload, sources.orders):
                outcome.verdict, outcome.reason = "stale", STALE
                return outcome
        else:
            tools.publish(outcome, refresh)
            outcome.seconds = tools.seconds_since(upload)
            return outcome


def _gone(tools: Tools, upload: Upload, calendar: Calendar, in_force: Source | None) -> Outcome:
    """An export that cannot be read any more. If it is in force already, the days that its run did not come to are named."""
    outcome = Outcome(upload.key, KIND, "ignored", GONE)
    if in_force and in_force.upload.order == upload.order:
        kept = [date for date in in_force.names if calendar.is_kept(date)]
        metas = tools.store.metas(kept)
        outcome.torn_days = [date for date in kept if is_behind(date, metas.get(date), in_force)]
    return outcome
