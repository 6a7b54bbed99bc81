"""Day after day of a season: the table and the bucket stop growing, past days leave, and nothing of long ago is found anywhere."""

import json
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from aws import School, record
from exports import export, row
from scheduler.schedule import INDEX_KEY
from state import check_consistent

ZONE = ZoneInfo("Europe/Prague")
FIRST_DAY = datetime(2026, 11, 20, 6, 0, tzinfo=ZONE)
DAYS, SHORT_DAYS = 75, 12
"""The sixty days after which nothing of a day may be left, and some more, so that there are days so long past."""

RETENTION_DAYS, SHORT_RETENTION_DAYS = 30, 4
INPUT_RETENTION = timedelta(days=30)
TTL_LAG = timedelta(days=2)
"""DynamoDB deletes an item within two days after it expired."""

GONE_AFTER, SHORT_GONE_AFTER = 61, 8
BOOKED_AHEAD = 14
"""Days ahead for which people book; an export holds them and the whole season before."""


class Life:
    """A school, its days, and the work that AWS does by itself: expired items and old uploads go."""

    def __init__(self, school, retention_days):
        self.school = school
        self.retention_days = retention_days
        self.choose = Random(60)
        self.sequencer = 0
        self.uploaded = {}

    def day(self, now):
        """One day: a roster for tomorrow, an export in the morning, at noon, in the evening, now and then something else or broken."""
        self.expire(now)
        if now == FIRST_DAY or now.day % 9 == 0:
            self.upload(now, "instructors/profiles.json", {"jana": {"name": f"Jana {now:%d%m}"}, "petr": {"name": "Petr"}}, "accepted")
        tomorrow = f"{now + timedelta(days=1):%Y-%m-%d}"
        entries = [{"instructor_id": "jana", "booking_ids": [f"b-{tomorrow}"]}]
        self.upload(now, f"instructors/roster-{tomorrow}.json", {"date": tomorrow, "assignments": entries}, "accepted")
        for hours in (1, 6, 12):
            later = now + timedelta(hours=hours)
            self.upload(later, f"orders/{later:%Y-%m-%d-%H}.tsv", self.season(now), "accepted")
        if now.day % 5 == 0:
            self.upload(now + timedelta(hours=13), f"orders/{now:%Y-%m-%d}-error.tsv", b"<!doctype html>", "rejected")

    def season(self, now):
        """All that was ever booked; of the days to come, some is cancelled or changed."""
        rows = []
        days = (now.date() - FIRST_DAY.date()).days + BOOKED_AHEAD
        for number in range(days):
            date = f"{FIRST_DAY + timedelta(days=number):%Y-%m-%d}"
            for order, start in enumerate(("09:00", "11:00", "13:00")):
                if date > f"{now:%Y-%m-%d}" and self.choose.random() < 0.1:
                    continue
                end = f"{start[:2]}:50"
                rows.append(
                    row(
                        day=date,
                        start=start,
                        end=end,
                        id_order=number * 10 + order,
                        name_participant=f"P{number}",
                        booking_id=f"b-{date}" if order == 0 else "",
                        location_meeting=self.choose.choice(["Stone bar", "Rýžoviště"]),
                    )
                )
        return export(*rows)

    def upload(self, when, key, content, expected):
        self.school.now = when
        self.sequencer += 1
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        etag = self.school.s3.put_object(Bucket=self.school.inbox, Key=key, Body=body)["ETag"]
        self.uploaded[key] = when
        event = record(self.school.inbox, key, etag, len(body), when.astimezone(ZoneInfo("UTC")), self.sequencer)
        [answer] = self.school.run(event, retention_days=self.retention_days)
        assert answer["outcome"] == expected, answer

    def expire(self, now):
        """What DynamoDB and S3 delete by themselves, as late as they may."""
        for key, item in self.school.items().items():
            if "expires_at" in item and item["expires_at"] <= (now - TTL_LAG).timestamp():
                self.school.replace(key, None)
        for key, when in list(self.uploaded.items()):
            if when < now - INPUT_RETENTION:
                self.school.s3.delete_object(Bucket=self.school.inbox, Key=key)
                del self.uploaded[key]


def test_nothing_grows_for_ever_and_nothing_past_stays(clients, contract, full, figures, progress):
    days, retention = (DAYS, RETENTION_DAYS) if full else (SHORT_DAYS, SHORT_RETENTION_DAYS)
    gone_after = GONE_AFTER if full else SHORT_GONE_AFTER
    life = Life(School(*clients), retention)
    items, published, size = [], [], []
    for number in range(days):
        progress(f"day {number + 1} of {days}")
        now = FIRST_DAY + timedelta(days=number)
        life.day(now)
        stored, documents = life.school.items(), life.school.documents()
        items.append(len(stored))
        published.append(len(documents))
        size.append(sum(len(json.dumps(item)) for item in stored.values()))
        check_past(stored, documents, now, gone_after)
    check_consistent(life.school, contract)
    settled = retention + int(TTL_LAG / timedelta(days=1)) + 2
    middle = (settled + days) // 2
    assert max(items[middle:]) <= max(items[settled:middle]) * 1.05, items
    assert max(size[middle:]) <= max(size[settled:middle]) * 1.05, size
    assert len(set(published[BOOKED_AHEAD:])) <= 2, published
    figures(
        "long-life",
        {
            "days": days,
            "items by day": items[:: max(1, days // 10)],
            "bytes by day": size[:: max(1, days // 10)],
            "documents by day": published[:: max(1, days // 10)],
            "uploads": life.sequencer,
        },
    )


def check_past(items, documents, now, gone_after):
    """No document of a day before yesterday is published, and of a day long past nothing at all is left."""
    yesterday = f"{now - timedelta(days=1):%Y-%m-%d}"
    listed = [day["path"] for day in documents[INDEX_KEY]["days"]]
    assert sorted(documents) == sorted([*listed, INDEX_KEY])
    assert all(path >= f"data/days/{yesterday}.json" for path in listed)
    long_past = f"{now - timedelta(days=gone_after):%Y-%m-%d}"
    everything = json.dumps([[list(key), item] for key, item in items.items()]) + json.dumps(documents)
    assert long_past not in everything, f"something of {long_past} is left"
