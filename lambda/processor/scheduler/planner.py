"""From the files in force to what each day must become: how much of a day is read, and what is planned for it."""

from collections.abc import Iterable

from scheduler.days import ExportDay, Plan, Profiles, StoredDay, are_lessons_unknown, is_behind, needs_work, plan_day
from scheduler.export import Export
from scheduler.instructors import Profile
from scheduler.items import ORDERS_SOURCE, PROFILES_SOURCE, Item, Meta, assignments_of, upload_of
from scheduler.kept import said_of
from scheduler.schedule import form
from scheduler.shown import Shown
from scheduler.store import Guard, Sources, Store
from scheduler.times import Calendar


class Planner:
    """Plans the days of a run.

    Args:
        store: The table.
        calendar: The time of the run.
        shown: The documents.
        sources: The files in force.
        export: The export in force, where the run has read it. Where it has not, a day that cannot do without is planned from what the
            table keeps of it.
        roster: A new roster for its day; a newer one in the table stays.
        by: The upload whose run it is, as its :func:`scheduler.records.upload_sk`; empty at night.
        first_named: Dates that the export is the first to name.
        every_day: Look into each day, whether its META asks for that or not, and plan those that an earlier run did not come to.

    Attributes:
        export: As given.
        sources: The files in force, by which days are planned.
        unkept: Dates of which the table has not all, nor what the export in force says of them.
        lost: Dates of which the table has lost who teaches: the roster, or which profiles are in force.
    """

    def __init__(
        self,
        store: Store,
        calendar: Calendar,
        shown: Shown,
        sources: Sources,
        export: Export | None,
        roster: Item | None,
        by: str,
        first_named: Iterable[str],
        every_day: bool,
    ) -> None:
        self._store = store
        self._calendar = calendar
        self._shown = shown
        self.export = export
        self._roster = roster
        self._roster_date = str(roster["PK"]).removeprefix("SCHEDULE#") if roster else None
        self._by = by
        self._first_named = frozenset(first_named)
        self._every_day = every_day
        self._profiles: dict[str, Profile] = {}
        self._kept: set[str] = set()
        self.sources = sources
        self.unkept: set[str] = set()
        self.lost: set[str] = set()

    def use(self, sources: Sources) -> None:
        """Go on with the files that are in force by now."""
        if sources.profiles != self.sources.profiles:
            self._profiles = {}
        self.sources = sources
        self.unkept = set()

    def dates(self, also: Iterable[str]) -> set[str]:
        """The days that a file in force, the index or the roster speaks of, and others, as far as they are kept."""
        orders = self.sources.orders
        dates = {*(orders.names if orders else ()), *self._shown.index.days, *also}
        return {date for date in dates if self._calendar.is_kept(date)} | ({self._roster_date} if self._roster_date else set())

    def never_written(self, dates: Iterable[str]) -> set[str]:
        """Those of some days without META that need not be read: nothing else tells of them, so there is nothing of them either.

        A META that is missing is not enough: it may have been lost, and have left items behind.
        """
        unheard_of = {date for date in dates if date in self._first_named and not self._shown.revision(date)}
        return unheard_of - self._store.dates_with_roster(unheard_of)

    def read(self, date: str, meta: Meta | None) -> StoredDay | None:
        """Read a day if there is work on it, as far as its META can tell; None where there is none."""
        profiles = self.sources.profiles.content if self.sources.profiles else ""
        wanted = self.export.hash(date) if self.export else None
        is_shown = meta is None or self._shown.is_in_place(meta)
        if (
            self._every_day
            or not is_shown
            or date == self._roster_date
            or needs_work(meta, wanted, profiles, self._shown.revision(date), self._calendar.now, form(self._calendar.zone.key))
        ):
            return self._store.day(date)
        return None

    def plan(self, stored: StoredDay) -> Plan | None:
        """Plan what a day must become; None where it stays as it is shown, until who teaches is told anew."""
        # What was found of it before another run changed it no longer holds.
        self.lost.discard(stored.date)
        roster = self._roster if stored.date == self._roster_date else None
        if roster and stored.roster and upload_of(stored.roster).order > upload_of(roster).order:
            roster = None
        if self._has_lost_instructors(stored, roster):
            self.lost.add(stored.date)
            orders = self.sources.orders
            if not (orders and is_behind(stored.date, stored.meta, orders)):
                return None
        said = self._said(stored)
        time_zone, kept_form = self._read_in(stored, is_said=said is not None)
        return plan_day(
            stored,
            self._profiles_for(roster or stored.roster),
            self._calendar,
            export=said,
            roster=roster,
            published=self._shown.revision(stored.date),
            time_zone=time_zone,
            kept_form=kept_form,
            by=self._by,
        )

    def guards(self, plans: Iterable[Plan]) -> list[Guard]:
        """The files by which days were planned, and which must still be in force when that is written."""
        guards = [Guard(PROFILES_SOURCE, self.sources.profiles)]
        if self.export or any(plan.date in self._kept for plan in plans):
            guards.append(Guard(ORDERS_SOURCE, self.sources.orders))
        return guards

    def _has_lost_instructors(self, stored: StoredDay, roster: Item | None) -> bool:
        """Whether a day showed who teaches by what is no longer there, and not by what came instead."""
        meta = stored.meta
        if meta is None:
            return False
        return (meta.has_roster and not (roster or stored.roster)) or (bool(meta.profiles_hash) and self.sources.profiles is None)

    def _said(self, stored: StoredDay) -> ExportDay | None:
        """What the export in force says of a day, if it is at hand or the day cannot do without."""
        if self.export:
            return self.export.day(stored.date)
        orders = self.sources.orders
        is_lost = (stored.is_torn or stored.meta is None) and are_lessons_unknown(stored, self._shown.revision(stored.date))
        if orders is None and is_lost:
            self.unkept.add(stored.date)
        if orders is None or not (is_lost or (self._every_day and is_behind(stored.date, stored.meta, orders))):
            return None
        said = said_of(stored, orders)
        (self.unkept if said is None else self._kept).add(stored.date)
        return said

    def _read_in(self, stored: StoredDay, *, is_said: bool) -> tuple[str, str]:
        """The zone of a day's local times, and the form of what is kept of the export; both empty where one is read now."""
        orders = self.sources.orders
        if self.export:
            return "", ""
        if is_said and orders:
            return orders.time_zone or self._calendar.zone.key, orders.form
        return stored.meta.time_zone if stored.meta else "", ""

    def _profiles_for(self, roster: Item | None) -> Profiles:
        """The profiles that a roster needs, read once in a run."""
        source = self.sources.profiles
        known = set(source.names) if source else set()
        wanted = {assignment.instructor_id for assignment in assignments_of(roster)} & known
        if missing := wanted - self._profiles.keys():
            unfinished = self.sources.unfinished
            self._profiles.update(unfinished.profiles if unfinished else self._store.profiles(missing))
        content = source.content if source else ""
        return Profiles(content, {identity: self._profiles[identity] for identity in wanted if identity in self._profiles})
