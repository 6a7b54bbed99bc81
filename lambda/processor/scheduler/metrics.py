"""What is measured of every run: names that alarms and dashboards rely on.

Metrics go out as embedded metric format in the log, with the single dimension ``service``.
"""

from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit

from scheduler.outcome import Outcome

if TYPE_CHECKING:
    from aws_lambda_powertools import Metrics

FILES = {"accepted": "FilesAccepted", "rejected": "FilesRejected", "stale": "FilesStale", "ignored": "FilesIgnored"}
ORDERS_ACCEPTED = "OrdersAccepted"
ROWS_TOTAL = "RowsTotal"
ROWS_REJECTED = "RowsRejected"
LESSONS = "Lessons"
PARTICIPANTS = "Participants"
UNKNOWN_TYPES = "UnknownTypes"
CONFLICTS = "Conflicts"
DAYS_CHANGED = "DaysChanged"
DAYS_TORN = "DaysTorn"
DAYS_REFUSED = "DaysRefused"
UPLOAD_TO_PUBLISHED_SECONDS = "UploadToPublishedSeconds"


def record(metrics: "Metrics", outcome: Outcome) -> None:
    """Add what became of one upload, or of the night's run, to the metrics of a run."""

    def count(name: str, value: float) -> None:
        metrics.add_metric(name, MetricUnit.Count, value)

    if outcome.kind != "daily":
        for name in FILES.values():
            count(name, int(name == FILES[outcome.verdict]))
    if outcome.kind == "orders" and outcome.verdict in ("accepted", "rejected"):
        count(ROWS_TOTAL, outcome.rows.total)
        count(ROWS_REJECTED, outcome.rows.rejected.total())
    if outcome.torn_days:
        count(DAYS_TORN, len(outcome.torn_days))
    if outcome.refused_days:
        count(DAYS_REFUSED, len(outcome.refused_days))
    if outcome.verdict != "accepted":
        return
    if outcome.kind == "orders":
        count(ORDERS_ACCEPTED, 1)
        count(LESSONS, outcome.lessons)
        count(PARTICIPANTS, outcome.participants)
        count(UNKNOWN_TYPES, outcome.unknown_types)
    count(CONFLICTS, outcome.conflicts)
    count(DAYS_CHANGED, outcome.days_changed)
    if outcome.seconds is not None:
        metrics.add_metric(UPLOAD_TO_PUBLISHED_SECONDS, MetricUnit.Seconds, outcome.seconds)
