"""What every night does without an upload."""

from datetime import timedelta

import pytest

from aws import NOW
from exports import export, row
from faults import failing_transaction, faults
from scheduler.engine import DAILY_EVENT
from scheduler.errors import RetryError

DAYS = ("2026-12-20", "2026-12-21", "2026-12-22")
CROWD = {f"i{number}": {"name": f"N{number}"} for number in range(150)}


def season(level="lyže", days=DAYS):
    return export(*(row(day=day, booking_id=f"b{day}", id_order=day[-2:], level=level) for day in days))


def night(school):
    answer = school.engine().run(DAILY_EVENT)
    assert answer["records"] == []
    return answer["daily"]


def levels(school):
    return [school.day(entry["date"])["lessons"][0]["level"] for entry in school.index()["days"]]


def test_documents_of_the_past_leave_without_an_upload_and_the_index_keeps_its_time(school):
    school.upload("orders/a.tsv", season())
    before = school.index()
    school.now = NOW + timedelta(days=2)
    night(school)
    assert school.published() == ["data/days/2026-12-21.json", "data/days/2026-12-22.json", "data/schedule.json"]
    assert school.index() == before | {"days": before["days"][1:]}
    school.now = NOW + timedelta(days=200)
    night(school)
    assert school.published() == ["data/schedule.json"]
    assert (school.index()["days"], school.index()["generated_at"]) == ([], before["generated_at"])


def test_a_document_that_nothing_knows_of_leaves_when_it_is_past(school):
    school.upload("orders/a.tsv", season())
    for key in school.items():
        school.replace(key, None)
    school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
    school.now = NOW + timedelta(days=5)
    night(school)
    assert [key for key in school.published() if key.startswith("data/days")] == []


def test_a_night_with_nothing_to_do_writes_nothing(school):
    school.upload("orders/a.tsv", season())
    before = school.items(), school.documents()
    answer = night(school)
    assert (answer["items_written"], answer["days_changed"], answer["days_unchanged"]) == (0, 0, 3)
    assert (school.items(), school.documents()) == before


def test_lessons_that_begin_without_an_instructor_become_conflicts_in_time(school):
    school.upload("orders/a.tsv", season())
    school.now = NOW + timedelta(days=1, hours=3)
    assert night(school)["conflicts"] == 3


@pytest.mark.parametrize("kind", ["META", "LESSON"])
def test_a_torn_day_is_mended_at_night(school, kind):
    school.upload("orders/a.tsv", season())
    [key] = [key for key in school.items(f"SCHEDULE#{DAYS[1]}") if key[1].startswith(kind)]
    school.replace(key, None)
    assert "torn_days" not in night(school)
    assert school.items(f"SCHEDULE#{DAYS[1]}").keys() >= {key}


def test_a_past_day_that_is_kept_for_longer_than_what_its_export_said_is_not_told_of(school):
    school.upload("orders/a.tsv", season())
    school.now = NOW + timedelta(days=1)
    school.engine(retention_days=60).run(DAILY_EVENT)
    school.now = NOW + timedelta(days=40)
    for key, item in school.items().items():
        if item.get("expires_at", school.now.timestamp()) < school.now.timestamp():
            school.replace(key, None)
    kinds = {key[1].split("#")[0] for key in school.items(f"SCHEDULE#{DAYS[0]}")}
    assert kinds >= {"META", "LESSON"} and "EXPORT" not in kinds
    assert "torn_days" not in school.engine(retention_days=60).run(DAILY_EVENT)["daily"]


def half_done(school):
    """An export in force of which the first day alone was written, in two steps: each lesson is a conflict, too."""
    school.upload("orders/a.tsv", season("old"))
    crowd = [(day, number) for day in DAYS for number in range(60)]
    rows = (row(day=day, id_order=100 + number, level="new", name_participant=f"P{number}") for day, number in crowd)
    event = school.put("orders/b.tsv", export(*rows))
    with failing_transaction(school, 4), pytest.raises(RetryError):
        school.run(event)
    return event


def test_a_half_done_export_is_completed_at_night(school):
    half_done(school)
    assert "torn_days" not in night(school)
    assert levels(school) == ["new"] * 3


def test_days_that_nothing_can_mend_are_named_until_the_next_export(school):
    event = half_done(school)
    school.restore("orders/b.tsv", b"<html>")
    for key in school.items():
        if key[1].startswith("EXPORT#"):
            school.replace(key, None)
    assert school.run(event)[0]["torn_days"] == [*DAYS[1:]]
    assert night(school)["torn_days"] == [*DAYS[1:]]
    assert school.upload("orders/b.tsv", season("newest"))["outcome"] == "accepted"
    assert levels(school) == ["newest"] * 3
    assert "torn_days" not in night(school)


def test_an_older_profiles_file_writes_nothing_once_a_newer_is_in_force(school):
    """Even the profiles that go before the pointer, as they are too many for one transaction."""
    older = school.put("instructors/profiles.json", CROWD)
    newer_content = {f"i{number}": {"name": f"Newer {number}"} for number in range(150)}
    calls = []

    def newer_comes(**_):
        calls.append(1)
        if len(calls) == 2:
            school.upload("instructors/profiles.json", newer_content)

    school.dynamodb.meta.events.register_first("before-call.dynamodb.TransactWriteItems", newer_comes, unique_id="newer")
    try:
        assert school.run(older)[0]["outcome"] == "stale"
    finally:
        school.dynamodb.meta.events.unregister("before-call.dynamodb.TransactWriteItems", unique_id="newer")
    names = {item["name"] for key, item in school.items().items() if key[1] == "PROFILE"}
    assert names == {profile["name"] for profile in newer_content.values()}


def test_what_fails_at_night_is_told_and_tried_again(school):
    school.upload("orders/a.tsv", season())
    with faults((school.dynamodb, school.s3), 1), pytest.raises(RetryError, match="daily run"):
        night(school)
