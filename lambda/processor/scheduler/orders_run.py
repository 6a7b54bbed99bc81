"""What an order export does: it is read, put in force if it is the newest, and replaces all that an older one said."""

from dataclasses import replace

from scheduler.errors import GoneError, LockLostError
from scheduler.indexer import has_left
from scheduler.items import ORDERS_SOURCE, Source
from scheduler.kept import to_keep
from scheduler.outcome import Outcome
from scheduler.refresh import Refresh
from scheduler.rows import RowReport
from scheduler.schedule import form
from scheduler.store import Sources
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
    refresh = tools.refresh(calendar, upload)
    sources = tools.store.sources()
    if is_older(upload, sources.orders):
        return Outcome(upload.key, KIND, "stale", STALE)
    try:
        export, report = tools.read_export(upload, calendar)
    except GoneError:
        if sources.orders and sources.orders.upload.order == upload.order:
            return _end_without_the_file(tools, refresh, sources, sources.orders)
        return Outcome(upload.key, KIND, "ignored", GONE)
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
        remembered = {date for date in earlier if calendar.is_kept(date) or not has_left(date, refresh.shown.index, calendar)}
        kept, puts, unneeded = to_keep(export, calendar, sources.orders)
        names = tuple(sorted({*export.days, *remembered}))
        zone = calendar.zone.key
        source = Source(upload, names, rows=report.as_answer(), hashes=export.hashes, kept=kept, time_zone=zone, form=form(zone))
        try:
            if source != sources.orders:
                outcome.items_written += tools.store.put_in_force(ORDERS_SOURCE, source, sources.orders, puts, afterwards=unneeded)
            refresh.bring_up_to_date(replace(sources, orders=source), export, first_named=export.days.keys() - set(earlier))
        except LockLostError:
            outcome.items_written += refresh.items_written
            refresh = tools.refresh(calendar, upload)
            sources = tools.store.sources()
            if is_older(upload, sources.orders):
                outcome.verdict, outcome.reason = "stale", STALE
                return outcome
        else:
            tools.publish(outcome, refresh)
            outcome.seconds = tools.seconds_since(upload)
            return outcome


def _end_without_the_file(tools: Tools, refresh: Refresh, sources: Sources, in_force: Source) -> Outcome:
    """End what an earlier try of an export began, which it put in force; the file was deleted or overwritten meanwhile."""
    outcome = Outcome(in_force.upload.key, KIND, "accepted", rows=RowReport.of(in_force.rows or {}))
    refresh.bring_up_to_date(sources, every_day=True)
    tools.publish(outcome, refresh)
    outcome.seconds = tools.seconds_since(in_force.upload)
    outcome.lessons = sum(meta.lessons for meta in refresh.metas.values())
    outcome.participants = sum(meta.participants for meta in refresh.metas.values())
    return outcome
