"""Bringing days up to date, in the table and as documents: what every accepted upload does, whatever its kind, and every night's run."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from scheduler.days import ExportDay, Plan, Profiles, StoredDay, are_lessons_unknown, is_behind, needs_work, plan_day
from scheduler.errors import ContentionError, DaysFailedError, LockLostError, UnfitDocumentError
from scheduler.export import Export
from scheduler.instructors import Profile
from scheduler.items import ORDERS_SOURCE, PROFILES_SOURCE, Item, Meta, Source, assignments_of, upload_of
from scheduler.kept import said_of
from scheduler.publisher import Index, Publisher
from scheduler.schedule import Document, day_document, form
from scheduler.store import ATTEMPTS, ROOM, Guard, Sources, Store
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
        publisher: The documents.
        calendar: The time of the run.
        wait: Called with the number of an attempt before it is made again.
        index: The index as it was before anything else was read, so that whatever is read later is at least as new.

    Attributes:
        index: As given.
        sources: The files in force.
        metas: The METAs of the days that were looked at, as far as is known.
        in_place: The revisions of documents that are known to be published, beside those in the index.
        changed: Dates of which a new document was made.
        torn: Dates of which the table has not all, nor what the export in force says of them: the next export mends them.
        refused: Dates of documents that every display would refuse, and why: only another program, or another export, mends them.
        failed: What stopped the work on a date, where a retry can mend it.
        items_written: Table items put or deleted.
    """

    def __init__(
        self,
        store: Store,
        publisher: Publisher,
        calendar: Calendar,
        wait: Callable[[int], None],
        index: Index,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._calendar = calendar
        self._wait = wait
        self._profiles: dict[str, Profile] = {}
        self._export: Export | None = None
        self._roster: Item | None = None
        self._every_day = False
        self._kept: set[str] = set()
        self._unkept: set[str] = set()
        self._taken: dict[str, int] = {}
        self.index = index
        self.sources = Sources(None, None)
        self.metas: dict[str, Meta] = {}
        self.in_place: dict[str, int] = {}
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
        every_day: bool = False,
        also: Iterable[str] = (),
    ) -> None:
        """Write and publish every day that differs from what it must be.

        Args:
            sources: The files in force.
            export: The export in force, where the run has read it. Where it has not, a day that cannot do without is written from what the
                table keeps of it.
            roster: A new roster for its day; a newer one in the table stays.
            every_day: Look into each day, whether its META asks for that or not, and write those that an earlier run did not come to.
            also: Dates to look at besides those that exports and the index know of.

        Raises:
            LockLostError: The export is no longer in force: the run that put the newer one in force does the work.
        """
        self._export, self._roster, self._every_day = export, roster, every_day
        self._use(sources)
        dates = {date for date in (*self._dates_of_orders(), *self.index.days, *also) if self._calendar.is_kept(date)}
        if roster:
            dates.add(_date_of(roster))
        for attempt in range(ATTEMPTS):
            self.metas.update(found := self._store.metas(dates))
            self._unkept = set()
            dates = self._write(sorted(dates, key=self._calendar.urgency), found)
            if not dates | self._unkept:
                return
            latest = self._store.sources()
            if export and not _is_same(latest.orders, sources.orders):
                raise LockLostError(frozenset({ORDERS_SOURCE}))
            if _is_same(latest.orders, self.sources.orders):
                self.torn |= self._unkept
            else:
                dates |= self._unkept
            if not dates:
                return
            self._wait(attempt)
            self._use(latest)
        self.failed.update(dict.fromkeys(dates, ContentionError("Other runs kept changing the day.")))

    def check(self) -> None:
        """Tell of the days that failed, after all else was done.

        Raises:
            DaysFailedError: There are some.
        """
        if self.failed:
            raise DaysFailedError(self.failed)

    @property
    def conflicts(self) -> int:
        """How many conflicts are stored with the days that are published."""
        return sum(meta.conflicts for date, meta in self.metas.items() if self._calendar.is_published(date))

    def _use(self, sources: Sources) -> None:
        if not _is_same(sources.profiles, self.sources.profiles):
            self._profiles = {}
        self.sources = sources

    def _dates_of_orders(self) -> Collection[str]:
        return self.sources.orders.names if self.sources.orders else ()

    def _write(self, dates: list[str], found: dict[str, Meta]) -> set[str]:
        """Write and publish what differs; the answer is the dates that have to be looked at again."""
        again: set[str] = set()
        puts: dict[str, Future[int]] = {}
        with ThreadPoolExecutor(CALLS_AT_A_TIME) as pool:
            for work in packed(self._plans(pool, dates, found, puts), ROOM):
                again |= self._commit(work)
                for plan in work.plans:
                    if plan.date not in again | self.failed.keys() and plan.lessons is not None and not self._is_listed(plan.after):
                        puts[plan.date] = pool.submit(self._put, plan.after, plan.lessons)
        for date, put in puts.items():
            with self._standing_alone(date):
                if taken := put.result():
                    self._taken[date] = max(taken, self.metas[date].revision + 1)
                    again.add(date)
                else:
                    self.in_place[date] = self.metas[date].revision
        return again

    def _plans(self, pool: Executor, dates: list[str], found: dict[str, Meta], puts: dict[str, Future[int]]) -> Iterator[Plan]:
        """Plan the days that differ; those of which only the document is missing are published at once."""
        for date, reading in _ahead(pool, lambda date: self._read(date, found.get(date)), dates):
            with self._standing_alone(date):
                stored = reading.result()
                plan = self._plan(stored) if stored else None
                if plan and not plan.is_empty:
                    yield plan
                elif plan and plan.lessons is not None and not self._is_listed(plan.after):
                    self.metas[date] = plan.after
                    puts[date] = pool.submit(self._put, plan.after, plan.lessons)

    def _read(self, date: str, meta: Meta | None) -> StoredDay | None:
        """Read a day if there is work on it, as far as its META can tell; None where there is none."""
        profiles = self.sources.profiles.content if self.sources.profiles else ""
        wanted = self._export.hash(date) if self._export else None
        is_shown = meta is None or self._is_in_place(meta)
        if (
            self._every_day
            or not is_shown
            or (self._roster and _date_of(self._roster) == date)
            or needs_work(meta, wanted, profiles, self._published(date), self._calendar.now, form(self._calendar.zone.key))
        ):
            return self._store.day(date)
        return None

    def _plan(self, stored: StoredDay) -> Plan:
        date = stored.date
        roster = self._roster if self._roster and _date_of(self._roster) == date else None
        if roster and stored.roster and upload_of(stored.roster).order > upload_of(roster).order:
            roster = None
        return plan_day(
            stored,
            self._profiles_for(roster or stored.roster),
            self._calendar,
            export=self._said(stored),
            roster=roster,
            published=self._published(date),
        )

    def _said(self, stored: StoredDay) -> ExportDay | None:
        """What the export in force says of a day, if it is at hand or the day cannot do without."""
        if self._export:
            return self._export.day(stored.date)
        orders = self.sources.orders
        cannot_do_without = (stored.is_torn or stored.meta is None) and are_lessons_unknown(stored, self._published(stored.date))
        if orders is None or not (cannot_do_without or (self._every_day and is_behind(stored.date, stored.meta, orders))):
            return None
        said = said_of(stored, orders)
        (self._unkept if said is None else self._kept).add(stored.date)
        return said

    def _profiles_for(self, roster: Item | None) -> Profiles:
        """The profiles that a roster needs, read once in a run."""
        source = self.sources.profiles
        known = set(source.names) if source else set()
        wanted = {assignment.instructor_id for assignment in assignments_of(roster)} & known
        if missing := wanted - self._profiles.keys():
            self._profiles.update(self._store.profiles(missing))
        content = source.content if source else ""
        return Profiles(content, {identity: self._profiles[identity] for identity in wanted if identity in self._profiles})

    def _commit(self, work: Work) -> set[str]:
        """Write plans; the answer is the dates that other runs changed meanwhile."""
        dates = {plan.date for plan in work.plans}
        guards = [Guard(PROFILES_SOURCE, self.sources.profiles)]
        if self._export or dates & self._kept:
            guards.append(Guard(ORDERS_SOURCE, self.sources.orders))
        try:
            self._store.write(work, guards)
        except LockLostError as error:
            if ORDERS_SOURCE in error.what and self._export:
                raise
            return dates
        except ClientError as error:
            if len(work.plans) > 1:
                return set().union(*(self._commit(alone) for plan in work.plans for alone in packed([plan], ROOM)))
            self.failed[work.plans[0].date] = error
        except ContentionError as error:
            self.failed.update(dict.fromkeys(dates, error))
        else:
            self.items_written += work.items
            self.metas.update({plan.date: plan.after for plan in work.plans})
            self.changed.update(plan.date for plan in work.plans if plan.makes_a_document)
        return set()

    def _put(self, meta: Meta, lessons: list[Document]) -> int:
        return self._publisher.put_day(day_document(meta.date, self._calendar.zone.key, meta.revision, meta.generated_at, lessons))

    def _published(self, date: str) -> int:
        """The revision that a day's next one has to be above, or may stay."""
        return max(self.index.revision(date), self._taken.get(date, 0))

    def _is_listed(self, meta: Meta) -> bool:
        """Whether a day's document need not be published, by what this run knows."""
        is_shown = meta.revision > 0 and self._calendar.is_published(meta.date)
        return not is_shown or meta.revision in (self.index.revision(meta.date), self.in_place.get(meta.date))

    def _is_in_place(self, meta: Meta) -> bool:
        """As :meth:`_is_listed`, after a look at the bucket: another run may have published it, and not have come to the index."""
        if not self._is_listed(meta) and self._publisher.is_in_place(meta.date, meta.revision, meta.content_hash):
            self.in_place[meta.date] = meta.revision
        return self._is_listed(meta)

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


def _date_of(item: Item) -> str:
    return str(item["PK"]).removeprefix("SCHEDULE#")
