"""From the bytes of an order export to rows that can be trusted.

Every row is rejected with a reason, superseded by a later order, or handed on. Values repeat thousands of times in an export, so each
distinct one is read once and remembered: that keeps a season fast and small.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from sys import getsizeof
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from scheduler.errors import FileRejectedError
from scheduler.rows import RowReport
from scheduler.texts import clean, iso_language, trimmed
from scheduler.times import Moment, read_moment

USED_COLUMNS = (
    "id_order",
    "location_meeting",
    "level",
    "group_size",
    "language",
    "name_sponsor",
    "name_participant",
    "date_lesson",
    "timestamp_start_lesson",
    "timestamp_end_lesson",
    "booking_id",
)
AGE_COLUMN = "age_participant"
"""Tells namesakes apart where an export has it."""

MAX_LINE_BYTES = 64 * 1024
"""A longer line is no row of an export, and is not taken apart."""

MAX_LINES = 150_000
"""More than any school's season has, and what the function's memory and time are surely enough for."""

MAX_TEXT_BYTES = 128 * 1024 * 1024
"""Of the memory that an export's different texts may take; a season of 100,000 rows needs half of it."""

_ENTRY_BYTES = 200
"""What remembering a text takes besides the text."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})", re.ASCII)
_ORDER_ID_DIGITS = 18
_NO_DATE_YET = "1970"


class Row(NamedTuple):
    """A row that can be trusted: its text is trimmed and in Unicode NFC, its names are still full."""

    order_id: int
    location: str
    level: str
    type: str
    language: str
    sponsor: str
    name: str
    age: str
    start: Moment
    end: Moment
    booking_id: str


def read_orders(lines: Iterable[bytes], zone: ZoneInfo) -> tuple[list[Row], RowReport]:
    """Read an export.

    Args:
        lines: The file's lines as bytes, with their ends: an open binary file, for example.
        zone: The school's time zone.

    Returns:
        The rows to make lessons of, in the order of the file, and what became of all of them.

    Raises:
        FileRejectedError: The file as a whole cannot be trusted.

    Example:
        >>> with open("orders.tsv", "rb") as file:
        ...     rows, report = read_orders(file, ZoneInfo("Europe/Prague"))
    """
    numbered = enumerate(lines, start=1)
    columns = _read_header(numbered)
    report = RowReport()
    rows = _read_rows(numbered, columns, zone, report)
    if not report.total:
        raise FileRejectedError("no_rows", "The export holds a header and no row.", line=1, rows=report)
    if not rows:
        line, reason = report.first_failure or (2, "")
        raise FileRejectedError("no_valid_row", f"No row of the export is valid: line {line} fails with {reason}.", line=line, rows=report)
    return rows, report


def _read_header(numbered: Iterator[tuple[int, bytes]]) -> list[str]:
    for number, line in numbered:
        content = line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line
        if not content.strip():
            continue
        try:
            header = [trimmed(column) for column in _fields(content)]
        except UnicodeDecodeError:
            raise _not_utf8(number, RowReport()) from None
        missing = [column for column in USED_COLUMNS if column not in header]
        if missing:
            raise FileRejectedError("missing_column", f"The header lacks {', '.join(missing)}.", line=number)
        return header
    raise FileRejectedError("empty", "The export is empty.")


def _read_rows(numbered: Iterator[tuple[int, bytes]], columns: list[str], zone: ZoneInfo, report: RowReport) -> list[Row]:
    """Read the rows that count: those that can be trusted, without those that a higher order replaces."""
    width = len(columns)
    has_age = AGE_COLUMN in columns
    pick = itemgetter(*(columns.index(column) for column in (*USED_COLUMNS, AGE_COLUMN if has_age else USED_COLUMNS[0])))
    room = _Room(MAX_TEXT_BYTES)
    texts, order_ids, days = _Memo(clean, room), _Memo(_read_order_id, room), _Memo(_read_date, room)
    moments, languages = _Memo(lambda text: _read_moment(text, zone), room), _Memo(iso_language, room)
    rows: list[Row] = []
    latest: dict[tuple[str, str, str], int] = {}
    number = 0
    is_contested = False
    try:
        for number, line in numbered:
            if number > MAX_LINES:
                raise FileRejectedError("too_large", f"The export has more lines than the limit of {MAX_LINES}.")
            fields = _fields(line)
            if len(fields) != width:
                if line.strip(b" \r\n"):
                    _reject(report, number, "wrong_column_count")
                continue
            values = pick(fields)
            order_text, location, level, kind, language, sponsor, name, day_text, start_text, end_text, booking, age = values
            order_id, start, end = order_ids[order_text], moments[start_text], moments[end_text]
            place, grade, type_ = texts[location], texts[level], texts[kind]
            spoken, payer, person = languages[language], texts[sponsor], texts[name]
            if (
                order_id is None
                or start is None
                or end is None
                or end < start
                or start.date != days[day_text]
                or not (place and grade and type_ and spoken and payer)
            ):
                _reject(report, number, _reason_against(values, zone))
                continue
            identity = (person, payer, start.instant)
            known = latest.setdefault(identity, order_id)
            if known != order_id:
                is_contested = True
                latest[identity] = max(known, order_id)
            years = texts[age] if has_age else ""
            rows.append(Row(order_id, place, grade, type_, spoken, payer, person, years, start, end, texts[booking]))
    except UnicodeDecodeError:
        raise _not_utf8(number, report) from None
    except FileRejectedError as rejection:
        rejection.line, rejection.rows = number, report
        raise
    finally:
        report.valid = len(rows)
    if is_contested:
        rows = [row for row in rows if row.order_id == latest[row.name, row.sponsor, row.start.instant]]
        report.superseded = report.valid - len(rows)
    return rows


def _reason_against(values: tuple[str, ...], zone: ZoneInfo) -> str:
    """The first reason for which a row that did not pass cannot be trusted."""
    order_text, location, level, kind, language, sponsor, _, day_text, start_text, end_text, *_ = map(trimmed, values)
    if _is_placeholder(day_text) or _is_placeholder(start_text):
        return "placeholder_date"
    if not all((order_text, location, level, kind, language, sponsor, day_text, start_text, end_text)):
        return "missing_value"
    if _read_order_id(order_text) is None:
        return "bad_order_id"
    if _read_date(day_text) is None:
        return "bad_date"
    start, end = read_moment(start_text, zone), read_moment(end_text, zone)
    if start is None or end is None:
        return "bad_time"
    if end < start:
        return "end_before_start"
    return "date_mismatch"


def _reject(report: RowReport, line: int, reason: str) -> None:
    report.rejected[reason] += 1
    if report.first_failure is None:
        report.first_failure = (line, reason)


def _not_utf8(line: int, rows: RowReport) -> FileRejectedError:
    return FileRejectedError("not_utf8", f"Line {line} of the export is not UTF-8.", line=line, rows=rows)


def _fields(line: bytes) -> list[str]:
    """Take a line apart; one that is too long has no fields, but is read in pieces, since all of a file must be UTF-8."""
    if len(line) <= MAX_LINE_BYTES:
        return line.decode().split("\t")
    decoder = codecs.getincrementaldecoder("utf-8")()
    for begin in range(0, len(line), MAX_LINE_BYTES):
        decoder.decode(line[begin : begin + MAX_LINE_BYTES])
    decoder.decode(b"", final=True)
    return []


def _read_order_id(text: str) -> int | None:
    stripped = trimmed(text)
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) <= _ORDER_ID_DIGITS else None


def _read_date(text: str) -> str | None:
    """Read ``27.12.2026`` as ``2026-12-27``; None when it is no date, or stands for none."""
    stripped = trimmed(text)
    found = _DATE.fullmatch(stripped)
    if not found or _is_placeholder(stripped):
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None


def _read_moment(text: str, zone: ZoneInfo) -> Moment | None:
    stripped = trimmed(text)
    return None if _is_placeholder(stripped) else read_moment(stripped, zone)


def _is_placeholder(text: str) -> bool:
    """Whether a date or a time is in 1970, however it is written."""
    return _NO_DATE_YET in text.partition("T")[0]


_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Room:
    """What is left of the memory that an export's different texts may take."""

    bytes: int


class _Memo(dict[str, _Value], Generic[_Value]):
    """A dictionary that reads what it does not know yet, once. It rejects the file when there is no room to remember more."""

    def __init__(self, read: Callable[[str], _Value], room: _Room) -> None:
        super().__init__()
        self._read = read
        self._room = room

    def __missing__(self, text: str) -> _Value:
        self._room.bytes -= getsizeof(text) + _ENTRY_BYTES
        if self._room.bytes < 0:
            raise FileRejectedError("too_large", "The export has more different texts than can be held at once.")
        value = self[text] = self._read(text)
        return value
