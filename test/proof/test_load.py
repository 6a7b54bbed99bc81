"""A school ten times as large uploads its season every five minutes of a day."""

import json
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from statistics import median

from aws import NOW, School, record
from changing_season import ChangingSeason
from faults import faults
from state import check_consistent

ROWS, SHORT_ROWS = 11_000, 600
UPLOADS, SHORT_UPLOADS = 288, 12
EVERY = timedelta(minutes=5)
CHANGED_ROWS = (0, 0, 1, 3, 12)
"""How many rows differ from one upload to the next: a booking office's five minutes."""

REQUESTS_OF_A_QUIET_UPLOAD = 8
"""Pointers, METAs of 60 days, the export, the index twice, and the pointer to the export."""

ITEMS_OF_A_CHANGED_LESSON = 8
"""The lesson put or deleted, its day's META, and conflicts that come or go with it."""

ITEMS_OF_A_DUE_LESSON = 2
"""A conflict and its day's META: a day before it starts, a lesson should have an instructor."""

A_DAY = timedelta(days=1)


def test_a_day_of_uploads_costs_what_changed_and_leaves_no_more_than_it_began_with(clients, contract, full, figures, progress):
    school, season = School(*clients), ChangingSeason(ROWS if full else SHORT_ROWS)
    uploads = UPLOADS if full else SHORT_UPLOADS
    first = upload(school, season, 0)
    start = size_of(school)
    costs = []
    for number in range(1, uploads + 1):
        progress(f"upload {number} of {uploads}")
        lessons = season.change(CHANGED_ROWS[number % len(CHANGED_ROWS)])
        cost = upload(school, season, number)
        due = season.starting(school.now + A_DAY - EVERY, school.now + A_DAY)
        allowed = 1 + ITEMS_OF_A_CHANGED_LESSON * lessons + ITEMS_OF_A_DUE_LESSON * due
        assert cost["items"] <= allowed, f"upload {number} changed {lessons} lessons, {due} became due: {cost}"
        if lessons == due == 0:
            assert cost["requests"] <= REQUESTS_OF_A_QUIET_UPLOAD, f"upload {number} changed nothing: {cost}"
        costs.append((lessons, cost))
    end = size_of(school)
    check_consistent(school, contract)
    fresh = size_of_fresh(school, season, uploads)
    assert end["items"] == fresh["items"], "something of an earlier upload was left"
    assert end["bytes"] < fresh["bytes"] * 1.01
    assert end["document bytes"] < fresh["document bytes"] * 1.01
    quiet = [cost for lessons, cost in costs if lessons == 0]
    busy = [cost for lessons, cost in costs if lessons]
    figures(
        "load",
        {
            "rows": ROWS if full else SHORT_ROWS,
            "uploads": uploads,
            "first upload": first,
            "upload without a change": medians(quiet),
            "upload with changes": medians(busy),
            "all day": {name: sum(cost[name] for _, cost in costs) for name in first},
            "lessons changed": sum(lessons for lessons, _ in costs),
            "table at the start": start,
            "table at the end": end,
            "a table that saw the last upload only": fresh,
        },
    )


def upload(school, season, number):
    """Uploads the season as it is, five minutes after the one before; gives what it cost."""
    content = season.content()
    school.now = NOW + EVERY * number
    key = f"orders/{number:04}.tsv"
    etag = school.s3.put_object(Bucket=school.inbox, Key=key, Body=content)["ETag"]
    event = record(school.inbox, key, etag, len(content), school.now, number)
    clients = school.dynamodb, school.s3
    with faults(clients) as watch, bytes_sent(clients) as sent:
        started = time.perf_counter()
        [answer] = school.run(event)
        seconds = time.perf_counter() - started
    assert answer["outcome"] == "accepted"
    # The lifecycle of the bucket would delete it in a month.
    school.s3.delete_object(Bucket=school.inbox, Key=key)
    return {"requests": len(watch.calls), "items": answer["items_written"], "bytes written": sent.total(), "seconds": seconds}


def size_of_fresh(school, season, number):
    """What a school holds that saw nothing but the last upload."""
    fresh = school.beginner()
    upload(fresh, season, number)
    return size_of(fresh)


@contextmanager
def bytes_sent(clients):
    """Counts the bytes of what is written, by the name of the call."""
    sent = Counter()

    def count(request, event_name, **_):
        call = event_name.rsplit(".", 1)[-1]
        if call in ("TransactWriteItems", "PutItem", "PutObject"):
            sent[call] += int(request.headers.get("Content-Length", 0))

    for client in clients:
        client.meta.events.register_last("before-send", count)
    try:
        yield sent
    finally:
        for client in clients:
            client.meta.events.unregister("before-send", count)


def size_of(school):
    """How much the table and the documents hold."""
    items = school.items().values()
    documents = school.documents()
    return {
        "items": len(items),
        "bytes": sum(len(json.dumps(item, ensure_ascii=False).encode()) for item in items),
        "documents": len(documents),
        "document bytes": sum(len(json.dumps(document, ensure_ascii=False).encode()) for document in documents.values()),
    }


def medians(costs):
    """The usual cost."""
    return {name: median(cost[name] for cost in costs) for name in costs[0]}
