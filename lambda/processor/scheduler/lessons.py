"""From trusted rows to lessons: who is taught together, and under which lasting id."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from scheduler.orders import Row
from scheduler.privacy import Minimiser
from scheduler.times import Moment

PRIVATE = "privát"
KNOWN_TYPES = {PRIVATE: "private", "malá skupina": "small-group", "velká skupina": "large-group"}
"""The school's words for a lesson's type, and what is published for them."""

Key = tuple[str, ...]


class Participant(NamedTuple):
    """A person or a booked place as the screen shows it."""

    name: str | None
    """None while it is not known."""
    sponsor: str
    language: str


class Lesson(NamedTuple):
    """A lesson as an export says it, with nothing in it that may not be shown but the booking ids."""

    id: str
    """Stays the same from upload to upload."""
    start: Moment
    """Its date is the lesson's."""
    end: Moment
    """The latest end of its rows."""
    type: str
    """``private``, ``small-group``, ``large-group``, or an unknown type as it was written."""
    level: str
    """The school's own word."""
    location: str
    """The school's own word."""
    participants: tuple[Participant, ...]
    """Sorted by sponsor, then name, those without a name last."""
    booking_ids: tuple[str, ...]
    """Sorted, in small letters; they find the lesson's instructor and are never published."""


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
        if row.type == PRIVATE:
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
    return _by_id(groups)


def _by_id(groups: Mapping[Key, list[Row]]) -> dict[str, list[Row]]:
    """No lesson is lost where two have the same hash, which happens once in some ten thousand of the largest seasons."""
    found: dict[str, list[Row]] = {}
    for key, group in groups.items():
        identity = lesson_id(key)
        while identity in found:
            identity = lesson_id((*key, identity))
        found[identity] = group
    return found


def lesson_id(key: Key) -> str:
    """A short hash of a grouping key, the same in every process. No part of a key holds a tab, so no two keys are joined alike."""
    return blake2b("\t".join(key).encode(), digest_size=6).hexdigest()


def make_lessons(groups: Mapping[str, list[Row]]) -> list[Lesson]:
    """Make the lessons of the groups that :func:`group_rows` gives, in their order."""
    minimiser = Minimiser()
    return [_make_lesson(identity, rows, minimiser) for identity, rows in groups.items()]


def _make_lesson(identity: str, rows: list[Row], minimiser: Minimiser) -> Lesson:
    first = rows[0]
    booking_ids = {row.booking_id.lower() for row in rows if row.booking_id}
    return Lesson(
        identity,
        first.start,
        first.end if len(rows) == 1 else max([row.end for row in rows]),
        KNOWN_TYPES.get(first.type, first.type),
        first.level,
        first.location,
        _participants(rows, minimiser),
        tuple(sorted(booking_ids)) if booking_ids else (),
    )


def unknown_types(rows: Iterable[Row]) -> int:
    """Count the rows whose lesson type is none of the known ones."""
    return sum(row.type not in KNOWN_TYPES for row in rows)


def _participants(rows: list[Row], minimiser: Minimiser) -> tuple[Participant, ...]:
    names = [(row.name, row.sponsor) for row in rows]
    people = rows
    if len(set(names)) < len(names):
        people = _people(rows)
        names = [(row.name, row.sponsor) for row in people]
    shown = minimiser.public_names(names)
    participants = [Participant(name, sponsor, row.language) for (name, sponsor), row in zip(shown, people, strict=True)]
    if len(participants) > 1:
        participants.sort(key=_place)
    return tuple(participants)


def _place(person: Participant) -> tuple[str, bool, str, str]:
    """Where a participant stands in a lesson."""
    return (person.sponsor, person.name is None, person.name or "", person.language)


def _people(rows: list[Row]) -> list[Row]:
    """The first row of each person: a pair of names is one person unless ages differ; a place without a name counts each time."""
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
