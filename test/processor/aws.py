"""A school on the embedded AWS: a table, two buckets, uploads and what came of them."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from embedded import REGION, make_bucket, make_table
from scheduler.engine import Engine
from scheduler.errors import RetryError
from scheduler.settings import Settings
from scheduler.wire import from_wire, key_on_wire, to_wire

NOW = datetime(2026, 12, 20, 6, 0, tzinfo=UTC)

_numbers = count(1)


class School:
    """A table, an input bucket and a website bucket of their own, and the engine on them."""

    def __init__(self, dynamodb, s3):
        self.dynamodb, self.s3 = dynamodb, s3
        self.now = NOW
        self.uploads = 0
        self.inbox = self._bucket("input")
        self._make_stores()

    def copy(self):
        """A school in the same state, with a table and a website of its own."""
        return next(self.copies())

    def copies(self):
        """As many copies as are asked for; what is to be copied is read once, so nothing may happen to this school meanwhile."""
        items = [{"PutRequest": {"Item": to_wire(item)}} for item in self.items().values()]
        keys = self.published()
        while True:
            twin = self.beginner()
            for start in range(0, len(items), 25):
                self.dynamodb.batch_write_item(RequestItems={twin.table: items[start : start + 25]})
            for key in keys:
                self.s3.copy_object(Bucket=twin.website, Key=key, CopySource={"Bucket": self.website, "Key": key})
            yield twin

    def beginner(self):
        """A school with the same uploads, of which none was processed yet."""
        twin = object.__new__(School)
        twin.__dict__.update(self.__dict__)
        twin._make_stores()
        return twin

    def _make_stores(self):
        self.website = self._bucket("web")
        self.table = f"data-{next(_numbers)}"
        make_table(self.dynamodb, self.table)

    def _bucket(self, what):
        name = f"{what}-{next(_numbers)}"
        make_bucket(self.s3, name)
        return name

    def settings(self, **changes):
        return Settings(self.table, self.website, ZoneInfo("Europe/Prague"), **changes)

    def engine(self, dynamodb=None, s3=None, **changes):
        return Engine(self.settings(**changes), dynamodb or self.dynamodb, s3 or self.s3, clock=lambda: self.now, wait=lambda attempt: None)

    def put(self, key, content, uploader=None):
        """Upload a file; gives the record of its event, each a second after the one before."""
        body = _bytes(content)
        said = {"Metadata": {"uploaded-by": uploader}} if uploader else {}
        etag = self.s3.put_object(Bucket=self.inbox, Key=key, Body=body, **said)["ETag"]
        self.uploads += 1
        return record(self.inbox, key, etag, len(body), NOW - timedelta(hours=1) + timedelta(seconds=self.uploads), self.uploads)

    def restore(self, key, content):
        """Put a file back where another one has replaced it, without an event."""
        self.s3.put_object(Bucket=self.inbox, Key=key, Body=_bytes(content))

    def replace(self, key, item):
        """Put or remove an item of the table behind the engine's back."""
        if item:
            self.dynamodb.put_item(TableName=self.table, Item=to_wire(item))
        else:
            self.dynamodb.delete_item(TableName=self.table, Key=key_on_wire(*key))

    def run(self, *records, **changes):
        return self.engine(**changes).run({"Records": list(records)})["records"]

    def deliver(self, event):
        """Process an event as Lambda does, and give its answer: what a retry can mend is tried twice more."""
        for _ in range(2):
            with suppress(RetryError):
                return self.run(event)[0]
        return self.run(event)[0]

    def upload(self, key, content, **changes):
        return self.run(self.put(key, content), **changes)[0]

    def items(self, pk=None):
        """The table's items by (PK, SK)."""
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=self.table)
        items = [from_wire(item) for page in pages for item in page["Items"]]
        return {(item["PK"], item["SK"]): item for item in items if pk in (None, item["PK"])}

    def published(self):
        return sorted(entry["Key"] for entry in self.s3.list_objects_v2(Bucket=self.website).get("Contents", []))

    def document(self, key):
        return json.loads(self.s3.get_object(Bucket=self.website, Key=key)["Body"].read())

    def index(self):
        return self.document("data/schedule.json")

    def day(self, date):
        return self.document(f"data/days/{date}.json")

    def documents(self):
        return {key: self.document(key) for key in self.published()}


def _bytes(content):
    return content if isinstance(content, bytes) else json.dumps(content).encode()


class Context:
    """What Lambda tells a function about its call."""

    aws_request_id = "request-1"


def record(bucket, key, etag, size, uploaded, sequencer):
    """A record of an S3 event as S3 writes it."""
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": uploaded.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "eventName": "ObjectCreated:Put",
        "s3": {
            "s3SchemaVersion": "1.0",
            "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"},
            "object": {"key": quote_plus(key, safe="/"), "size": size, "eTag": etag.strip('"'), "sequencer": f"{sequencer:018X}"},
        },
    }
