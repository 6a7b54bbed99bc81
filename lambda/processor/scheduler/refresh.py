"""Bringing days up to date and publishing them: what every accepted upload ends with, whatever its kind."""

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from scheduler.days import Plan, Profiles, StoredDay, needs_work, plan_day
from scheduler.errors import ContentionError, LockLostError
from scheduler.export import Export
from scheduler.instructors import Profile, assign
from scheduler.items import LESSON_PREFIX, ORDERS_SOURCE, PROFILES_SOURCE, Item, Meta, assignments_of, lesson_of, upload_of
from scheduler.publisher import Index, Publisher
from scheduler.schedule import Document, content_hash, day_document, index_day, index_document, published_lessons
from scheduler.store import ATTEMPTS, ROOM, Guard, Sources, Store, pause
from scheduler.times import Calendar, parse_instant, utc
from scheduler.transactions import Work, packed

PUTS_AT_A_TIME = 8
"""Documents are published while the next days are written."""

LONGEST_RUN = timedelta(minutes=15)
"""Lambda ends every function after that time."""


class Refresh:
    """One run's work on the days.

    The order of things makes it safe against crashes and other runs: a file is put in force first; days are written only while it still
    is; a day's document is published after the day is written; the index comes last and lists only what is in place.

    Args:
        store: The table.
        publisher: The documents.
        calendar: The time of the run.
        clock: Tells the time when the index is written.
        wait: Called with the number of an attempt before it is made again.

    Attributes:
        metas: The METAs of the days that were looked at, as far as is known.
        changed: Dates of which a new document was made.
        items_written: Table items put or deleted.
    """

    def __init__(
        self, store: Store, publisher: Publisher, calendar: Calendar, clock: Callable[[], datetime], wait: Callable[[int], None] = pause
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._calendar = calendar
        self._clock = clock
        self._wait = wait
        self._index: Index = publisher.index()
        self._sources = Sources(None, None)
        self._profiles: dict[str, Profile] = {}
        self._in_place: dict[str, int] = {}
        self.metas: dict[str, Meta] = {}
        self.changed: set[str] = set()
        self.items_written = 0

    def bring_up_to_date(self, sources: Sources, export: Export | None = None, roster: Item | None = None) -> None:
        """Write every day that differs from what it must be.

        Args:
            sources: The files in force.
            export: The export in force, where the run has read it.
            roster: A new roster for its day; a newer one in the table stays.

        Raises:
            LockLostError: The export is no longer in force: the run that put the newer one in force does the work.
            ContentionError: Other runs kept changing the days.
        """
        self._use(sources)
        dates = {date for date in (*self._names(), *(self._index.days if export else ())) if self._calendar.is_kept(date)}
        if roster:
            dates.add(_date_of(roster))
        for attempt in range(ATTEMPTS):
            found = self._store.metas(dates)
            self.metas.update(found)
            dates = self._write(sorted(dates), found, export, roster)
            if not dates:
                return
            self._wait(attempt)
            latest = self._store.sources()
            if export and latest.orders != sources.orders:
                raise LockLostError(frozenset({ORDERS_SOURCE}))
            self._use(latest)
        raise ContentionError("Other runs kept changing the same days.")

    def publish(self) -> None:
        """Publish what is not in place yet, remove what is past, and write the index.

        Raises:
            ContentionError: Other runs kept writing the index.
        """
        for attempt in range(ATTEMPTS):
            self._calendar = self._calendar.at(self._clock())
            if attempt:
                self._wait(attempt)
                self._index = self._publisher.index()
                self._use(self._store.sources())
                self.metas = self._store.metas(date for date in self._names() if self._calendar.is_published(date))
            entries = [entry for date in sorted(self.metas) if (entry := self._entry(self.metas[date]))]
            for date in self._past():
                self._publisher.delete_day(date)
            orders = self._sources.orders.upload if self._sources.orders else None
            shown = {"key": orders.key, "uploaded_at": utc(orders.uploaded)} if orders else None
            document = index_document(utc(self._calendar.now), self._calendar.zone.key, shown, entries)
            if self._publisher.put_index(document, self._index):
                return
        raise ContentionError("Other runs kept writing the index.")

    def has_left(self, date: str) -> bool:
        """Whether a day's document is surely gone: it was already past when the index was written, by longer than any run lasts."""
        if date in self._index.days or not self._index.generated_at:
            return False
        return not self._calendar.at(parse_instant(self._index.generated_at) - LONGEST_RUN).is_published(date)

    @property
    def conflicts(self) -> int:
        """How many conflicts are stored with the days that are published."""
        return sum(meta.conflicts for date, meta in self.metas.items() if self._calendar.is_published(date))

    def _use(self, sources: Sources) -> None:
        if sources.profiles != self._sources.profiles:
            self._profiles = {}
        self._sources = sources

    def _names(self) -> Collection[str]:
        return self._sources.orders.names if self._sources.orders else ()

    def _write(self, dates: Iterable[str], found: dict[str, Meta], export: Export | None, roster: Item | None) -> set[str]:
        """Write what differs; the answer is the dates that other runs changed meanwhile, and that must be looked at again."""
        guards = [Guard(PROFILES_SOURCE, self._sources.profiles)]
        if export:
            guards.append(Guard(ORDERS_SOURCE, self._sources.orders))
        lost: set[str] = set()
        puts: list[Future[None]] = []
        with ThreadPoolExecutor(PUTS_AT_A_TIME) as pool:
            for work in packed(self._plans(dates, found, export, roster), ROOM):
                try:
                    self._store.write(work, guards)
                except LockLostError as error:
                    if ORDERS_SOURCE in error.what:
                        raise
                    lost.update(plan.date for plan in work.plans)
                else:
                    puts.extend(pool.submit(self._put, meta, lessons) for meta, lessons in self._written(work))
        for put in puts:
            put.result()
        return lost

    def _plans(self, dates: Iterable[str], found: dict[str, Meta], export: Export | None, roster: Item | None) -> Iterator[Plan]:
        for date in dates:
            new_roster = roster if roster and _date_of(roster) == date else None
            meta, published = found.get(date), self._index.revision(date)
            wanted = export.hash(date) if export else None
            if not new_roster and not needs_work(meta, wanted, self._content, published, self._calendar.now):
                continue
            stored = self._store.day(date) if meta else StoredDay(date)
            if new_roster and stored.roster and upload_of(stored.roster).order > upload_of(new_roster).order:
                new_roster = None
            plan = plan_day(
                stored,
                self._profiles_for(new_roster or stored.roster),
                self._calendar,
                export=export.day(date) if export else None,
                roster=new_roster,
                published=published,
            )
            if not plan.is_empty:
                yield plan

    def _written(self, work: Work) -> list[tuple[Meta, list[Document]]]:
        """Take note of what was written; the answer is the documents to publish."""
        self.items_written += work.items
        self.metas.update({plan.date: plan.after for plan in work.plans})
        changed = [(plan.after, plan.lessons) for plan in work.plans if plan.lessons is not None]
        self.changed.update(meta.date for meta, _ in changed)
        return [(meta, lessons) for meta, lessons in changed if self._calendar.is_published(meta.date)]

    @property
    def _content(self) -> str:
        return self._sources.profiles.content if self._sources.profiles else ""

    def _profiles_for(self, roster: Item | None) -> Profiles:
        """The profiles that a roster needs, read once in a run."""
        known = set(self._sources.profiles.names) if self._sources.profiles else set()
        wanted = {assignment.instructor_id for assignment in assignments_of(roster)} & known
        if missing := wanted - self._profiles.keys():
            self._profiles.update(self._store.profiles(missing))
        return Profiles(self._content, {identity: self._profiles[identity] for identity in wanted if identity in self._profiles})

    def _put(self, meta: Meta, lessons: list[Document]) -> None:
        self._publisher.put_day(day_document(meta.date, self._calendar.zone.key, meta.revision, meta.generated_at, lessons))
        self._in_place[meta.date] = meta.revision

    def _entry(self, meta: Meta) -> Document | None:
        """A day's entry in the index; None for a day that is not shown."""
        date = meta.date
        if not meta.revision or not self._calendar.is_published(date):
            return None
        if meta.revision not in (self._index.revision(date), self._in_place.get(date)):
            whole = self._publish_stored(date)
            if whole is None:
                return self._index.days.get(date)
            meta = whole
        return index_day(date, meta.revision, meta.lessons, meta.participants)

    def _publish_stored(self, date: str) -> Meta | None:
        """Publish a day whose run did not come to it; None where the day is half written, and its run will do it again."""
        stored = self._store.day(date)
        lessons = [lesson_of(item) for item in stored.of_kind(LESSON_PREFIX)]
        known = self._profiles_for(stored.roster).known
        assigned = {lesson: who for lesson, who in assign(lessons, assignments_of(stored.roster)).items() if who in known}
        shown = published_lessons(lessons, assigned, known)
        if stored.meta is None or content_hash(self._calendar.zone.key, shown) != stored.meta.content_hash:
            return None
        self._put(stored.meta, shown)
        return stored.meta

    def _past(self) -> list[str]:
        """Days that are no longer shown and whose documents may still be there."""
        dates = {*self._names(), *self._index.days}
        return sorted(date for date in dates if not self._calendar.is_published(date) and not self.has_left(date))


def _date_of(item: Item) -> str:
    return str(item["PK"]).removeprefix("SCHEDULE#")
