"""The embedded AWS: MiniStack on this machine, in a process of its own, with clients, tables and buckets on it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

REGION = "eu-central-1"
START_SECONDS = 60
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}

_ONE_TRY = Config(
    parameter_validation=False,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    max_pool_connections=20,
    # What a client calls itself is otherwise put together anew for each call, which is a fifth of its work.
    user_agent="tests",
)

_UNSIGNED = _ONE_TRY.merge(Config(signature_version=UNSIGNED))
"""Signing is a third of a call's work here, and the embedded AWS asks these tests for none: `test/e2e` goes with signatures and rights."""


@contextmanager
def embedded_aws(folder: Path) -> Iterator[str]:
    """Run MiniStack on a free port of this machine until the block ends, with its state in a folder; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        **ministack_settings(port),
        "BIND_HOST": "127.0.0.1",
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
        "TMPDIR": str(folder),
        "LOG_LEVEL": "ERROR",
    }
    with (folder / "ministack.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "ministack"], env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(process, address, folder / "ministack.log")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ministack_settings(port: int) -> dict[str, str]:
    """What MiniStack is told wherever it runs: its region and its port, and to open none for devices, which is open to every network."""
    return {"MINISTACK_REGION": REGION, "GATEWAY_PORT": str(port), "IOT_MTLS_ENABLED": "0"}


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    client = s3_client(address)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            client.list_buckets()
            return
        except BotoCoreError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"MiniStack did not start: {log.read_text()}") from None
            time.sleep(0.05)


@cache
def _session() -> boto3.Session:
    """Its clients give times as they come: nothing here looks at one, and to read those of S3 takes an eighth of getting an object."""
    session = botocore.session.Session()
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=str)
    return boto3.Session(botocore_session=session)


def dynamodb_client(address: str, *, signed: bool = False) -> "DynamoDBClient":
    """A client whose calls are made once, so that a test sees each of them; DynamoDB Local wants them signed."""
    config = _ONE_TRY if signed else _UNSIGNED
    return _session().client(
        "dynamodb", endpoint_url=address, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test", config=config
    )


def s3_client(address: str) -> "S3Client":
    """A client whose calls are made once, so that a test sees each of them."""
    return _session().client(
        "s3", endpoint_url=address, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test", config=_UNSIGNED
    )


def make_table(client: "DynamoDBClient", name: str) -> None:
    """Make a table like the data table."""
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}, {"AttributeName": "SK", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def make_bucket(client: "S3Client", name: str) -> None:
    """Make a bucket."""
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
