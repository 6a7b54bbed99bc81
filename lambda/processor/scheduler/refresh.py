"""Bringing days up to date, in the table and as documents: what every accepted upload does, whatever its kind, and every night's run."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from scheduler.changes import Changes
from scheduler.days import Plan, StoredDay
from scheduler.errors import ContentionError, LockLostError, UnfitDocumentError
from scheduler.export import Export
from scheduler.items import ORDERS_SOURCE, Item, Meta, Source
from scheduler.planner import Planner
from scheduler.shown import Shown
from scheduler.store import ATTEMPTS, ROOM, Sources, Store
from scheduler.times import Calendar
from scheduler.transactions import Work, packed

CALLS_AT_A_TIME = 8
"""Documents are published, and the next days read, while days are written."""


class Refresh:
    """One run's work on the days.

    The order of things makes it safe against crashes and other runs: a file is put in force first; days are written only while it still
    is; a day's document is published after the day is written; the index comes last (see :mod:`scheduler.indexer`).

    Each day stands for itself: one that cannot be read, planned, written or published is noted, and the others go on. Those that people
    are about to look at come first.

    Args:
        store: The table.
        shown: The documents.
        calendar: The time of the run.
        wait: Called with the number of an attempt before it is made again.
        by: The upload whose run it is, as its :func:`scheduler.records.upload_sk`; empty at night.

    Attributes:
        shown: As given.
        sources: The files in force.
        metas: The METAs of the days that were looked at, as far as is known.
        changed: Dates of which a new document was made.
        torn: Dates of which the table has not all: what the export in force says of them, or who teaches.
        refused: Dates of documents that every display would refuse, and why: only another program, or another export, mends them.
        failed: What stopped the work on a date, where a retry can mend it.
        items_written: Table items put or deleted.
    """

    def __init__(self, store: Store, shown: Shown, calendar: Calendar, wait: Callable[[int], None], by: str) -> None:
        self._store = store
        self._calendar = calendar
        self._wait = wait
        self._by = by
        self.shown = shown
        self.sources = Sources(None, None)
        self.metas: dict[str, Meta] = {}
        self.changed: set[str] = set()
        self.torn: set[str] = set()
        self.refused: dict[str, str] = {}
        self.failed: dict[str, Exception] = {}
        self.items_written = 0

    def bring_up_to_date(
        self,
        sources: Sources,
        export: Export | None = None,
        roster: Item | None = None,
        *,
        first_named: Iterable[str] = (),
        every_day: bool = False,
        also: Iterable[str] = (),
    ) -> None:
        """Write and publish every day that differs from what it must be.

        Args:
            sources: The files in force.
            export: As a :class:`Planner` takes it, like the three that follow.
            roster: A new roster for its day.
            first_named: Dates that the export is the first to name.
            every_day: Look into each day.
            also: Dates to look at besides those that exports and the index know of.

        Raises:
            LockLostError: The export is no longer in force: the run that put the newer one in force does the work.
        """
        planner = Planner(self._store, self._calendar, self.shown, sources, export, roster, self._by, first_named, every_day)
        self.sources = sources
        self._bring(planner, planner.dates(also))
        self.torn |= planner.lost

    def _bring(self, planner: Planner, dates: set[str]) -> None:
        for attempt in range(ATTEMPTS):
            dates = self._write(planner, dates)
            if not dates | planner.unkept:
                return
            latest = self._store.sources()
            if planner.export and not _is_same(latest.orders, planner.sources.orders):
                raise LockLostError(frozenset({ORDERS_SOURCE}))
            if _is_same(latest.orders, planner.sources.orders):
                self.torn |= planner.unkept
            else:
                dates |= planner.unkept
            if not dates:
                return
            self._wait(attempt)
            planner.use(latest)
            self.sources = latest
        self.failed.update(dict.fromkeys(dates, ContentionError("Other runs kept changing the day.")))

    @property
    def conflicts(self) -> int:
        """How many conflicts are stored with the days that are published."""
        return sum(meta.conflicts for date, meta in self.metas.items() if self._calendar.is_published(date))

    @property
    def changes(self) -> Changes:
        """What the upload has changed so far, in this run and in those before it that were stopped or of the same event."""
        theirs = [meta for meta in self.metas.values() if self._by and meta.changed_by == self._by]
        return Changes(sum(meta.lessons_changed for meta in theirs), sum(meta.participants_changed for meta in theirs), len(theirs))

    def _write(self, planner: Planner, dates: set[str]) -> set[str]:
        """Write and publish what differs; the answer is the dates that have to be looked at again."""
        again: set[str] = set()
        puts: dict[str, Future[bool]] = {}
        with ThreadPoolExecutor(CALLS_AT_A_TIME) as pool:
            for work in packed(self._changes(planner, pool, dates, puts), ROOM):
                again |= self._commit(planner, work)
                for plan in work.plans:
                    if plan.date not in again | self.failed.keys():
                        self._publish(pool, plan, puts)
        for date, put in puts.items():
            with self._standing_alone(date):
                if not put.result():
                    again.add(date)
        return again

    def _changes(self, planner: Planner, pool: Executor, dates: set[str], puts: dict[str, Future[bool]]) -> Iterator[Plan]:
        """Plan the days that differ; those of which only the document is missing are published at once."""
        self.metas.update(found := self._store.metas(dates))
        never_written = planner.never_written(dates - found.keys())

        def read(date: str) -> StoredDay | None:
            return StoredDay(date) if date in never_written else planner.read(date, found.get(date))

        for date, reading in _ahead(pool, read, sorted(dates, key=self._calendar.urgency)):
            with self._standing_alone(date):
                stored = reading.result()
                plan = planner.plan(stored) if stored else None
                if plan and not plan.is_empty:
                    yield plan
                elif plan:
                    self._publish(pool, plan, puts)

    def _commit(self, planner: Planner, work: Work) -> set[str]:
        """Write plans; the answer is the dates that other runs changed meanwhile."""
        dates = {plan.date for plan in work.plans}
        try:
            self._store.write(work, planner.guards(work.plans))
        except LockLostError as error:
            if ORDERS_SOURCE in error.what and planner.export:
                raise
            return dates
        except ClientError as error:
            if len(work.plans) > 1:
                return set().union(*(self._commit(planner, alone) for plan in work.plans for alone in packed([plan], ROOM)))
            self.failed[work.plans[0].date] = error
        except ContentionError as error:
            self.failed.update(dict.fromkeys(dates, error))
        else:
            self.items_written += work.items
            self.metas.update({plan.date: plan.after for plan in work.plans})
            self.changed.update(plan.date for plan in work.plans if plan.makes_a_document)
        return set()

    def _publish(self, pool: Executor, plan: Plan, puts: dict[str, Future[bool]]) -> None:
        """Begin to publish what was planned and written, where that is not in place yet."""
        if plan.lessons is not None and not self.shown.needs_none(plan.after):
            self.metas[plan.date] = plan.after
            puts[plan.date] = pool.submit(self.shown.put, plan.after, plan.lessons)

    @contextmanager
    def _standing_alone(self, date: str) -> Iterator[None]:
        """Note what goes wrong with a day; only AWS not answering at all ends the run."""
        try:
            yield
        except BotoCoreError:
            raise
        except UnfitDocumentError as error:
            self.refused[date] = error.why
        except Exception as error:
            self.failed[date] = error


def _ahead(pool: Executor, read: Callable[[str], StoredDay | None], dates: list[str]) -> Iterator[tuple[str, "Future[StoredDay | None]"]]:
    """Read days a few ahead of their use: not one by one, and never all at once."""
    waiting: deque[tuple[str, Future[StoredDay | None]]] = deque()
    for date in dates:
        waiting.append((date, pool.submit(read, date)))
        if len(waiting) > CALLS_AT_A_TIME:
            yield waiting.popleft()
    yield from waiting


def _is_same(one: Source | None, other: Source | None) -> bool:
    return one is other or (one is not None and one.is_same_file(other))
