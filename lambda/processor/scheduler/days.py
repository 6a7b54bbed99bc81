"""What a day must become: the pure half of changing it.

A day is a function of what the export says of it, its roster, the profiles and the time. Planning compares that with what is stored, so
only what differs is written, and doing it again after a crash ends the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from scheduler.conflicts import PARTICIPANT_OVERLAP, Conflict, instructor_conflicts, next_due
from scheduler.counting import counted, marks_of
from scheduler.errors import FileRejectedError
from scheduler.instructors import Profile, assign
from scheduler.items import (
    CONFLICT_PREFIX,
    LESSON_PREFIX,
    ROSTER,
    Item,
    Meta,
    Source,
    assignments_of,
    conflict_item,
    digests_hash,
    is_roster,
    items_hash,
    lesson_item,
    lesson_of,
)
from scheduler.lessons import Lesson
from scheduler.schedule import Document, canonical, content_hash, digest, digest_of_bytes, form, published_lessons
from scheduler.times import Calendar, utc

MAX_ITEM_BYTES = 400_000
"""DynamoDB's limit for an item; the JSON of an item is always longer than what DynamoDB counts."""

NOTHING = digests_hash(())
"""The hash of a day of which an export says nothing."""


@dataclass(slots=True)
class StoredDay:
    """A day as the table has it.

    Attributes:
        date: ``YYYY-MM-DD``.
        meta: Its META; None where the day was never written.
        items: Its other items by sort key.
        kept: What exports say of it, by sort key (see :mod:`scheduler.kept`). They come and go with exports; META knows nothing of them.
        is_torn: Whether the items are not those that META speaks of, and no other run is about to mend that.
    """

    date: str
    meta: Meta | None = None
    items: dict[str, Item] = field(default_factory=dict)
    kept: dict[str, Item] = field(default_factory=dict)
    is_torn: bool = False

    @property
    def roster(self) -> Item | None:
        """The roster in force, if it can be read."""
        item = self.items.get(ROSTER)
        return item if item and is_roster(item) else None

    def is_whole(self) -> bool:
        """Whether the items are those that META speaks of, and not half of another run's write."""
        return items_hash(self.items.values()) == (self.meta.state_hash if self.meta else items_hash(()))

    def of_kind(self, prefix: str) -> list[Item]:
        """The items whose sort key begins with a prefix."""
        return [item for key, item in self.items.items() if key.startswith(prefix)]


@dataclass(slots=True)
class ExportDay:
    """A day as an export says it: its lessons, and the overlaps of participants, which only an export can tell."""

    lessons: list[Lesson] = field(default_factory=list)
    overlaps: set[Conflict] = field(default_factory=set)

    def items(self, date: str, calendar: Calendar) -> list[Item]:
        """The day's items.

        Raises:
            FileRejectedError: A lesson has so many participants that it cannot be stored.
        """
        expires_at = calendar.expires_at(date)
        items = [lesson_item(lesson, expires_at) for lesson in self.lessons]
        items.extend(conflict_item(date, conflict, expires_at) for conflict in self.overlaps)
        return items


