"""Instants, local times and the days that count: always in the school's time zone, never in the machine's."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO_WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)


class Moment(NamedTuple):
    """An instant as the product needs it: ``("2026-12-27T08:00:00Z", "2026-12-27", "09:00")``."""

    instant: str
    """In UTC, to the second; sorts as time goes."""
    date: str
    """The local date, ``YYYY-MM-DD``."""
    time: str
    """The local time of day, ``HH:MM``."""


def read_moment(text: str, zone: ZoneInfo) -> Moment | None:
    """Read an ISO 8601 time that has an offset; None when it is not one.

    Example:
        >>> read_moment("2026-12-27T09:00:00+0100", ZoneInfo("Europe/Prague"))
        Moment(instant='2026-12-27T08:00:00Z', date='2026-12-27', time='09:00')
    """
    if not _ISO_WITH_OFFSET.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text).replace(microsecond=0)
        local = moment.astimezone(zone)
        return Moment(utc(moment), local.date().isoformat(), f"{local:%H:%M}")
    except (ValueError, OverflowError):
        return None


def utc(moment: datetime) -> str:
    """Write an instant in UTC, to the second: ``2026-12-27T08:00:00Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def utc_milliseconds(moment: datetime) -> str:
    """Write an instant in UTC, to the millisecond: ``2026-12-27T08:00:00.123Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant.

    Raises:
        ValueError: It is not one, or has no offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return moment.astimezone(UTC)


def is_date(text: str) -> bool:
    """Whether a text is a date, ``YYYY-MM-DD``."""
    try:
        return _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days count at a moment.

    Attributes:
        zone: The school's time zone.
        retention_days: How many days after its date a day is kept.
        now: The moment, with an offset.
    """

    zone: ZoneInfo
    retention_days: int
    now: datetime

    def expires_at(self, day: str) -> int:
        """When what is stored of a day goes, in epoch seconds: local midnight, ``retention_days`` after its date."""
        last = min(date.fromisoformat(day).toordinal() + self.retention_days, date.max.toordinal() - 1)
        return int(datetime.combine(date.fromordinal(last), time(), self.zone).timestamp())

    def is_kept(self, day: str) -> bool:
        """Whether a day is stored: it is not past its retention."""
        return self.expires_at(day) > self.now.timestamp()

    def is_published(self, day: str) -> bool:
        """Whether a day is shown: yesterday and every later one."""
        return day >= self.first_published and self.is_kept(day)

    @property
    def yesterday(self) -> date:
        """Yesterday's local date."""
        return self.now.astimezone(self.zone).date() - timedelta(days=1)

    def urgency(self, day: str) -> tuple[bool, int]:
        """Sorts days as they matter: today, tomorrow, later days, and then the past, from yesterday back."""
        ahead = (date.fromisoformat(day) - self.now.astimezone(self.zone).date()).days
        return ahead < 0, abs(ahead)

    @property
    def first_published(self) -> str:
        """The first day that is shown, ``YYYY-MM-DD``."""
        return self.yesterday.isoformat()

    def at(self, moment: datetime) -> "Calendar":
        """The same calendar at another moment."""
        return Calendar(self.zone, self.retention_days, moment)
