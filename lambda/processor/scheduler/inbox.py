"""The input bucket: the only place that reads what was uploaded."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Any, BinaryIO

from botocore.exceptions import ClientError

from scheduler.errors import FileRejectedError, GoneError
from scheduler.settings import MEBIBYTE
from scheduler.texts import trimmed
from scheduler.uploads import Upload

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client

_GONE = {"NoSuchKey", "404", "PreconditionFailed", "412"}
_CHUNK = 256 * 1024

UPLOADED_BY = "uploaded-by"
"""The object's metadata in which who uploaded a file says so, to be told what became of it: ``x-amz-meta-uploaded-by``."""

MAX_UPLOADER = 256


class Inbox:
    """The uploads.

    Args:
        client: An S3 client.
    """

    def __init__(self, client: "S3Client") -> None:
        self._client = client
        self._uploaders: dict[Upload, str] = {}

    def uploader_of(self, upload: Upload) -> str | None:
        """Who uploaded a file that was opened, where they said so; told once."""
        return self._uploaders.pop(upload, None)

    @contextmanager
    def open(self, upload: Upload, most_bytes: int) -> Iterator[BinaryIO]:
        """Open an uploaded file for reading, exactly the one that the event speaks of.

        Args:
            upload: Which one.
            most_bytes: The size from which it is rejected unread.

        Raises:
            GoneError: It was deleted or overwritten meanwhile.
            FileRejectedError: It is too large.
        """
        _check_size(upload.size, most_bytes)
        only_this: dict[str, Any] = {"IfMatch": f'"{upload.etag}"'} if upload.etag else {}
        try:
            answer = self._client.get_object(Bucket=upload.bucket, Key=upload.key, **only_this)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                raise GoneError from None
            raise
        if uploader := trimmed(answer.get("Metadata", {}).get(UPLOADED_BY, ""))[:MAX_UPLOADER]:
            self._uploaders[upload] = uploader
        # Entering the body itself would give the stream below it, which does not tell when a connection is lost halfway.
        with closing(answer["Body"]) as body:
            _check_size(answer["ContentLength"], most_bytes)
            with BufferedReader(_Raw(body), _CHUNK) as file:
                yield file


class _Raw(RawIOBase):
    """S3's answer as a file, which a buffer can read from; it fails when the answer ends before its last byte."""

    def __init__(self, body: "StreamingBody") -> None:
        self._body = body

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what fits."""
        view = memoryview(buffer)
        content = self._body.read(len(view))
        view[: len(content)] = content
        return len(content)


def _check_size(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        limit = f"{most_bytes // MEBIBYTE} MiB" if most_bytes >= MEBIBYTE else f"{most_bytes // 1024} KiB"
        raise FileRejectedError("too_large", f"The file has {size} bytes, more than the limit of {limit}.")
