"""What every run works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.errors import FileRejectedError
from scheduler.export import Export, read_export
from scheduler.inbox import Inbox
from scheduler.indexer import Indexer
from scheduler.items import Source
from scheduler.outcome import Outcome
from scheduler.publisher import Publisher
from scheduler.records import outcome_item, rejected_item, upload_sk
from scheduler.refresh import Refresh
from scheduler.rows import RowReport
from scheduler.settings import Settings
from scheduler.shown import Shown
from scheduler.store import Store
from scheduler.times import Calendar
from scheduler.uploads import Upload

STALE = "A newer upload is in force."
GONE = "The object was deleted or overwritten before it could be read."


@dataclass(frozen=True, slots=True)
class Tools:
    """The settings, the three places that speak to AWS, and the time.

    Attributes:
        settings: The deployment's settings.
        store: The table.
        inbox: The uploads.
        publisher: The documents.
        clock: Tells the time, with an offset.
        wait: Called with the number of an attempt before it is made again.
    """

    settings: Settings
    store: Store
    inbox: Inbox
    publisher: Publisher
    clock: Callable[[], datetime]
    wait: Callable[[int], None]

    def calendar(self) -> Calendar:
        """The days that count now."""
        return Calendar(self.settings.zone, self.settings.retention_days, self.clock())

    def refresh(self, calendar: Calendar, upload: Upload | None = None) -> Refresh:
        """Begin to bring days up to date. Done first in a run: what is read after the index is at least as new as the index.

        Args:
            calendar: The time of the run.
            upload: Whose run it is; None at night.
        """
        shown = Shown(self.publisher, calendar, self.publisher.index())
        return Refresh(self.store, shown, calendar, self.wait, upload_sk(upload) if upload else "")

    def read_export(self, upload: Upload, calendar: Calendar) -> tuple[Export, RowReport]:
        """Read an order export, and what became of its rows.

        Raises:
            FileRejectedError: It must not change the schedule.
            GoneError: It is not there any more.
        """
        with self.inbox.open(upload, self.settings.max_upload_bytes) as file:
            return read_export(file, calendar)

    def publish(self, outcome: Outcome, refresh: Refresh, *, is_upload: bool = True) -> None:
        """Publish, and complete an outcome.

        Args:
            outcome: What became of an accepted upload, or of the night's run.
            refresh: The work on the days.
            is_upload: Whether the index is from now, or keeps its time.
        """
        Indexer(self.store, self.publisher, self.calendar(), self.clock, self.wait).publish(refresh, keeps_time=not is_upload)
        outcome.failed = dict(refresh.failed)
        outcome.items_written += refresh.items_written
        outcome.days_changed = len(refresh.changed)
        outcome.days_unchanged = len(refresh.metas.keys() - refresh.changed)
        outcome.changes = refresh.changes
        # What is kept of an export may expire before a day that is kept for longer by now; nobody sees the day any more.
        outcome.torn_days = sorted(filter(self.calendar().is_published, refresh.torn))
        outcome.refused_days = dict(sorted(refresh.refused.items()))
        outcome.conflicts = refresh.conflicts

    def seconds_since(self, upload: Upload) -> float:
        """How long ago a file was uploaded."""
        return (self.clock() - upload.uploaded).total_seconds()

    def reject(self, upload: Upload, kind: str, rejection: FileRejectedError) -> Outcome:
        """Record a rejected file; the schedule stays as it is."""
        self.store.put(rejected_item(upload, rejection, self._record_expires_at(upload)))
        outcome = Outcome(upload.key, kind, "rejected", rejection.reason, rejection.code, items_written=1)
        if rejection.rows:
            outcome.rows = rejection.rows
        return outcome

    def record(self, upload: Upload, outcome: Outcome) -> Outcome:
        """Put what became of a file on record, if whoever uploaded it said who they are; gives the outcome."""
        if uploader := self.inbox.uploader_of(upload):
            item = outcome_item(upload, uploader, outcome, self._record_expires_at(upload))
            outcome.items_written += self.store.put_outcome(item)
        return outcome

    def _record_expires_at(self, upload: Upload) -> int:
        return self.calendar().expires_at(upload.uploaded.astimezone(self.settings.zone).date().isoformat())


def is_older(upload: Upload, source: Source | None) -> bool:
    """Whether an upload is older than the one in force."""
    return source is not None and source.upload.order > upload.order
