"""A roster that waits for its instructors is taken in as soon as they are known, whatever else fails."""

import pytest

from exports import export, row
from faults import Refusing, meanwhile
from scheduler.engine import DAILY_EVENT
from scheduler.errors import RetryError

DAYS = ("2026-12-20", "2026-12-21", "2026-12-22")
PROFILES = "instructors/profiles.json"
PETR, BOTH = {"petr": {"name": "Petr"}}, {"petr": {"name": "Petr"}, "jana": {"name": "Jana"}}


def roster(day, instructor="jana"):
    return f"instructors/roster-{day}.json", {"date": day, "assignments": [{"instructor_id": instructor, "booking_ids": [f"b{day}"]}]}


@pytest.fixture
def waiting(school):
    """Rosters of two days wait for Jana."""
    school.upload(PROFILES, PETR)
    school.upload("orders/a.tsv", export(*(row(day=day, booking_id=f"b{day}", id_order=day[-2:]) for day in DAYS)))
    school.upload(*roster(DAYS[0], "petr"))
    assert [school.upload(*roster(day))["outcome"] for day in DAYS[1:]] == ["rejected"] * 2
    return school


def names(school):
    return [[lesson["instructor"] and lesson["instructor"]["name"] for lesson in school.day(day)["lessons"]] for day in DAYS]


@pytest.mark.parametrize(
    ("fails", "shown", "left"),
    [
        (DAYS[0], [["Petr"], ["Jana"], ["Jana"]], []),
        (DAYS[1], [["Pavel"], [None], ["Jana"]], [roster(DAYS[1])[0]]),
    ],
    ids=["a day of others", "the day of one of them"],
)
def test_a_day_that_fails_keeps_no_roster_of_another_day_waiting(waiting, fails, shown, left):
    event = waiting.put(PROFILES, BOTH | {"petr": {"name": "Pavel"}})
    with pytest.raises(RetryError, match=f"but not {fails}"):
        waiting.engine(dynamodb=Refusing(waiting.dynamodb, fails)).run({"Records": [event]})
    assert names(waiting) == shown
    assert [item["key"] for item in waiting.items("REJECTED").values()] == left
    waiting.deliver(event)
    assert names(waiting) == [["Pavel"], ["Jana"], ["Jana"]]
    assert waiting.items("REJECTED") == {}


def test_a_roster_that_cannot_be_read_keeps_no_other_waiting(waiting):
    def refuse():
        raise PermissionError

    event = waiting.put(PROFILES, BOTH)
    is_first = lambda params: params["Key"] == roster(DAYS[1])[0]  # noqa: E731
    with meanwhile(waiting.s3, "s3.GetObject", refuse, is_first), pytest.raises(RetryError, match=f"but not {DAYS[1]}"):
        waiting.run(event)
    assert names(waiting) == [["Petr"], [None], ["Jana"]]


@pytest.mark.parametrize("lost", ["key", "code", "etag"])
def test_a_record_that_cannot_be_read_keeps_no_other_roster_waiting(waiting, lost):
    key, item = min(waiting.items("REJECTED").items())
    waiting.replace(key, {name: value for name, value in item.items() if name != lost})
    event = waiting.put(PROFILES, BOTH)
    if lost == "etag":
        with pytest.raises(RetryError, match=f"but not {DAYS[1]}"):
            waiting.run(event)
    else:
        waiting.run(event)
    assert names(waiting) == [["Petr"], [None], ["Jana"]]


def test_the_night_takes_in_what_a_run_did_not_come_to(waiting):
    """The profiles came into force, and all tries of their event ended before the rosters' turn."""
    event = waiting.put(PROFILES, BOTH)
    twin = waiting.beginner()
    for key, item in waiting.items("REJECTED").items():
        twin.replace(key, item)
    waiting.run(event)
    for key in (("SOURCE#profiles", "LATEST"), ("INSTRUCTOR#jana", "PROFILE"), ("INSTRUCTOR#petr", "PROFILE")):
        twin.replace(key, waiting.items()[key])
    twin.upload("orders/b.tsv", export(*(row(day=day, booking_id=f"b{day}", id_order=day[-2:]) for day in DAYS)))
    assert names(twin) == [[None]] * 3
    assert "daily" in twin.engine().run(DAILY_EVENT)
    assert names(twin) == [[None], ["Jana"], ["Jana"]]
    assert twin.items("REJECTED") == {}
