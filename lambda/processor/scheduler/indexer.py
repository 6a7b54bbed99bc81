"""The end of every run: the index, which lists what is in place, and the documents of the past, which leave."""

from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler.errors import ContentionError
from scheduler.items import Meta
from scheduler.publisher import Index, Publisher
from scheduler.refresh import Refresh
from scheduler.schedule import Document, index_day, index_document
from scheduler.store import ATTEMPTS, Sources, Store
from scheduler.times import Calendar, parse_instant, utc

LONGEST_RUN = timedelta(minutes=15)
"""Lambda ends every function after that time."""


class Indexer:
    """Writes the index after a run's work on the days.

    An entry is replaced only by one whose document is known to be in place, so whatever is half done, or lost from the table, is shown
    as it was.

    Args:
        store: The table.
        publisher: The documents.
        calendar: The time of the run.
        clock: Tells the time when the index is written: a run may last beyond midnight.
        wait: Called with the number of an attempt before it is made again.
    """

    def __init__(
        self, store: Store, publisher: Publisher, calendar: Calendar, clock: Callable[[], datetime], wait: Callable[[int], None]
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._calendar = calendar
        self._clock = clock
        self._wait = wait

    def publish(self, refresh: Refresh, *, keeps_time: bool = False) -> None:
        """Remove what is past, and write the index.

        Args:
            refresh: The work on the days.
            keeps_time: Whether an index stays as old as it was; one that would be the same is not written again then.

        Raises:
            ContentionError: Other runs kept writing the index.
        """
        index, sources, metas = refresh.shown.index, refresh.sources, refresh.metas
        for attempt in range(ATTEMPTS):
            calendar = self._calendar.at(self._clock())
            if attempt:
                self._wait(attempt)
                index = self._publisher.index()
                sources = self._store.sources()
                metas = self._store.metas(date for date in _known_dates(sources, index) if calendar.is_published(date))
            shown = [date for date in sorted(metas.keys() | index.days) if calendar.is_published(date)]
            entries = [entry for date in shown if (entry := _entry(date, metas.get(date), index, refresh.shown.in_place))]
            for date in sorted(_known_dates(sources, index)):
                if not calendar.is_published(date) and not has_left(date, index, calendar):
                    self._publisher.delete_day(date)
            if keeps_time and index.generated_at and entries == [index.days[date] for date in sorted(index.days)]:
                return
            generated_at = index.generated_at if keeps_time and index.generated_at else utc(calendar.now)
            if self._publisher.put_index(index_document(generated_at, calendar.zone.key, _orders(sources, index), entries), index):
                return
        raise ContentionError("Other runs kept writing the index.")


def has_left(date: str, index: Index, calendar: Calendar) -> bool:
    """Whether a day's document is surely gone: it was already past when the index was written, by longer than any run lasts."""
    if date in index.days or not index.generated_at:
        return False
    return not calendar.at(parse_instant(index.generated_at) - LONGEST_RUN).is_published(date)


def _known_dates(sources: Sources, index: Index) -> set[str]:
    return {*(sources.orders.names if sources.orders else ()), *index.days}


def _entry(date: str, meta: Meta | None, index: Index, in_place: dict[str, int]) -> Document | None:
    """A day's entry: of the table's revision where that is in place, or else the one there was.

    A day that is half written keeps the revision that it had before, and the counts of its document.
    """
    if meta and meta.revision and meta.revision in (index.revision(date), in_place.get(date)):
        return index_day(date, meta.revision, meta.lessons, meta.participants)
    return index.days.get(date)


def _orders(sources: Sources, index: Index) -> Document | None:
    """The export in force; where the table has lost it, the one whose days are shown."""
    if sources.orders is None:
        return index.orders
    upload = sources.orders.upload
    return {"key": upload.key, "uploaded_at": utc(upload.uploaded)}
