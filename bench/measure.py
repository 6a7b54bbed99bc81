"""Takes one measure, in a process of its own, and prints it as JSON: ``python bench/measure.py parsing``."""

import csv
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

from season import FIRST_DAY, export, one_lesson

ZONE = ZoneInfo("Europe/Prague")
NOW = datetime(2026, 12, 19, 6, 0, tzinfo=UTC)
ROUNDS = 7
INBOX = "input"
UPLOADER = {"uploaded-by": "office@example.com"}


def parsing() -> dict[str, float]:
    """Parse and group 100,000 rows, and a bare csv.reader over the same bytes. In seconds."""
    content = export(100_000)
    bare, ours = _best(lambda: _read_bare(content), lambda: _read(content))
    return {"bare": bare, "ours": ours}


def growth() -> dict[str, float]:
    """Parse and group exports of two sizes, and one lesson of two sizes. In seconds for a row."""
    sizes = {"rows_10000": export(10_000), "rows_100000": export(100_000), "lesson_400": one_lesson(400), "lesson_4000": one_lesson(4_000)}
    times = _best(*(lambda content=content: _read(content) for content in sizes.values()))
    return {name: seconds / int(name.split("_")[1]) for name, seconds in zip(sizes, times, strict=True)}


def importing() -> dict[str, float]:
    """Import the handler, and import boto3 and make two clients, in new processes. In seconds of processor time."""
    clients = "; ".join(["import boto3", *(f"boto3.client('{service}', region_name='eu-central-1')" for service in ("s3", "dynamodb"))])
    nothing, bare, ours = _best(lambda: _python("pass"), lambda: _python(clients), lambda: _python("import handler"), clock=_children)
    return {"bare": bare - nothing, "ours": ours - nothing}


def memory() -> dict[str, float]:
    """Take in 100,000 rows for the first time. The process's peak in MiB; in seconds."""
    with _aws() as run, tempfile.NamedTemporaryFile() as file:
        _python(f"import season; open({file.name!r}, 'wb').write(season.export(100_000))")
        before = _peak()
        seconds = run("orders/season.tsv", file)
        return {"before": before, "peak": _peak(), "seconds": seconds}


def ingest() -> dict[str, float]:
    """Take in 1,100 rows for the first time, warm, and the same again; the median of several schools. In seconds."""
    content = export(1_100)
    times: dict[str, list[float]] = {"first": [], "again": []}
    with _aws() as run:
        run("orders/warm.tsv", export(100))
        for _ in range(ROUNDS):
            run.new_school()
            times["first"].append(run("orders/first.tsv", content))
            times["again"].append(run("orders/again.tsv", content))
    return {name: statistics.median(values) for name, values in times.items()}


def requests() -> dict[str, dict[str, float]]:
    """What a season's files ask of S3 and DynamoDB: see ``requests_of``."""
    with _aws() as school:
        return requests_of(school)


def requests_of(school: "School") -> dict[str, dict[str, float]]:
    """What a season's files ask of S3 and DynamoDB: requests, and capacity units as DynamoDB counts them."""
    content = export(1_100)
    profiles = {f"i{number}": {"name": f"Instructor {number}"} for number in range(20)}
    roster = {"date": FIRST_DAY.isoformat(), "assignments": _assignments(content, list(profiles))}
    files: dict[str, tuple[str, bytes]] = {
        "the first export of a season": ("orders/first.tsv", content),
        "the same export again": ("orders/again.tsv", content),
        "an export in which 20 rows changed": ("orders/changed.tsv", _changed(content, 20)),
        "profiles of 20 instructors": ("instructors/profiles.json", json.dumps(profiles).encode()),
        "a day's roster": (f"instructors/roster-{FIRST_DAY}.json", json.dumps(roster).encode()),
    }
    return {what: school.counted(key, body) for what, (key, body) in files.items()}


