"""What an order export does: it is read, put in force if it is the newest, and replaces all that an older one said."""

from scheduler.errors import LockLostError
from scheduler.export import read_export
from scheduler.items import ORDERS_SOURCE, Source
from scheduler.outcome import Outcome
from scheduler.store import Sources
from scheduler.tools import STALE, Tools, is_older
from scheduler.uploads import Upload

KIND = "orders"


def run_orders(tools: Tools, upload: Upload) -> Outcome:
    """Process an order export.

    Raises:
        FileRejectedError: It must not change the schedule.
        GoneError: It is not there any more.
        ContentionError: Other runs stayed ahead of this one.
    """
    calendar = tools.calendar()
    refresh = tools.refresh(calendar)
    sources = tools.store.sources()
    if is_older(upload, sources.orders):
        return Outcome(upload.key, KIND, "stale", STALE)
    with tools.inbox.open(upload, tools.settings.max_upload_bytes) as file:
        export, report = read_export(file, calendar)
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
        remembered = sources.orders.names if sources.orders else ()
        names = sorted({*export.days, *(date for date in remembered if calendar.is_kept(date) or not refresh.has_left(date))})
        source = Source(upload, tuple(names), rows=report.as_answer())
        try:
            if source != sources.orders:
                outcome.items_written += tools.store.put_in_force(ORDERS_SOURCE, source, sources.orders)
            refresh.bring_up_to_date(Sources(source, sources.profiles), export)
        except LockLostError:
            refresh = tools.refresh(calendar)
            sources = tools.store.sources()
            if is_older(upload, sources.orders):
                outcome.verdict, outcome.reason = "stale", STALE
                return outcome
        else:
            tools.publish(outcome, upload, refresh)
            return outcome
