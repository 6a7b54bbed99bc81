"""What is on record of files: those that were rejected, and what became of each whose uploader wants to know."""

from scheduler.errors import FileRejectedError
from scheduler.items import Item, upload_attributes
from scheduler.outcome import Outcome
from scheduler.uploads import Upload

REJECTED = "REJECTED"
UPLOADS = "UPLOADS"

MAX_SORT_KEY_BYTES = 1024
"""DynamoDB's limit; an object's key alone may be as long."""


def upload_sk(upload: Upload) -> str:
    """The sort key of what is on record of a file."""
    return f"{upload.uploaded_at}#{upload.key}".encode()[:MAX_SORT_KEY_BYTES].decode(errors="ignore")


def rejected_item(upload: Upload, rejection: FileRejectedError, expires_at: int) -> Item:
    """A rejected file as an item."""
    return {
        "PK": REJECTED,
        "SK": upload_sk(upload),
        **upload_attributes(upload),
        "code": rejection.code,
        "reason": rejection.reason,
        "line": rejection.line,
        "rows": rejection.rows.as_answer() if rejection.rows else None,
        "expires_at": expires_at,
    }


def outcome_item(upload: Upload, uploader: str, outcome: Outcome, expires_at: int) -> Item:
    """What became of a file whose uploader wants to know, as an item."""
    failure = outcome.rows.first_failure
    return {
        "PK": UPLOADS,
        "SK": upload_sk(upload),
        **upload_attributes(upload),
        "uploaded_by": uploader,
        "outcome": outcome.verdict,
        "code": outcome.code,
        "reason": outcome.reason,
        "rows": outcome.rows.as_answer() if outcome.rows.total else None,
        "first_failure": {"line": failure[0], "reason": failure[1]} if failure else None,
        "lessons": outcome.lessons,
        "participants": outcome.participants,
        "days_changed": outcome.changes.days,
        "lessons_changed": outcome.changes.lessons,
        "participants_changed": outcome.changes.participants,
        "conflicts": outcome.conflicts,
        "torn_days": outcome.torn_days,
        "refused_days": sorted(outcome.refused_days),
        "failed_days": sorted(outcome.failed),
        "expires_at": expires_at,
    }
