"""Many lines as few texts that an item of the table takes."""

import base64
import zlib
from collections.abc import Iterable

PART = 350_000
"""Characters of a text; DynamoDB takes 400 KB for an item."""


def packed_texts(lines: Iterable[bytes]) -> list[str]:
    """Compress lines."""
    text = base64.b64encode(zlib.compress(b"\n".join(lines), 1)).decode()
    return [text[start : start + PART] for start in range(0, len(text), PART)]


def unpacked(texts: Iterable[str]) -> list[bytes]:
    """The lines again."""
    return zlib.decompress(base64.b64decode("".join(texts))).splitlines()
