"""The function's environment, read and checked once."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.errors import SettingsError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides.

    Attributes:
        data_table: Name of the table (``DATA_TABLE``).
        website_bucket: Name of the bucket the documents are published in (``WEBSITE_BUCKET``).
        zone: The school's time zone (``TIME_ZONE``, default Europe/Prague).
        retention_days: How many days after its date a day is kept in the table (``RETENTION_DAYS``, default 30).
        max_upload_bytes: The size above which an export is rejected (``MAX_UPLOAD_MIB``, default 64 MiB).
    """

    data_table: str
    website_bucket: str
    zone: ZoneInfo
    retention_days: int = 30
    max_upload_bytes: int = 64 * MEBIBYTE


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables.

    Raises:
        SettingsError: A variable is missing or wrong; the message names it and says what it may be.
    """
    return Settings(
        data_table=_required(environment, "DATA_TABLE", "the name of the data table"),
        website_bucket=_required(environment, "WEBSITE_BUCKET", "the name of the website bucket"),
        zone=_zone(environment.get("TIME_ZONE", "Europe/Prague")),
        retention_days=_whole_number(environment, "RETENTION_DAYS", default=30, least=1, most=3650),
        max_upload_bytes=_whole_number(environment, "MAX_UPLOAD_MIB", default=64, least=1, most=128) * MEBIBYTE,
    )


def _required(environment: Mapping[str, str], name: str, meaning: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingsError(f"The environment variable {name} is not set: it must hold {meaning}.")
    return value


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise SettingsError(f"The environment variable TIME_ZONE is {name!r}: it must be a time zone such as Europe/Prague.") from None


def _whole_number(environment: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = environment.get(name, str(default)).strip()
    if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
        return int(text)
    raise SettingsError(f"The environment variable {name} is {text!r}: it must be a whole number from {least} to {most}.")
