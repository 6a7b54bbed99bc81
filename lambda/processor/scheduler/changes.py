"""What an upload changes, as the office counts it: lessons, people, and days."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Item = dict[str, Any]

_OF_A_LESSON = ("start", "end", "type", "level", "location")


class Changes(NamedTuple):
    """What is not as it was.

    Attributes:
        lessons: Lessons that are new, gone, or say something else; who teaches them is said, too.
        participants: Participants who are new, gone, or whose lesson says something else. One who moves to another lesson counts once.
        days: Days of which a new document was made.
    """

    lessons: int = 0
    participants: int = 0
    days: int = 0

    def at_least(self, lessons: int, participants: int) -> "Changes":
        """Or more, where an earlier try of the same upload found more to change."""
        return self._replace(lessons=max(self.lessons, lessons), participants=max(self.participants, participants))


NO_CHANGES = Changes()


class SaidDay(NamedTuple):
    """What a day says: its lessons as the table's items, by sort key, and by lesson id a mark of who teaches."""

    lessons: Mapping[str, Item]
    taught: Mapping[str, str]


def changes_between(before: SaidDay, after: SaidDay) -> Changes:
    """Compare a day with what it was; an item that was torn is one that says something else."""
    keys = before.lessons.keys() | after.lessons.keys()
    changed = [key for key in keys if _said(before, key) != _said(after, key)]
    left, came = (Counter(_people(day, changed)) for day in (before, after))
    return Changes(len(changed), max((left - came).total(), (came - left).total()))


def _said(day: SaidDay, key: str) -> list[Any] | None:
    lesson = day.lessons.get(key)
    return None if lesson is None else [*_of(lesson), lesson.get("participants"), day.taught.get(str(lesson.get("id")))]


def _people(day: SaidDay, keys: Iterable[str]) -> list[str]:
    """Each person with what their lesson says; texts, as what was torn may be anything."""
    lessons = [day.lessons[key] for key in keys if key in day.lessons]
    return [
        repr((*_of(lesson), day.taught.get(str(lesson.get("id"))), person.get("name"), person.get("sponsor")))
        for lesson in lessons
        for person in _listed(lesson.get("participants"))
    ]


def _listed(participants: object) -> list[Item]:
    return [person for person in participants if isinstance(person, dict)] if isinstance(participants, list) else []


def _of(lesson: Item) -> tuple[Any, ...]:
    return tuple(lesson.get(name) for name in _OF_A_LESSON)
