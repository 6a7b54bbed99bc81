"""A whole export as days: what each of them must hold, and the hash that tells whether it does already."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.conflicts import participant_overlaps
from scheduler.days import NOTHING, ExportDay, export_hash
from scheduler.errors import FileRejectedError
from scheduler.lessons import group_rows, make_lessons, unknown_types
from scheduler.orders import Row, read_orders
from scheduler.rows import RowReport
from scheduler.speed import uncollected
from scheduler.times import Calendar

MAX_DAYS = 1000
"""More than two seasons have; each day is a document of its own, and has to be written within the function's time."""


@dataclass(slots=True)
class Export:
    """What an export says.

    Attributes:
        days: By date; days past their retention are left out.
        hashes: Of the days.
        lessons: How many lessons the file has, on whatever day.
        participants: How many participants.
        unknown_types: How many of its rows have a lesson type that is not known.
    """

    days: dict[str, ExportDay] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    lessons: int = 0
    participants: int = 0
    unknown_types: int = 0

    def day(self, date: str) -> ExportDay:
        """What it says of a day: nothing, where every lesson was cancelled."""
        return self.days.get(date) or ExportDay()

    def hash(self, date: str) -> str:
        """The hash of what it says of a day."""
        return self.hashes.get(date, NOTHING)


@uncollected()
def read_export(lines: Iterable[bytes], calendar: Calendar) -> tuple[Export, RowReport]:
    """Read an export, and make its days.

    Args:
        lines: The file's lines as bytes.
        calendar: The time of the run.

    Returns:
        What it says, and what became of its rows.

    Raises:
        FileRejectedError: It must not change the schedule; what was counted of its rows is with it.
    """
    rows, report = read_orders(lines, calendar.zone)
    try:
        return make_export(rows, calendar), report
    except FileRejectedError as rejection:
        rejection.rows = report
        raise


def make_export(rows: Iterable[Row], calendar: Calendar) -> Export:
    """Make the days of an export's rows.

    Raises:
        FileRejectedError: A lesson is too large to be stored, or there are too many days.
    """
    export = Export()
    groups = group_rows(rows)
    overlaps = participant_overlaps(groups)
    export.unknown_types = sum(unknown_types(group) for group in groups.values())
    lessons = make_lessons(groups)
    export.lessons = len(lessons)
    for lesson in lessons:
        export.participants += len(lesson.participants)
        export.days.setdefault(lesson.start.date, ExportDay()).lessons.append(lesson)
    export.days = {date: day for date, day in export.days.items() if calendar.is_kept(date)}
    if len(export.days) > MAX_DAYS:
        raise FileRejectedError("too_many_days", f"The export has lessons on {len(export.days)} days, more than the limit of {MAX_DAYS}.")
    for date, day in export.days.items():
        day.overlaps = overlaps.get(date, set())
        export.hashes[date] = export_hash(day.items(date, calendar))
    return export
