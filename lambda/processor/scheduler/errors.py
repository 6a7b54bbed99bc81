"""What can go wrong with an upload, apart from AWS itself failing."""

import traceback
from collections.abc import Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from scheduler.rows import RowReport


class SettingsError(ValueError):
    """An environment variable is missing or holds what it must not; the message names it and says what it may be."""


class FileRejectedError(Exception):
    """A file that must not change the schedule. Reading it again would end the same, so it is recorded and never retried.

    Attributes:
        code: A word for programs, for example ``missing_column``.
        reason: A sentence for the office. It never quotes what an export holds.
        line: The number of the first line that fails, counted from 1; None where no line is to blame.
        rows: What was counted until then, for an order export.
    """

    def __init__(self, code: str, reason: str, *, line: int | None = None, rows: RowReport | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.line = line
        self.rows = rows


class GoneError(Exception):
    """The uploaded object was deleted, or overwritten by a later upload, before it could be read."""


class LockLostError(Exception):
    """Another run changed what a write was based on; nothing of that write took effect.

    Attributes:
        what: The names that the caller gave to the conditions that did not hold.
    """

    def __init__(self, what: frozenset[str]) -> None:
        super().__init__(f"changed by another run meanwhile: {', '.join(sorted(what))}")
        self.what = what


class ContentionError(Exception):
    """Other runs stayed ahead of this one for as long as it tried. Trying again later mends it."""


class DaysFailedError(Exception):
    """Some days could not be brought up to date, after all others were. Trying again later mends it.

    Attributes:
        failed: What stopped the work on each of the dates.
    """

    def __init__(self, failed: dict[str, Exception]) -> None:
        days = "; ".join(f"{date}: {_describe(error)}" for date, error in sorted(failed.items()))
        super().__init__(f"the other days are up to date, but not {days}")
        self.failed = failed


class UnfitDocumentError(Exception):
    """A document that every display would refuse; it was not published. A defect of this program, which its words name.

    Of a day, it is told with the outcome, and all other days go on: trying again would end the same. Of the index it ends the run.

    Attributes:
        why: What is wrong with it, without a text of it.
    """

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key} was not published, since no display would show it: {why}")
        self.why = why


class RetryError(Exception):
    """Some records of an event could not be processed now. What the function raises, so that Lambda tries the event again.

    Args:
        failed: The key of each of those records, and the error that stopped it.
    """

    def __init__(self, failed: Sequence[tuple[str, Exception]]) -> None:
        what = "; ".join(f"{key} ({_describe(error)})" for key, error in failed)
        super().__init__(f"Could not be processed now: {what}")


def _describe(error: Exception) -> str:
    """What may be said of an error in a log. The text of a programming error may quote what an export holds: its place is told instead."""
    if isinstance(error, ContentionError | DaysFailedError | UnfitDocumentError | BotoCoreError | ClientError):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
