"""What an export changes, as the office counts it: lessons, and people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Item = dict[str, Any]

_OF_A_LESSON = ("start", "end", "type", "level", "location", "participants")


class Changes(NamedTuple):
    """What is not as it was.

    Attributes:
        lessons: Lessons that are new, gone, or say something else.
        participants: Participants who are new, gone, or whose lesson says something else. One who moves to another lesson counts once.
    """

    lessons: int = 0
    participants: int = 0

    def and_also(self, other: "Changes") -> "Changes":
        """Both together."""
        return Changes(self.lessons + other.lessons, self.participants + other.participants)


NO_CHANGES = Changes()


def changes_between(before: Mapping[str, Item], after: Mapping[str, Item]) -> Changes:
    """Compare a day's lessons, given as the table's items by sort key."""
    changed = [key for key in before.keys() | after.keys() if _said(before.get(key)) != _said(after.get(key))]
    left, came = (Counter(_people(items[key] for key in changed if key in items)) for items in (before, after))
    return Changes(len(changed), max((left - came).total(), (came - left).total()))


def _said(lesson: Item | None) -> list[Any] | None:
    return [lesson[name] for name in _OF_A_LESSON] if lesson else None


def _people(lessons: Iterable[Item]) -> list[tuple[str, ...]]:
    return [
        (lesson["start"], lesson["end"], lesson["type"], lesson["level"], lesson["location"], person["name"] or "", person["sponsor"])
        for lesson in lessons
        for person in lesson["participants"]
    ]
