"""What became of one upload: the answer of the function, and what is measured."""

from dataclasses import dataclass, field
from typing import Any, Literal

from scheduler.changes import NO_CHANGES, Changes
from scheduler.rows import RowReport

Verdict = Literal["accepted", "rejected", "stale", "ignored"]
ACCEPTED: Verdict = "accepted"


@dataclass(slots=True)
class Outcome:
    """What became of one upload.

    Attributes:
        key: The object's key; empty where a record has none.
        kind: ``orders``, ``profiles``, ``roster`` or ``other``; ``daily`` for the night's run, which is of no upload.
        verdict: What was decided.
        reason: A sentence that says why it was not accepted; None where it was.
        code: A word for the reason of a rejection.
        rows: What became of an export's rows.
        lessons: Of an export: in the file. Of instructor files: in the days they concern.
        participants: As lessons.
        days_changed: Days of which a new document was made.
        days_unchanged: The other days that were looked at.
        changes: What is not as it was, whichever try of the upload has changed it.
        torn_days: Days of which the table has not all, and which only the next export can mend.
        refused_days: Days whose document breaks the contract, and where: it was not published, and displays show what they showed.
        items_written: Table items put, updated or deleted.
        conflicts: Conflicts that are stored with the published days.
        unknown_types: Rows whose lesson type is not known.
        failed: What stopped the work on a date, where a retry can mend it; all else was done.
        seconds: From the upload to the published index; None where nothing was published.
    """

    key: str
    kind: str
    verdict: Verdict
    reason: str | None = None
    code: str | None = None
    rows: RowReport = field(default_factory=RowReport)
    lessons: int = 0
    participants: int = 0
    days_changed: int = 0
    days_unchanged: int = 0
    changes: Changes = NO_CHANGES
    torn_days: list[str] = field(default_factory=list)
    refused_days: dict[str, str] = field(default_factory=dict)
    items_written: int = 0
    conflicts: int = 0
    unknown_types: int = 0
    failed: dict[str, Exception] = field(default_factory=dict)
    seconds: float | None = None

    def as_answer(self) -> dict[str, Any]:
        """The record in the handler's answer."""
        return {
            "key": self.key,
            "outcome": self.verdict,
            "reason": self.reason,
            "rows": self.rows.as_answer(),
            "lessons": self.lessons,
            "participants": self.participants,
            "days_changed": self.days_changed,
            "days_unchanged": self.days_unchanged,
            "items_written": self.items_written,
            "conflicts": self.conflicts,
            **({"torn_days": self.torn_days} if self.torn_days else {}),
            **({"refused_days": self.refused_days} if self.refused_days else {}),
        }
