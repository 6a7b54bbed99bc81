"""The website bucket's ``data/``: the only place that publishes documents.

Every put is conditional, so a day's document is replaced only by a newer revision of itself, and the index only by one whose writer has
seen the index before it. The function may not list the bucket, so S3 answers a read of what does not exist with "forbidden": such an
answer is never taken for success, the conditional put that follows finds out. What the contract refuses is not put at all: displays would
refuse it too.
"""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from scheduler.contract import why_refused
from scheduler.errors import ContentionError, UnfitDocumentError
from scheduler.schedule import INDEX_KEY, Document, content_hash, day_key, encode, index_day, index_document
from scheduler.store import ATTEMPTS, pause
from scheduler.times import parse_instant, utc

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CACHE_CONTROL = "public, max-age=5"
CONTENT_TYPE = "application/json; charset=utf-8"

_ABSENT = {"NoSuchKey", "404", "403", "AccessDenied", "Forbidden"}
_LOST = {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}
_REVISION, _CONTENT = "revision", "content"


@dataclass(frozen=True, slots=True)
class Index:
    """The index as it is published.

    Attributes:
        etag: Of the object; None where there is none.
        generated_at: When it was written, in UTC; empty where there is none.
        orders: The export that it names; None where it names none.
        days: Its entries by date.
    """

    etag: str | None = None
    generated_at: str = ""
    orders: Document | None = None
    days: dict[str, Document] = field(default_factory=dict)

    def revision(self, date: str) -> int:
        """The revision of a day that is published; 0 where none is. No index lists a revision whose document is not in place."""
        return int(self.days[date]["revision"]) if date in self.days else 0


@dataclass(frozen=True, slots=True)
class _Head:
    """A document's ETag, revision and content hash; the defaults where none can be seen."""

    etag: str | None = None
    revision: int = 0
    content: str = ""

    def is_of(self, revision: int, content: str) -> bool:
        """Whether it is this revision with this content, and not one that was made before the table was lost or restored."""
        return (self.revision, self.content) == (revision, content)


class Publisher:
    """The documents that displays read.

    Args:
        client: An S3 client.
        bucket: The website bucket.
        wait: Called with the number of an attempt before it is made again.
    """

    def __init__(self, client: "S3Client", bucket: str, wait: Callable[[int], None] = pause) -> None:
        self._client = client
        self._bucket = bucket
        self._wait = wait

    def index(self) -> Index:
        """Read the index. One that cannot be read as such is replaced by the next."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=INDEX_KEY)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return Index()
            raise
        with closing(answer["Body"]) as body:
            content = body.read()
        try:
            return _read_index(answer["ETag"], json.loads(content))
        except (ValueError, KeyError, TypeError, RecursionError):
            return Index(answer["ETag"])

    def put_index(self, document: Document, instead_of: Index) -> bool:
        """Write the index; False, and nothing written, when it is no longer the one that was read."""
        return self._put(INDEX_KEY, document, instead_of.etag)

    def put_day(self, document: Document) -> int:
        """Write a day's document, unless one is there already that is as new.

        Returns:
            0 when the document is in place. Otherwise another one is, which the table may know nothing of: the revision that is taken.

        Raises:
            ContentionError: Other runs kept writing it.
        """
        key, revision = day_key(document["date"]), int(document["revision"])
        content = content_hash(document["time_zone"], document["lessons"])
        if revision == 1 and self._put(key, document, None, content):
            return 0
        for attempt in range(ATTEMPTS):
            found = self._head(key)
            if found.is_of(revision, content):
                return 0
            if found.revision >= revision:
                return found.revision
            if self._put(key, document, found.etag, content):
                return 0
            self._wait(attempt)
        raise ContentionError(f"Other runs kept writing {key}.")

    def is_in_place(self, date: str, revision: int, content: str) -> bool:
        """Whether a day's document is there in this revision, with the content of that :func:`scheduler.schedule.content_hash`."""
        return self._head(day_key(date)).is_of(revision, content)

    def delete_day(self, date: str) -> None:
        """Remove a day's document; no matter whether it exists."""
        self._client.delete_object(Bucket=self._bucket, Key=day_key(date))

    def _head(self, key: str) -> "_Head":
        """What can be seen of a document without reading it."""
        try:
            answer = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return _Head()
            raise
        revision = answer["Metadata"].get(_REVISION, "")
        return _Head(answer["ETag"], int(revision) if revision.isdecimal() else 0, answer["Metadata"].get(_CONTENT, ""))

    def _put(self, key: str, document: Document, etag: str | None, content: str = "") -> bool:
        if why := why_refused("index" if key == INDEX_KEY else "day", document):
            raise UnfitDocumentError(key, why)
        condition: dict[str, Any] = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        metadata = {_REVISION: str(document["revision"]), _CONTENT: content} if content else {}
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=encode(document),
                ContentType=CONTENT_TYPE,
                CacheControl=CACHE_CONTROL,
                Metadata=metadata,
                **condition,
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _LOST or (etag and code in {"NoSuchKey", "404"}):
                return False
            raise
        return True


def _read_index(etag: str, document: Document) -> Index:
    """Read an index, down to what is relied on, and what the next one takes over.

    Raises:
        ValueError, KeyError, TypeError: It is none.
    """
    generated_at = utc(parse_instant(document["generated_at"]))
    days = {}
    for day in document["days"]:
        if date.fromisoformat(day["date"]).isoformat() != day["date"] or int(day["revision"]) < 1:
            raise ValueError("not an entry of a day")
        days[day["date"]] = index_day(day["date"], int(day["revision"]), int(day["lessons"]), int(day["participants"]))
    for orders in (document["orders"], None):
        if why_refused("index", index_document(generated_at, "Etc/UTC", orders, days.values())) is None:
            return Index(etag, generated_at, orders, days)
    raise ValueError("not an index that a display would take")