def _assignments(content: bytes, instructors: list[str]) -> list[dict[str, Any]]:
    day = FIRST_DAY.strftime("%d.%m.%Y")
    rows = csv.DictReader(io.StringIO(content.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    bookings = sorted({row["booking_id"] for row in rows if row["date_lesson"] == day and row["booking_id"]})
    return [{"instructor_id": instructor, "booking_ids": [booking]} for instructor, booking in zip(instructors, bookings, strict=False)]


def _changed(content: bytes, rows: int) -> bytes:
    """The same export, in which that many rows have another meeting point."""
    parts = content.decode().split("\tStone bar\t", rows)
    return "\tRýžoviště\t".join(parts).encode()


class School:
    """The handler's engine on a table and a website of the embedded AWS; called with an upload, it tells how long the run took."""

    def __init__(self, address: str) -> None:
        import handler

        os.environ["AWS_ENDPOINT_URL"] = address
        self._dynamodb, self._s3 = handler.clients()
        self._schools = self._uploads = 0
        self._s3.create_bucket(Bucket=INBOX, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        self.new_school()

    def new_school(self) -> None:
        """Go on with a table and a website that are empty."""
        from embedded import make_bucket, make_table
        from scheduler.engine import Engine
        from scheduler.settings import Settings

        self._schools += 1
        table, website = f"data-{self._schools}", f"web-{self._schools}"
        make_table(self._dynamodb, table)
        make_bucket(self._s3, website)
        self._engine = Engine(Settings(table, website, ZONE), self._dynamodb, self._s3, clock=lambda: NOW)

    def __call__(self, key: str, content: bytes | IO[bytes]) -> float:
        """Upload a file and process it; gives how long the run took, in seconds."""
        self._uploads += 1
        # Commands, the office's page and the function that fetches say whose an upload is.
        etag = self._s3.put_object(Bucket=INBOX, Key=key, Body=content, Metadata=UPLOADER)["ETag"]
        stored = {"key": key, "size": 1, "eTag": etag.strip('"'), "sequencer": f"{self._uploads:018X}"}
        record = {
            "eventName": "ObjectCreated:Put",
            "eventTime": f"2026-12-19T05:00:00.{self._uploads:03}Z",
            "s3": {"bucket": {"name": INBOX}, "object": stored},
        }
        start = time.perf_counter()
        answer = self._engine.run({"Records": [record]})
        seconds = time.perf_counter() - start
        if answer["records"][0]["outcome"] != "accepted":
            raise RuntimeError(f"The export was not accepted: {answer}")
        return seconds

    def counted(self, key: str, content: bytes) -> dict[str, float]:
        """What a run asks: S3's writes and reads, DynamoDB's units. The embedded AWS does not count what batches and queries read."""
        counts = {"s3_writes": 0.0, "s3_reads": 0.0, "write_units": 0.0, "read_units": 0.0}

        def ask(params: dict[str, Any], **_: object) -> None:
            params["ReturnConsumedCapacity"] = "TOTAL"
            counts["read_units"] += sum(len(table["Keys"]) for table in params.get("RequestItems", {}).values())

        def count_units(parsed: dict[str, Any], model: "OperationModel", **_: object) -> None:
            if model.name == "BatchGetItem":
                items = [item for table in parsed["Responses"].values() for item in table]
                counts["read_units"] += sum(_reads(item) - 1 for item in items)
            elif model.name == "Query":
                counts["read_units"] += _reads(parsed["Items"])
            else:
                consumed = parsed.get("ConsumedCapacity") or []
                kind = "read_units" if model.name == "GetItem" else "write_units"
                counts[kind] += sum(one["CapacityUnits"] for one in (consumed if isinstance(consumed, list) else [consumed]))

        def count_request(model: "OperationModel", **_: object) -> None:
            counts["s3_reads" if model.name in ("GetObject", "HeadObject") else "s3_writes"] += 1

        hooks: list[tuple[BaseClient, str, Callable[..., None]]] = [
            (self._dynamodb, "provide-client-params.dynamodb", ask),
            (self._dynamodb, "after-call.dynamodb", count_units),
            (self._s3, "before-call.s3", count_request),
        ]
        for client, event, hook in hooks:
            client.meta.events.register(event, hook)
        try:
            self(key, content)
        finally:
            for client, event, hook in hooks:
                client.meta.events.unregister(event, hook)
        # The upload itself is the uploader's.
        counts["s3_writes"] -= 1
        return counts


def _reads(found: object) -> int:
    """The units of a consistent read: docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html."""
    return max(1, -(-len(json.dumps(found, ensure_ascii=False).encode()) // 4096))


@contextmanager
def _aws() -> Iterator[School]:
    from embedded import CREDENTIALS, embedded_aws

    os.environ.update(CREDENTIALS)
    with tempfile.TemporaryDirectory() as folder, embedded_aws(Path(folder)) as address:
        yield School(address)


def _read(content: bytes) -> None:
    from scheduler.lessons import group_rows, make_lessons
    from scheduler.orders import read_orders
    from scheduler.speed import uncollected

    # As scheduler.export does it.
    with uncollected():
        rows, _ = read_orders(io.BytesIO(content), ZONE)
        if not make_lessons(group_rows(rows)):
            raise RuntimeError("The export has no lesson.")


def _read_bare(content: bytes) -> None:
    file = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")
    for _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
        pass


def _python(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _best(*what: Callable[[], None], clock: Callable[[], float] = time.process_time) -> list[float]:
    """The shortest of several rounds of each, taken in turn, so that what else the machine does strikes all alike."""
    times: list[list[float]] = [[] for _ in what]
    for _ in range(ROUNDS):
        for taken, do in zip(times, what, strict=True):
            start = clock()
            do()
            taken.append(clock() - start)
    return [min(taken) for taken in times]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


MEASURES: dict[str, Callable[[], dict[str, Any]]] = {
    "parsing": parsing,
    "growth": growth,
    "importing": importing,
    "memory": memory,
    "ingest": ingest,
    "requests": requests,
}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]]()))
