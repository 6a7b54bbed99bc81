"""The Lambda function: S3 events in, a published schedule out."""

import functools
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger, Metrics
from botocore.config import Config

from scheduler import metrics as measured
from scheduler.engine import Engine
from scheduler.errors import RetryError, SettingsError
from scheduler.outcome import Outcome
from scheduler.profiles_run import KIND as PROFILES_KIND
from scheduler.roster_run import KIND as ROSTER_KIND
from scheduler.settings import read_settings

if TYPE_CHECKING:
    from botocore.awsrequest import AWSRequest
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME") or "goldsport-scheduler"
NAMESPACE = os.environ.get("METRICS_NAMESPACE") or "GoldSport"

INSTRUCTOR_KINDS = (PROFILES_KIND, ROSTER_KIND)

# Time zones that the runtime lacks. They come packed: the hundreds of files are half of all there would be to unpack.
sys.path.append(str(Path(__file__).with_name("tzdata.zip")))

logger = Logger(service=SERVICE)
metrics = Metrics(namespace=NAMESPACE, service=SERVICE)

CALLS = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 5},
    parameter_validation=False,
    # By itself a client puts together anew, for each call, what it calls itself.
    user_agent="goldsport-scheduler",
)


def clients() -> "tuple[DynamoDBClient, S3Client]":
    """The clients that the engine works with."""
    s3 = boto3.client("s3", config=CALLS)
    s3.meta.events.register("request-created.s3.PutObject", _unannounced)
    return boto3.client("dynamodb", config=CALLS), s3


def _unannounced(request: "AWSRequest", **_: object) -> None:
    """Has a document sent at once: they are small, and it takes longer to wait until S3 says that it would take one."""
    del request.headers["Expect"]


@functools.cache
def engine() -> Engine:
    """The engine on this function's environment.

    Raises:
        SettingsError: An environment variable is missing or wrong.
    """
    return Engine(read_settings(os.environ), *clients())


if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    # Lambda gives a whole core while it loads the function, and a third of one later. What is wrong is told at the first event.
    with suppress(SettingsError):
        engine()


def main(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Process an S3 event, or do the night's work.

    Args:
        event: The notification of the input bucket; ``s3:TestEvent`` has nothing to do. Or the schedule's ``{"run": "daily"}``.
        context: Lambda's context; its request id goes into the log.

    Returns:
        ``{"records": [{"key", "outcome", "reason", "rows", "lessons", ...}]}``, one for each record.

    Raises:
        RetryError: Something failed that a retry can mend, after all other records were processed.
        SettingsError: An environment variable is missing or wrong.
    """
    logger.append_keys(request_id=getattr(context, "aws_request_id", None))
    try:
        return engine().run(event, _tell)
    except (RetryError, SettingsError) as error:
        logger.error(str(error))
        raise
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()


def _tell(outcome: Outcome) -> None:
    measured.record(metrics, outcome)
    is_odd = outcome.verdict == "rejected" or outcome.unknown_types or outcome.torn_days or outcome.refused_days
    level = logger.warning if is_odd else logger.info
    answer = outcome.as_answer()
    if outcome.code and outcome.kind in INSTRUCTOR_KINDS:
        # The sentence may quote an instructor's id: it is for the office, in the table, and not for the log.
        answer["reason"] = outcome.code
    what = "daily run" if outcome.kind == "daily" else "upload processed"
    level(what, extra={"upload": answer, "kind": outcome.kind, "unknown_types": outcome.unknown_types})