def export_hash(items: Iterable[Item]) -> str:
    """The hash of what an export says of a day, given as items.

    Raises:
        FileRejectedError: A lesson is too large to be stored.
    """
    digests = []
    for item in items:
        content = canonical(item)
        if len(content) > MAX_ITEM_BYTES:
            raise FileRejectedError("lesson_too_large", f"The lesson that starts at {item['starts_at']} is too large to be stored.")
        digests.append(digest_of_bytes(content))
    return digests_hash(digests)


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles in force: a hash of all, and those that are needed, by instructor id."""

    content: str = ""
    known: Mapping[str, Profile] = field(default_factory=dict)


def needs_work(meta: Meta | None, wanted_export: str | None, profiles: str, published: int, now: datetime, form: str = "") -> bool:
    """Whether a day differs from what it must be, as far as its META can tell.

    Args:
        meta: The day's META; None where it was never written.
        wanted_export: The :func:`export_hash` of the export in force; None where a run does not know the export.
        profiles: The hash of the profiles in force.
        published: The revision in the index; 0 where the day is not in it.
        now: The time of the run.
        form: The :func:`scheduler.schedule.form` of what is written now.
    """
    if meta is None:
        return published > 0 or wanted_export not in (None, NOTHING)
    return (
        (wanted_export is not None and (meta.export_hash != wanted_export or meta.form != form))
        or (meta.has_roster and meta.profiles_hash != profiles)
        or bool(meta.conflicts_due_at and meta.conflicts_due_at <= utc(now))
        or published > meta.revision
    )


def are_lessons_unknown(stored: StoredDay, published: int) -> bool:
    """Whether the table cannot tell the lessons of a day: it is half written, torn, or lost though it is published."""
    if stored.meta is None:
        return stored.is_torn or published > 0
    return stored.is_torn or stored.meta.is_half_written


def is_behind(date: str, meta: Meta | None, orders: Source) -> bool:
    """Whether a day is not what the export in force says: the run that put it in force has not come to the day, or to its end."""
    said = orders.hashes.get(date, NOTHING)
    if meta is None:
        return said != NOTHING
    return meta.is_half_written or (orders.kept is not None and meta.export_hash != said)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write so that a day becomes what it must be.

    Attributes:
        before: The META the plan is based on; it must still be that when the plan is written.
        after: The META to write.
        puts: Items to put.
        deletes: Sort keys to delete.
        digests: The digests of the day's items as stored before, by sort key.
        lessons: What the day's document says after it; None where that is not known, and the document stays.
    """

    before: Meta | None
    after: Meta
    puts: list[Item]
    deletes: list[str]
    digests: dict[str, str]
    lessons: list[Document] | None

    @property
    def date(self) -> str:
        """The day."""
        return self.after.date

    @property
    def makes_a_document(self) -> bool:
        """Whether the day's document has a new revision."""
        return self.lessons is not None and self.after.revision != (self.before.revision if self.before else 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        writes_items = self.puts or self.deletes
        return not writes_items and (self.before == self.after or (self.before is None and not self.after.revision))


def plan_day(
    stored: StoredDay,
    profiles: Profiles,
    calendar: Calendar,
    *,
    export: ExportDay | None = None,
    roster: Item | None = None,
    published: int = 0,
    time_zone: str = "",
    kept_form: str = "",
    by: str = "",
) -> Plan:
    """Plan what a day must become.

    Args:
        stored: The day as the table has it.
        profiles: The profiles in force, those of the day's roster among them.
        calendar: The time of the run.
        export: What the export in force says of the day; None to leave that as it is.
        roster: A new roster; None to leave the one in force.
        published: The revision that is published: a new revision is always above it, even if the table was restored from a backup.
        time_zone: Of the local times of what is given of the export, or of what is stored; empty where the export is read now, in the
            calendar's.
        kept_form: The :func:`scheduler.schedule.form` of the program that read what is given of the export, where that is kept; empty where
            it is read now, and of an older program.
        by: The upload whose run it is, as its :func:`scheduler.records.upload_sk`.
    """
    date, before, expires_at = stored.date, stored.meta, calendar.expires_at(stored.date)
    if export is None and are_lessons_unknown(stored, published):
        return _plan_roster_alone(stored, roster, expires_at)

    said = export.items(date, calendar) if export else _expiring(stored.of_kind(LESSON_PREFIX) + _overlap_items(stored), expires_at)
    in_force = roster or stored.roster
    lessons = export.lessons if export else [lesson_of(item) for item in stored.of_kind(LESSON_PREFIX)]
    assigned = {lesson: who for lesson, who in assign(lessons, assignments_of(in_force)).items() if who in profiles.known}
    conflicts = instructor_conflicts(lessons, assigned, profiles.known, calendar.now)
    wanted = {item["SK"]: item for item in (*said, *(conflict_item(date, conflict, expires_at) for conflict in conflicts))}
    if in_force:
        # However long days were kept when it came: all of a day goes at once.
        wanted[ROSTER] = {**in_force, "expires_at": expires_at}

    shown = published_lessons(lessons, assigned, profiles.known)
    is_read_now = export is not None and not time_zone
    time_zone = time_zone or calendar.zone.key
    hashed = content_hash(time_zone, shown)
    revision = max(0, before.revision) if before else 0
    if (shown or revision or published) and (hashed != (before.content_hash if before else "") or published > revision):
        revision = max(revision, published) + 1
    changed = revision != (before.revision if before else 0)
    digests = {key: digest(item) for key, item in wanted.items()}
    after = Meta(
        date=date,
        revision=revision,
        content_hash=hashed if revision else "",
        generated_at=utc(calendar.now) if changed or before is None else before.generated_at,
        lessons=len(lessons),
        participants=sum(len(lesson.participants) for lesson in lessons),
        conflicts=sum(key.startswith(CONFLICT_PREFIX) for key in wanted),
        conflicts_due_at=next_due(lessons, assigned, calendar.now),
        export_hash=digests_hash(digests[item["SK"]] for item in said),
        profiles_hash=profiles.content if in_force else "",
        has_roster=in_force is not None,
        form=form(calendar.zone.key) if is_read_now else kept_form or (before.form if before else ""),
        time_zone=time_zone,
        state_hash=digests_hash(digests.values()),
        expires_at=expires_at,
        taught=marks_of(profiles.known[who] for who in set(assigned.values())),
    )
    after = counted(before, stored.items, after, wanted, assigned, by)
    return _plan(stored, after, wanted, shown)


def _plan(stored: StoredDay, after: Meta, wanted: dict[str, Item], shown: list[Document] | None) -> Plan:
    return Plan(
        before=stored.meta,
        after=after,
        # What was read of a torn day may be half of something.
        puts=[item for key, item in wanted.items() if stored.is_torn or stored.items.get(key) != item],
        deletes=[key for key in stored.items if key not in wanted],
        digests={key: digest(item) for key, item in stored.items.items()},
        lessons=shown,
    )


def _plan_roster_alone(stored: StoredDay, roster: Item | None, expires_at: int) -> Plan:
    """Take in a roster where only the export can tell the lessons: the day stays half written until a run has read the export."""
    before = stored.meta or Meta(stored.date, expires_at=expires_at)
    if roster is None:
        return Plan(stored.meta, before, [], [], {}, None)
    wanted = {**stored.items, ROSTER: roster}
    after = replace(before, export_hash="", has_roster=True, state_hash=items_hash(wanted.values()))
    return _plan(stored, after, wanted, None)


def _expiring(items: Iterable[Item], expires_at: int) -> list[Item]:
    return [{**item, "expires_at": expires_at} for item in items]


def _overlap_items(stored: StoredDay) -> list[Item]:
    return [item for item in stored.of_kind(CONFLICT_PREFIX) if item["kind"] == PARTICIPANT_OVERLAP]
