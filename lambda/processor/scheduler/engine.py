"""One S3 event, from its records to the answer."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scheduler.daily_run import run_daily
from scheduler.errors import DaysFailedError, FileRejectedError, GoneError, RetryError
from scheduler.inbox import Inbox
from scheduler.orders_run import KIND as ORDERS_KIND
from scheduler.orders_run import run_orders
from scheduler.outcome import Outcome
from scheduler.profiles_run import KIND as PROFILES_KIND
from scheduler.profiles_run import run_profiles
from scheduler.publisher import Publisher
from scheduler.roster_run import KIND as ROSTER_KIND
from scheduler.roster_run import run_roster
from scheduler.settings import Settings
from scheduler.store import Store, pause
from scheduler.tools import GONE, Tools
from scheduler.uploads import Upload, is_orders, is_profiles, roster_date, uploads_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

DAILY_EVENT = {"run": "daily"}
"""What the schedule calls the function with."""

OTHER_KEY = "The key is none of orders/*.tsv, instructors/profiles.json and instructors/roster-YYYY-MM-DD.json."


def system_clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Engine:
    """Processes S3 events.

    Args:
        settings: The deployment's settings.
        dynamodb: A DynamoDB client; every call to the table goes through it.
        s3: An S3 client; every call to either bucket goes through it.
        clock: Tells the time, with an offset.
        wait: Called with the number of an attempt, from 0, before a request that others kept from going through is made again.

    Example:
        >>> engine = Engine(read_settings(os.environ), boto3.client("dynamodb"), boto3.client("s3"))
        >>> engine.run(event)
        {'records': [{'key': 'orders/2026-12-27.tsv', 'outcome': 'accepted', ...}]}
    """

    def __init__(
        self,
        settings: Settings,
        dynamodb: "DynamoDBClient",
        s3: "S3Client",
        clock: Callable[[], datetime] = system_clock,
        wait: Callable[[int], None] = pause,
    ) -> None:
        self._tools = Tools(
            settings,
            Store(dynamodb, settings.data_table, wait),
            Inbox(s3),
            Publisher(s3, settings.website_bucket, wait),
            clock,
            wait,
        )

    def run(self, event: Mapping[str, Any], tell: Callable[[Outcome], None] = lambda outcome: None) -> dict[str, Any]:
        """Process every record of an event, none of which hides another; or do the night's work, for the event of the schedule.

        Args:
            event: An S3 event, or the schedule's; any other has nothing to do.
            tell: Called with what became of each record.

        Returns:
            The function's answer.

        Raises:
            RetryError: Some records could not be processed; the others were.
        """
        if event == DAILY_EVENT:
            return self._run_daily(tell)
        records = []
        failed: list[tuple[str, Exception]] = []
        for upload in uploads_of(event):
            if isinstance(upload, str):
                outcome = Outcome("", "other", "ignored", upload)
            else:
                try:
                    outcome = self.process(upload)
                    _check(outcome)
                except Exception as error:
                    failed.append((upload.key, error))
                    continue
            tell(outcome)
            records.append(outcome.as_answer())
        if failed:
            raise RetryError(failed) from None
        return {"records": records}

    def _run_daily(self, tell: Callable[[Outcome], None]) -> dict[str, Any]:
        try:
            outcome = run_daily(self._tools)
            _check(outcome)
        except Exception as error:
            raise RetryError([("daily run", error)]) from None
        tell(outcome)
        return {"records": [], "daily": outcome.as_answer()}

    def process(self, upload: Upload) -> Outcome:
        """Process one upload. Days that failed are told with the outcome."""
        return self._tools.record(upload, self._process(upload))

    def _process(self, upload: Upload) -> Outcome:
        date = roster_date(upload.key)
        try:
            if is_orders(upload.key):
                return run_orders(self._tools, upload)
            if is_profiles(upload.key):
                return run_profiles(self._tools, upload)
            if date:
                return run_roster(self._tools, upload, date)
        except FileRejectedError as rejection:
            return self._tools.reject(upload, _kind(upload.key), rejection)
        except GoneError:
            return Outcome(upload.key, _kind(upload.key), "ignored", GONE)
        return Outcome(upload.key, "other", "ignored", OTHER_KEY)


def _check(outcome: Outcome) -> None:
    """Tell of the days that failed, after all else was done and is on record.

    Raises:
        DaysFailedError: There are some.
    """
    if outcome.failed:
        raise DaysFailedError(outcome.failed)


def _kind(key: str) -> str:
    if is_orders(key):
        return ORDERS_KIND
    return PROFILES_KIND if is_profiles(key) else ROSTER_KIND
