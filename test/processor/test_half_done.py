"""Whatever call of a run fails, the retry ends in the state of a run that nothing disturbed."""

from datetime import timedelta

import pytest

from aws import NOW, School
from exports import export, row
from faults import WRITES, faults
from scheduler.errors import RetryError

PROFILES = {"jana": {"name": "Jana", "languages": ["cs"]}, "petr": {"name": "Petr"}, "old": {"name": "Old"}}
ROSTER = {"date": "2026-12-21", "assignments": [{"instructor_id": "jana", "booking_ids": ["b21"]}]}


def season(*days, **changes):
    return export(*(row(day=day, booking_id=f"b{day[-2:]}", id_order=f"40{day[-2:]}", **changes) for day in days))


def crowd(lessons):
    return [row(day="2026-12-22", id_order=str(number), name_participant=f"P{number}") for number in range(lessons)]


SCENARIOS = {
    "a first export": ([], ("orders/b.tsv", season("2026-12-20", "2026-12-21"))),
    "an export that changes, adds, cancels days while one becomes past": (
        [("orders/a.tsv", season("2026-12-19", "2026-12-20", "2026-12-21", "2026-12-22"))],
        ("orders/b.tsv", season("2026-12-20", "2026-12-21", "2026-12-23", level="jiná")),
    ),
    "an export of a day too large for one transaction": (
        [("orders/a.tsv", export(*crowd(60)))],
        ("orders/b.tsv", export(*crowd(140)[30:], row(day="2026-12-22", id_order="900"))),
    ),
    "new profiles": (
        [("orders/a.tsv", season("2026-12-21")), ("instructors/profiles.json", PROFILES), ("instructors/roster-2026-12-21.json", ROSTER)],
        ("instructors/profiles.json", {"jana": {"name": "Johana"}, "new": {"name": "New"}}),
    ),
    "profiles that let a rejected roster in": (
        [("orders/a.tsv", season("2026-12-21")), ("instructors/roster-2026-12-21.json", ROSTER)],
        ("instructors/profiles.json", PROFILES),
    ),
    "a roster": (
        [("orders/a.tsv", season("2026-12-21")), ("instructors/profiles.json", PROFILES)],
        ("instructors/roster-2026-12-21.json", ROSTER),
    ),
    "a rejected export": ([("orders/a.tsv", season("2026-12-21"))], ("orders/b.tsv", b"<html>")),
}


def state(school):
    """Everything that is stored."""
    return school.items(), school.documents()


@pytest.mark.every_step
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_crash_point_heals(clients, scenario):
    earlier, last = SCENARIOS[scenario]
    before = School(*clients)
    for key, content in earlier:
        before.upload(key, content)
    before.now = NOW + timedelta(days=1)
    event = before.put(*last)

    copies = before.copies()
    undisturbed = next(copies)
    with faults(clients) as watch:
        undisturbed.run(event)
    expected = state(undisturbed)
    for call, name in enumerate(watch.calls):
        for after in (False, True) if name in WRITES else (False,):
            school = next(copies)
            with faults(clients, call, after), pytest.raises(RetryError):
                school.run(event)
            school.run(event)
            assert state(school) == expected, f"call {call} of {watch.calls} failed {'after' if after else 'before'} it took effect"


def test_an_instructor_upload_meanwhile_publishes_no_half_of_a_day(clients):
    """A day too large for one transaction is half written when a roster comes; the displays keep what they showed until it is whole."""
    school = School(*clients)
    school.upload("instructors/profiles.json", PROFILES)
    school.upload("orders/a.tsv", export(*crowd(20)))
    shown = school.day("2026-12-22")
    event = school.put("orders/b.tsv", export(*(line | {"booking_id": "b"} for line in crowd(250))))
    twin = school.copy()
    with faults(clients) as watch:
        twin.run(event)
    last_step = max(number for number, name in enumerate(watch.calls) if name == "TransactWriteItems")
    with faults(clients, last_step), pytest.raises(RetryError):
        school.run(event)
    assert 20 < len([key for _, key in school.items() if key.startswith("LESSON#")]) < 250

    roster = {"date": "2026-12-22", "assignments": [{"instructor_id": "jana", "booking_ids": ["b"]}]}
    assert school.upload("instructors/roster-2026-12-22.json", roster)["outcome"] == "accepted"
    assert school.day("2026-12-22") == shown
    assert [day["lessons"] for day in school.index()["days"]] == [20]

    school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
    school.upload("instructors/profiles.json", {**PROFILES, "jana": {"name": "Johana"}})
    assert [(day["revision"], day["lessons"]) for day in school.index()["days"]] == [(shown["revision"], 20)], "with the index lost, too"

    school.run(event)
    lessons = school.day("2026-12-22")["lessons"]
    assert [lesson["instructor"]["name"] for lesson in lessons] == ["Johana"] * 250
