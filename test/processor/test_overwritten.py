"""An export is stopped half way, and its file is gone before the next try: the school ends as one export says, and never as half of two."""

import pytest

import scheduler.refresh
from aws import School
from exports import export, row
from faults import WRITES, failing_transaction, faults
from scheduler.engine import DAILY_EVENT
from scheduler.errors import RetryError

DAYS = ("2026-12-20", "2026-12-21", "2026-12-22")
KEY = "orders/season.tsv"


def season(level, days=DAYS):
    return export(*(row(day=day, id_order=day[-2:], level=level) for day in days))


def levels(school):
    """Of the days with lessons, as displays show them and as the table has them."""
    shown = {day["date"]: school.day(day["date"])["lessons"][0]["level"] for day in school.index()["days"] if day["lessons"]}
    stored = {item["starts_at"][:10]: item["level"] for key, item in school.items().items() if key[1].startswith("LESSON")}
    assert shown == stored
    return shown


def overwritten(school, event):
    """The booking system saves an error page as the export."""
    assert school.upload(KEY, b"<html>")["outcome"] == "rejected"


def deleted(school, event):
    school.s3.delete_object(Bucket=school.inbox, Key=KEY)


def tried_again(school, event):
    is_in_force = school.items("SOURCE#orders")["SOURCE#orders", "LATEST"]["sequencer"] == event["s3"]["object"]["sequencer"]
    answer = school.run(event)[0]
    assert (answer["outcome"], answer["rows"]["valid"]) == (("accepted", len(DAYS) - 1) if is_in_force else ("ignored", 0))


def night(school, event):
    assert "torn_days" not in school.engine().run(DAILY_EVENT)["daily"]


@pytest.fixture
def a_day_at_a_time(monkeypatch):
    """Each day goes in a transaction of its own, as those of a larger school do."""
    monkeypatch.setattr(scheduler.refresh, "ROOM", 3)


@pytest.fixture
def stopped(clients, a_day_at_a_time):
    """A school for each write at which the run of a second export can be stopped: before it took effect, and after."""
    before = School(*clients)
    before.upload(KEY, season("old"))
    event = before.put(KEY, season("new", DAYS[1:]))
    copies = before.copies()
    undisturbed = next(copies)
    with faults(clients) as watch:
        undisturbed.run(event)
    points = [(call, after) for call, name in enumerate(watch.calls) if name in WRITES for after in (False, True)]
    assert len(points) >= 2 * (1 + len(DAYS) + 1), "the pointer, each day, the index"

    def schools():
        for call, after in points:
            school = next(copies)
            school.restore(KEY, season("new", DAYS[1:]))
            with faults(clients, call, after), pytest.raises(RetryError):
                school.run(event)
            yield school, event, f"call {call} failed {'after' if after else 'before'} it took effect"

    return schools()


OLD, NEW = dict.fromkeys(DAYS, "old"), dict.fromkeys(DAYS[1:], "new")


@pytest.mark.every_step
@pytest.mark.parametrize("mended", [tried_again, night], ids=["the next try", "the night"])
@pytest.mark.parametrize("lost", [overwritten, deleted])
def test_what_was_begun_is_ended_though_the_file_is_gone(stopped, lost, mended):
    ends = []
    for school, event, point in stopped:
        lost(school, event)
        mended(school, event)
        ends.append(levels(school))
        assert ends[-1] in (OLD, NEW), point
    assert ends == sorted(ends, key=len, reverse=True), "the old one until the new one is in force, and the new one from then on"
    assert (ends[0], ends[1]) == (OLD, NEW)


@pytest.mark.every_step
def test_a_good_file_over_one_that_was_begun_is_all_that_counts(stopped):
    for school, event, point in stopped:
        school.upload(KEY, season("newest"))
        assert school.run(event)[0]["outcome"] == "stale"
        assert levels(school) == dict.fromkeys(DAYS, "newest"), point


def test_a_day_too_large_for_an_item_is_kept_in_parts(school, monkeypatch, a_day_at_a_time):
    monkeypatch.setattr("scheduler.packing.PART", 100)
    school.upload(KEY, season("old"))
    event = school.put(KEY, season("new", DAYS[1:]))
    with failing_transaction(school, 2), pytest.raises(RetryError):
        school.run(event)
    parts = [key for key in school.items() if key[1].startswith("EXPORT#")]
    assert len(parts) > len(DAYS)
    deleted(school, event)
    twin = school.copy()
    tried_again(school, event)
    assert levels(school) == NEW
    twin.replace(parts[-1], None)
    assert twin.run(event)[0]["torn_days"] == [parts[-1][0].removeprefix("SCHEDULE#")], "half of what was said says nothing"


@pytest.mark.parametrize("days", [50, 130], ids=["at once", "in several transactions"])
def test_only_what_the_export_in_force_says_is_kept(school, days):
    dates = [f"2027-{1 + number // 28:02}-{1 + number % 28:02}" for number in range(days)]
    school.upload(KEY, season("old", dates))
    school.upload(KEY, season("new", dates[1:]))
    kept = [key for key in school.items() if key[1].startswith("EXPORT#")]
    assert sorted(key[0] for key in kept) == [f"SCHEDULE#{date}" for date in dates[1:]]
