"""The website bucket's ``data/``: the only place that publishes documents.

Every put is conditional, so a day's document is replaced only by a newer revision of itself, and the index only by one whose writer has
seen the index before it. The function may not list the bucket, so S3 answers a read of what does not exist with "forbidden": such an
answer is never taken for success, the conditional put that follows finds out.
"""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from scheduler.errors import ContentionError
from scheduler.schedule import INDEX_KEY, Document, day_key, encode
from scheduler.store import ATTEMPTS, pause
from scheduler.times import parse_instant

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CACHE_CONTROL = "public, max-age=5"
CONTENT_TYPE = "application/json; charset=utf-8"

_ABSENT = {"NoSuchKey", "404", "403", "AccessDenied", "Forbidden"}
_LOST = {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}
_REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Index:
    """The index as it is published.

    Attributes:
        etag: Of the object; None where there is none.
        generated_at: When it was written, in UTC; empty where there is none.
        days: Its entries by date.
    """

    etag: str | None = None
    generated_at: str = ""
    days: dict[str, Document] = field(default_factory=dict)

    def revision(self, date: str) -> int:
        """The revision of a day that is published; 0 where none is. No index lists a revision whose document is not in place."""
        return int(self.days[date]["revision"]) if date in self.days else 0


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
            document = json.loads(content)
            parse_instant(document["generated_at"])
            return Index(answer["ETag"], document["generated_at"], {day["date"]: day for day in document["days"] if day["revision"] > 0})
        except (ValueError, KeyError, TypeError):
            return Index(answer["ETag"])

    def put_index(self, document: Document, instead_of: Index) -> bool:
        """Write the index; False, and nothing written, when it is no longer the one that was read."""
        return self._put(INDEX_KEY, document, instead_of.etag)

    def put_day(self, document: Document) -> None:
        """Write a day's document, unless a revision as new as it is there already.

        Raises:
            ContentionError: Other runs kept writing it.
        """
        key = day_key(document["date"])
        if document["revision"] == 1 and self._put(key, document, None):
            return
        for attempt in range(ATTEMPTS):
            etag, revision = self._head(key)
            if revision >= document["revision"] or self._put(key, document, etag):
                return
            self._wait(attempt)
        raise ContentionError(f"Other runs kept writing {key}.")

    def delete_day(self, date: str) -> None:
        """Remove a day's document; no matter whether it exists."""
        self._client.delete_object(Bucket=self._bucket, Key=day_key(date))

    def _head(self, key: str) -> tuple[str | None, int]:
        """The ETag and revision of a document; None and 0 where none can be seen."""
        try:
            answer = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None, 0
            raise
        revision = answer["Metadata"].get(_REVISION, "")
        return answer["ETag"], int(revision) if revision.isdecimal() else 0

    def _put(self, key: str, document: Document, etag: str | None) -> bool:
        condition: dict[str, Any] = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        metadata = {_REVISION: str(document["revision"])} if "revision" in document else {}
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
