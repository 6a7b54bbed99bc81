"""The input bucket: the only place that reads what was uploaded."""

from collections.abc import Iterator, Mapping
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
_UNSEEN = _GONE | {"403", "AccessDenied", "Forbidden"}
"""What S3 answers where an object is not there, to a reader who may not list the bucket."""

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
        """Who uploaded a file, where they said so; None where the file is not there any more, and was not opened either."""
        if upload not in self._uploaders:
            try:
                answer = self._client.head_object(Bucket=upload.bucket, Key=upload.key, **_only(upload))
            except ClientError as error:
                if error.response["Error"]["Code"] in _UNSEEN:
                    return None
                raise
            self._note_uploader(upload, answer["Metadata"])
        return self._uploaders.pop(upload) or None

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
        try:
            answer = self._client.get_object(Bucket=upload.bucket, Key=upload.key, **_only(upload))
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                raise GoneError from None
            raise
        self._note_uploader(upload, answer["Metadata"])
        # Entering the body itself would give the stream below it, which does not tell when a connection is lost halfway.
        with closing(answer["Body"]) as body:
            _check_size(answer["ContentLength"], most_bytes)
            with BufferedReader(_Raw(body), _CHUNK) as file:
                yield file

    def _note_uploader(self, upload: Upload, metadata: Mapping[str, str]) -> None:
        self._uploaders[upload] = trimmed(metadata.get(UPLOADED_BY, ""))[:MAX_UPLOADER]


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


def _only(upload: Upload) -> dict[str, Any]:
    """The condition that an object is the one that the event speaks of."""
    return {"IfMatch": f'"{upload.etag}"'} if upload.etag else {}


def _check_size(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        limit = f"{most_bytes // MEBIBYTE} MiB" if most_bytes >= MEBIBYTE else f"{most_bytes // 1024} KiB"
        raise FileRejectedError("too_large", f"The file has {size} bytes, more than the limit of {limit}.")
