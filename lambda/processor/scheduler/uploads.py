"""What an S3 event says was uploaded, of which kind it is, and which of two uploads is the newer one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from scheduler.times import is_date, parse_instant, utc_milliseconds

_ORDERS = re.compile(r"orders/.+\.tsv", re.DOTALL)
_ROSTER = re.compile(r"instructors/roster-(\d{4}-\d\d-\d\d)\.json", re.ASCII)
_PROFILES = "instructors/profiles.json"
_SEQUENCER_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Upload:
    """An object that was put into the input bucket.

    Attributes:
        bucket: The bucket's name.
        key: The object's key, decoded.
        etag: The object's ETag without quotes; empty where the event has none.
        size: In bytes, as the event says.
        uploaded_at: The event's time in UTC, to the millisecond.
        sequencer: Orders the events of one key; empty where the event has none.
    """

    bucket: str
    key: str
    etag: str
    size: int
    uploaded_at: str
    sequencer: str

    @property
    def order(self) -> tuple[str, str, str]:
        """Of two uploads of a kind, the one that sorts later is the newer one.

        Sequencers may differ in length: S3 asks for the shorter to be filled with zeros on the right before they are compared.
        """
        return (self.uploaded_at, self.key, self.sequencer.ljust(_SEQUENCER_LENGTH, "0"))

    @property
    def uploaded(self) -> datetime:
        """``uploaded_at`` as a moment."""
        return parse_instant(self.uploaded_at)


def uploads_of(event: Mapping[str, Any]) -> Iterator[Upload | str]:
    """Read the records of an S3 event.

    Returns:
        For each record its upload, or a sentence that says why it is none. An event without records, such as ``s3:TestEvent``,
        has nothing to give.
    """
    records = event.get("Records")
    for record in records if isinstance(records, list) else []:
        try:
            yield _upload(record)
        except (KeyError, TypeError, ValueError, AttributeError):
            yield "The record does not say which object was created, and when."


def _upload(record: Mapping[str, Any]) -> Upload | str:
    if not record["eventName"].removeprefix("s3:").startswith("ObjectCreated:"):
        return "The record is about something else than a created object."
    stored = record["s3"]["object"]
    return Upload(
        bucket=record["s3"]["bucket"]["name"],
        key=unquote_plus(stored["key"]),
        etag=str(stored.get("eTag") or "").strip('"'),
        size=int(stored.get("size") or 0),
        uploaded_at=utc_milliseconds(parse_instant(record["eventTime"])),
        sequencer=str(stored.get("sequencer") or ""),
    )


def is_orders(key: str) -> bool:
    """Whether a key is that of an order export."""
    return _ORDERS.fullmatch(key) is not None


def is_profiles(key: str) -> bool:
    """Whether a key is that of the instructors' profiles."""
    return key == _PROFILES


def roster_date(key: str) -> str | None:
    """The date of the roster that a key names, ``YYYY-MM-DD``; None when it names none."""
    found = _ROSTER.fullmatch(key)
    return found[1] if found and is_date(found[1]) else None
