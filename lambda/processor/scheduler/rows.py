"""What is counted of an export's rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class RowReport:
    """What became of an export's rows.

    Attributes:
        valid: Rows that can be trusted, superseded ones included.
        superseded: Valid rows that a later order replaces.
        rejected: How many rows were rejected for each reason.
        first_failure: Line number and reason of the first rejected row.
    """

    valid: int = 0
    superseded: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    first_failure: tuple[int, str] | None = None

    @property
    def total(self) -> int:
        """Rows that are not blank."""
        return self.valid + self.rejected.total()

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "RowReport":
        """Read what :meth:`as_answer` gave."""
        return cls(answer.get("valid", 0), answer.get("superseded", 0), Counter(answer.get("rejected", {})))

    def as_answer(self) -> dict[str, object]:
        """Return the counts in the shape of the handler's answer."""
        rejected = dict(sorted(self.rejected.items()))
        return {"total": self.total, "valid": self.valid, "superseded": self.superseded, "rejected": rejected}
