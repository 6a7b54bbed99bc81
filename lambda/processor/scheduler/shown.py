"""What a run knows of the days' documents: which revision of a day displays see, and which its next one has to be."""

from scheduler.items import Meta
from scheduler.publisher import Index, Publisher
from scheduler.schedule import Document, day_document
from scheduler.times import Calendar


class Shown:
    """The documents of days.

    Args:
        publisher: Where they are.
        calendar: The time of the run.
        index: The index as it was before anything else was read, so that whatever is read later is at least as new.

    Attributes:
        index: As given.
        in_place: The revisions of documents that are known to be published, by date, beside those in the index.
    """

    def __init__(self, publisher: Publisher, calendar: Calendar, index: Index) -> None:
        self._publisher = publisher
        self._calendar = calendar
        self._taken: dict[str, int] = {}
        self.index = index
        self.in_place: dict[str, int] = {}

    def revision(self, date: str) -> int:
        """The revision that a day's next one has to be above, or may stay."""
        return max(self.index.revision(date), self._taken.get(date, 0))

    def needs_none(self, meta: Meta) -> bool:
        """Whether a day's document need not be published, by what this run knows."""
        is_shown = meta.revision > 0 and self._calendar.is_published(meta.date)
        return not is_shown or meta.revision in (self.index.revision(meta.date), self.in_place.get(meta.date))

    def is_in_place(self, meta: Meta) -> bool:
        """As :meth:`needs_none`, after a look at the bucket: another run may have published it, and not have come to the index."""
        if not self.needs_none(meta) and self._publisher.is_in_place(meta.date, meta.revision, meta.content_hash):
            self.in_place[meta.date] = meta.revision
        return self.needs_none(meta)

    def put(self, meta: Meta, lessons: list[Document]) -> bool:
        """Publish a day's document; False where its revision is taken by one that the table knows nothing of.

        Raises:
            UnfitDocumentError: Every display would refuse it.
            ContentionError: Other runs kept writing it.
        """
        taken = self._publisher.put_day(day_document(meta.date, meta.time_zone, meta.revision, meta.generated_at, lessons))
        if taken:
            self._taken[meta.date] = max(taken, meta.revision + 1)
        else:
            self.in_place[meta.date] = meta.revision
        return not taken
