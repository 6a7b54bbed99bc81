"""Which rows of an export may be trusted, written down once more, as plainly as the rules are: what the engine is held against."""

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

MUST_BE_THERE = (
    "id_order",
    "location_meeting",
    "level",
    "group_size",
    "language",
    "name_sponsor",
    "date_lesson",
    "timestamp_start_lesson",
    "timestamp_end_lesson",
)
ZONE = ZoneInfo("Europe/Prague")


def trusted_rows(content):
    """How many rows of an export may be trusted, by date and the instant of their start; nothing where it cannot be read."""
    try:
        header, *lines = content.decode("utf-8-sig").lstrip("\r\n").split("\n")
    except UnicodeDecodeError:
        return Counter()
    columns = [trimmed(column) for column in header.split("\t")]
    trusted = Counter()
    for line in lines:
        fields = line.split("\t")
        if len(fields) == len(columns):
            # Where a column is there twice, the first one counts.
            start = start_of({column: trimmed(field) for column, field in reversed(list(zip(columns, fields, strict=True)))})
            if start:
                trusted[start] += 1
    return trusted


def trimmed(text):
    """A text without what nobody sees at both ends: white space, control and format characters."""
    seen = [place for place, character in enumerate(text) if unicodedata.category(character) not in ("Zs", "Zl", "Zp", "Cc", "Cf")]
    return text[seen[0] : seen[-1] + 1] if seen else ""


def start_of(row):
    """The local date and the instant at which a row starts; None where the row cannot be trusted."""
    if not all(row.get(column) for column in MUST_BE_THERE) or not (row["id_order"].isascii() and row["id_order"].isdigit()):
        return None
    try:
        date = datetime.strptime(row["date_lesson"], "%d.%m.%Y").date()
        start = datetime.fromisoformat(row["timestamp_start_lesson"])
        end = datetime.fromisoformat(row["timestamp_end_lesson"])
        is_sound = start <= end and start.astimezone(ZONE).date() == date and date.year != 1970 != start.year
        return (date.isoformat(), f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") if is_sound and start.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None
