"""What the export in force says of each day, kept in the table: a day can be written whenever that is needed, though the file is gone.

It is put before or with the pointer that names it, and never changed, so it is there for as long as its file is in force: whatever stops a
run half way, or is saved over its file, the next run ends what was begun.
"""

import json
from collections.abc import Iterator

from scheduler.days import ExportDay, StoredDay
from scheduler.export import Export
from scheduler.items import CONFLICT_PREFIX, KEPT_PREFIX, Item, Source, conflict_of, day_pk, lesson_of
from scheduler.packing import packed_texts, unpacked
from scheduler.schedule import canonical
from scheduler.times import Calendar

Key = tuple[str, str]


def to_keep(export: Export, calendar: Calendar, before: Source | None) -> tuple[dict[str, int], list[Item], list[Key]]:
    """Tell what a new pointer needs to be kept.

    Args:
        export: The export that comes into force.
        calendar: The time of the run.
        before: The pointer that is in force.

    Returns:
        For the pointer, in how many items each day is kept; those of them that are not there yet; and the keys of those that no pointer
        names any more.
    """
    there = (before.kept or {}) if before else {}
    names = before.hashes if before else {}
    kept: dict[str, int] = {}
    puts: list[Item] = []
    for date, name in export.hashes.items():
        if date in there and names.get(date) == name:
            kept[date] = there[date]
        else:
            items = list(_items(date, name, export.day(date), calendar))
            kept[date] = len(items)
            puts += items
    deletes = [key for date, parts in there.items() if export.hashes.get(date) != names[date] for key in _keys(date, names[date], parts)]
    return kept, puts, deletes


def said_of(stored: StoredDay, orders: Source) -> ExportDay | None:
    """What the export in force says of a day, if the table still has that."""
    if orders.kept is None:
        return None
    name, parts = orders.hashes.get(stored.date), orders.kept.get(stored.date, 0)
    if name is None:
        return ExportDay()
    found = [stored.kept.get(sort_key) for _, sort_key in _keys(stored.date, name, parts)]
    texts = [item["said"] for item in found if item]
    if len(texts) < max(parts, 1):
        return None
    items = [json.loads(line) for line in unpacked(texts)]
    overlaps = {conflict_of(item) for item in items if item["SK"].startswith(CONFLICT_PREFIX)}
    return ExportDay([lesson_of(item) for item in items if not item["SK"].startswith(CONFLICT_PREFIX)], overlaps)


def _items(date: str, name: str, day: ExportDay, calendar: Calendar) -> Iterator[Item]:
    lines = sorted(canonical(item) for item in day.items(date, calendar))
    texts = packed_texts(lines)
    for (pk, sort_key), text in zip(_keys(date, name, len(texts)), texts, strict=True):
        yield {"PK": pk, "SK": sort_key, "said": text, "expires_at": calendar.expires_at(date)}


def _keys(date: str, name: str, parts: int) -> list[Key]:
    return [(day_pk(date), f"{KEPT_PREFIX}{name}#{number:03}") for number in range(parts)]
