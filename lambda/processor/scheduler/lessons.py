"""From trusted rows to lessons: who is taught together, and under which lasting id."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from scheduler.orders import Row
from scheduler.privacy import public_names
from scheduler.times import Moment

KNOWN_TYPES = {"privát": "private", "malá skupina": "small-group", "velká skupina": "large-group"}
"""The school's words for a lesson's type, and what is published for them."""

_PRIVATE = "privát"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person or a booked place as the screen shows it; ``name`` is None while it is not known."""

    name: str | None
    sponsor: str
    language: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as an export says it, with nothing in it that may not be shown but the booking ids.

    Attributes:
        id: Stays the same from upload to upload.
        start: With the lesson's date.
        end: The latest end of its rows.
        type: ``private``, ``small-group``, ``large-group``, or an unknown type as it was written.
        level: The school's own word.
        location: The school's own word.
        participants: Sorted by sponsor, then name, those without a name last.
        booking_ids: Sorted, small letters; they find the lesson's instructor and are never published.
    """

    id: str
    start: Moment
    end: Moment
    type: str
    level: str
    location: str
    participants: tuple[Participant, ...]
    booking_ids: tuple[str, ...]


def group_rows(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Put the rows of one lesson together.

    A private lesson is an order's start; a group lesson is everybody of the same start, level, type and location; a lesson of an unknown
    type is an order's start too, so that strangers are never merged.

    Returns:
        The rows by lesson id, both in the order of the file.
    """
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        key: Key
        if row.type == _PRIVATE:
            key = ("private", str(row.order_id), row.start.instant)
        elif row.type in KNOWN_TYPES:
            key = ("group", row.start.instant, row.level, row.type, row.location)
        else:
            key = ("unknown", str(row.order_id), row.start.instant, row.type)
        group = groups.get(key)
        if group is None:
            groups[key] = [row]
        else:
            group.append(row)
    return {lesson_id(key): group for key, group in groups.items()}


def lesson_id(key: Key) -> str:
    """A short hash of a grouping key, the same in every process. No part of a key holds a tab, so no two keys are joined alike."""
    return blake2b("\t".join(key).encode(), digest_size=6).hexdigest()


def make_lesson(identity: str, rows: list[Row]) -> Lesson:
    """Make the lesson of one group of rows.

    Args:
        identity: The lesson's id.
        rows: Its rows in the order of the file, at least one.
    """
    first = rows[0]
    return Lesson(
        identity,
        first.start,
        max(row.end for row in rows),
        KNOWN_TYPES.get(first.type, first.type),
        first.level,
        first.location,
        _participants(rows),
        tuple(sorted({row.booking_id.lower() for row in rows if row.booking_id})),
    )


def unknown_types(rows: Iterable[Row]) -> int:
    """Count the rows whose lesson type is none of the known ones."""
    return sum(row.type not in KNOWN_TYPES for row in rows)


def _participants(rows: list[Row]) -> tuple[Participant, ...]:
    people = _people(rows)
    shown = public_names([(row.name, row.sponsor) for row in people])
    participants = [Participant(name.name, name.sponsor, row.language) for name, row in zip(shown, people, strict=True)]
    participants.sort(key=lambda person: (person.sponsor, person.name is None, person.name or "", person.language))
    return tuple(participants)


def _people(rows: list[Row]) -> list[Row]:
    """The first row of each person: a pair of names is one person unless ages differ; a place without a name counts each time."""
    if len(rows) == 1:
        return rows
    ages: dict[tuple[str, str], set[str]] = {}
    people = []
    for row in rows:
        if not row.name:
            people.append(row)
            continue
        known = ages.get((row.name, row.sponsor))
        if known is None:
            ages[row.name, row.sponsor] = {row.age} if row.age else set()
            people.append(row)
        elif row.age and row.age not in known:
            if known:
                people.append(row)
            known.add(row.age)
    return people
