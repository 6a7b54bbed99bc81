"""What an office should know of before a day begins: people and instructors in two places at once, and lessons not well served."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from scheduler.instructors import Profile
from scheduler.lessons import Lesson
from scheduler.orders import Row
from scheduler.times import Moment, parse_instant, utc

PARTICIPANT_OVERLAP = "participant_overlap"
INSTRUCTOR_OVERLAP = "instructor_overlap"
LANGUAGE = "language"
UNASSIGNED = "unassigned"

WARNING_TIME = timedelta(hours=24)
"""How long before its start a lesson should have an instructor."""

_Span = tuple[Moment, Moment, str]
"""A lesson's start, end and id."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something to mend on a day.

    Attributes:
        kind: One of the kinds above.
        lesson_ids: The lessons concerned, in the order of their start.
        instructor_id: The instructor concerned, if any. Participants are never named.
    """

    kind: str
    lesson_ids: tuple[str, ...]
    instructor_id: str | None = None


def participant_overlaps(groups: Mapping[str, list[Row]]) -> dict[str, set[Conflict]]:
    """Find the participants who are in two lessons that overlap: the same name and sponsor, unless the ages differ.

    Args:
        groups: The rows of each lesson by its id: full names, so this is done while an export is read.

    Returns:
        The conflicts by date, each with the earlier lesson's day.
    """
    seen: dict[tuple[str, str], set[tuple[str, _Span]]] = {}
    for identity, rows in groups.items():
        span = (rows[0].start, max(row.end for row in rows), identity)
        for row in rows:
            if row.name:
                seen.setdefault((row.name, row.sponsor), set()).add((row.age, span))
    found: dict[str, set[Conflict]] = {}
    for namesakes in seen.values():
        if len(namesakes) > 1:
            for first, second in _overlaps_of(namesakes):
                found.setdefault(first[0].date, set()).add(Conflict(PARTICIPANT_OVERLAP, (first[2], second[2])))
    return found


def instructor_conflicts(
    lessons: Iterable[Lesson], assigned: Mapping[str, str], profiles: Mapping[str, Profile], now: datetime
) -> set[Conflict]:
    """Find what is wrong with a day's assignments.

    Args:
        lessons: The day's lessons.
        assigned: Instructor ids by lesson id.
        profiles: The profiles of at least the assigned instructors.
        now: From 24 hours before its start on, a lesson should have an instructor.
    """
    lessons = list(lessons)
    found = {Conflict(UNASSIGNED, (lesson.id,)) for lesson in lessons if lesson.id not in assigned and now >= due(lesson)}
    taught = [lesson for lesson in lessons if lesson.id in assigned]
    for lesson in taught:
        spoken = profiles[assigned[lesson.id]].languages
        if spoken and not {person.language for person in lesson.participants} & set(spoken):
            found.add(Conflict(LANGUAGE, (lesson.id,), assigned[lesson.id]))
    for instructor_id, theirs in _by(lambda lesson: assigned[lesson.id], taught).items():
        for first, second in _overlaps([(lesson.start, lesson.end, lesson.id) for lesson in theirs]):
            found.add(Conflict(INSTRUCTOR_OVERLAP, (first[2], second[2]), instructor_id))
    return found


def next_due(lessons: Iterable[Lesson], assigned: Mapping[str, str], now: datetime) -> str:
    """When the next lesson of a day will lack an instructor too closely to its start; empty when none will."""
    later = (due(lesson) for lesson in lessons if lesson.id not in assigned)
    return min((utc(moment) for moment in later if moment > now), default="")


def due(lesson: Lesson) -> datetime:
    """By when a lesson should have an instructor."""
    return parse_instant(lesson.start.instant) - WARNING_TIME


def _overlaps_of(namesakes: set[tuple[str, _Span]]) -> Iterator[tuple[_Span, _Span]]:
    """Pair the lessons of people who differ in nothing but their age; where it is not told, a lesson may be anyone's of them."""
    by_age = _by(lambda lesson: lesson[0], namesakes)
    for lessons in by_age.values():
        yield from _overlaps(span for _, span in lessons)
    if "" in by_age and len(by_age) > 1:
        anyones = {span for _, span in by_age[""]}
        yield from (pair for pair in _overlaps({span for _, span in namesakes}) if not anyones.isdisjoint(pair))


def _overlaps(spans: Iterable[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Pair each lesson with the one that still runs when it starts, if any: every lesson in trouble is in a pair, and pairs stay few."""
    running: _Span | None = None
    for span in sorted(spans):
        if running and span[0] < running[1]:
            yield running, span
        if running is None or span[1] > running[1]:
            running = span


_Element = TypeVar("_Element")
_Group = TypeVar("_Group", bound=Hashable)


def _by(key: Callable[[_Element], _Group], elements: Iterable[_Element]) -> dict[_Group, list[_Element]]:
    groups: dict[_Group, list[_Element]] = {}
    for element in elements:
        groups.setdefault(key(element), []).append(element)
    return groups
