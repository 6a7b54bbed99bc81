"""How much an upload has changed of a day, noted in the day's META: a retry, or the same event again, finds what the first try has done."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.changes import SaidDay, changes_between
from scheduler.instructors import Profile, assign
from scheduler.items import LESSON_PREFIX, ROSTER, Item, Meta, assignments_of, instructor_hash, is_roster, lesson_of
from scheduler.schedule import digest


def marks_of(instructors: Iterable[Profile]) -> dict[str, str]:
    """How documents show instructors, as a META notes it: hashes, by :func:`scheduler.items.instructor_hash`."""
    return {instructor_hash(who.id): digest([who.name, who.photo])[:8] for who in instructors}


def counted(
    before: Meta | None, items: Mapping[str, Item], after: Meta, wanted: Mapping[str, Item], assigned: Mapping[str, str], by: str
) -> Meta:
    """Note in a day's new META which upload made its document, and how much that changed.

    Args:
        before: The META that is stored.
        items: The items that are stored, by sort key.
        after: The new META.
        wanted: The items that go with it.
        assigned: Instructor ids by lesson id, of those.
        by: The upload, as its :func:`scheduler.records.upload_sk`.
    """
    if before and before.revision == after.revision:
        noted = (before.changed_by, before.lessons_changed, before.participants_changed)
    elif after.revision:
        # An older program noted no marks: as far as anybody knows, it showed the same people as they are shown now.
        marked = after if before and not before.time_zone else before
        was = SaidDay(_lessons(items), _taught(marked, _assigned(items)))
        changes = changes_between(was, SaidDay(_lessons(wanted), _taught(after, assigned)))
        if before and before.changed_by == by:
            changes = changes.at_least(before.lessons_changed, before.participants_changed)
        noted = (by, changes.lessons, changes.participants)
    else:
        return after
    return replace(after, changed_by=noted[0], lessons_changed=noted[1], participants_changed=noted[2])


def _lessons(items: Mapping[str, Item]) -> dict[str, Item]:
    return {key: item for key, item in items.items() if key.startswith(LESSON_PREFIX)}


def _assigned(items: Mapping[str, Item]) -> dict[str, str]:
    """Who was assigned to the lessons that are stored; nobody, where some of that was torn."""
    if ROSTER not in items or not is_roster(items[ROSTER]):
        return {}
    try:
        return assign([lesson_of(item) for item in _lessons(items).values()], assignments_of(items[ROSTER]))
    except (KeyError, TypeError):
        return {}


def _taught(meta: Meta | None, assigned: Mapping[str, str]) -> dict[str, str]:
    """A mark of who is shown to teach, by lesson id."""
    hashes = {lesson: instructor_hash(who) for lesson, who in assigned.items()}
    return {lesson: who + meta.taught[who] for lesson, who in hashes.items() if meta and who in meta.taught}
