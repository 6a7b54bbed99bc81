"""Profiles that are more than a transaction holds are in force as a whole, whatever stops the run that writes them."""

import pytest

from aws import School
from exports import export, row
from faults import WRITES, failing_transaction, faults
from scheduler.engine import DAILY_EVENT
from scheduler.errors import RetryError
from scheduler.items import PROFILES_SOURCE, Source, instructor_hash
from scheduler.profiles_run import MOST_REMEMBERED, _source
from scheduler.uploads import Upload
from scheduler.wire import to_wire

PROFILES = "instructors/profiles.json"
DAYS = ("2026-12-20", "2026-12-21", "2026-12-22")
TAUGHT = ("i0", "i99", "gone")
OLD = {f"i{number}": {"name": "Old"} for number in range(150)} | {"gone": {"name": "Old"}}
NEW = {f"i{number}": {"name": "New"} for number in range(150)}


def season(level="lyže"):
    return export(*(row(day=day, booking_id=f"b{day}", id_order=day[-2:], level=level) for day in DAYS))


@pytest.fixture
def before(clients):
    school = School(*clients)
    school.upload(PROFILES, OLD)
    school.upload("orders/a.tsv", season())
    for day, who in zip(DAYS, TAUGHT, strict=True):
        entry = {"instructor_id": who, "booking_ids": [f"b{day}"]}
        school.upload(f"instructors/roster-{day}.json", {"date": day, "assignments": [entry]})
    return school


def names(school):
    return [lesson["instructor"] and lesson["instructor"]["name"] for day in DAYS for lesson in school.day(day)["lessons"]]


def stored(school):
    items = school.items().values()
    return {item["id"]: item["name"] for item in items if item["SK"] == "PROFILE"}, [
        item["SK"] for item in items if "WRITING" in item["SK"]
    ]


def end_by_retry(school, event):
    return school.run(event)[0]["outcome"]


def end_by_night(school, event):
    return school.engine().run(DAILY_EVENT)["daily"]["outcome"]


@pytest.mark.every_step
@pytest.mark.parametrize("end", [end_by_retry, end_by_night])
def test_what_was_begun_is_ended_though_a_broken_file_came_over_it(clients, before, end):
    event = before.put(PROFILES, NEW)
    copies = before.copies()
    undisturbed = next(copies)
    with faults(clients) as watch:
        undisturbed.run(event)
    assert (names(undisturbed), stored(undisturbed)) == (["New", "New", None], ({identity: "New" for identity in NEW}, []))
    ends = []
    for call, name in enumerate(watch.calls):
        for after in (False, True) if name in WRITES else ():
            school = next(copies)
            school.restore(PROFILES, NEW)
            with faults(clients, call, after), pytest.raises(RetryError):
                school.run(event)
            school.upload("orders/b.tsv", season("while it is half done"))
            meanwhile = names(school)
            school.upload(PROFILES, b"{")
            end(school, event)
            ends.append(names(school) == ["New", "New", None])
            assert meanwhile == names(school), f"call {call}: shown as a whole from the beginning"
            kept = NEW if ends[-1] else OLD
            assert stored(school) == ({identity: entry["name"] for identity, entry in kept.items()}, []), f"call {call}"
    assert ends == [False] + [True] * (len(ends) - 1), "the old ones until the new ones are in force, and the new ones from then on"


def test_the_next_profiles_end_what_was_begun_and_leave_nobody_behind(before):
    event = before.put(PROFILES, NEW)
    with failing_transaction(before, 3), pytest.raises(RetryError):
        before.run(event)
    assert len(stored(before)[1]) == 1
    before.upload(PROFILES, {"jana": {"name": "Jana"}, "i0": {"name": "Newest"}})
    assert stored(before) == ({"jana": "Jana", "i0": "Newest"}, [])
    assert names(before) == ["Newest", None, None]
    assert before.run(event)[0]["outcome"] == "stale"


def test_they_are_cut_where_an_item_does_not_take_them(before, monkeypatch):
    monkeypatch.setattr("scheduler.packing.PART", 200)
    event = before.put(PROFILES, NEW)
    with failing_transaction(before, 3), pytest.raises(RetryError):
        before.run(event)
    assert len(stored(before)[1]) > 1
    before.engine().run(DAILY_EVENT)
    assert stored(before) == ({identity: "New" for identity in NEW}, [])


def test_of_those_who_left_so_many_are_remembered_as_the_pointer_takes():
    """A file holds some 15,000 at most."""
    upload = [Upload("b", PROFILES, "e" * 32, 1, f"2026-12-20T05:00:0{number}.000Z", "A" * 16) for number in range(3)]
    crowd = tuple(f"{number:05}" for number in range(15_000))
    first = Source(upload[0], ("jana",))
    second = _source(upload[1], {}, Source(upload[0], crowd, former={instructor_hash("jana"): upload[0].uploaded_at}))
    assert len(second.former) == MOST_REMEMBERED
    third = _source(upload[2], {}, Source(upload[1], ("petr",), former=second.former))
    assert third.knows("petr")
    assert not third.knows("jana")
    assert _source(upload[1], {}, first).knows("jana")
    longest = tuple(f"{number:0256}" for number in range(1_000))
    assert _bytes(to_wire(Source(upload[1], longest, former=second.former).item(PROFILES_SOURCE))) < 390_000
    assert _bytes(to_wire(Source(upload[1], crowd, former=second.former).item(PROFILES_SOURCE))) < 390_000


def _bytes(value):
    """About what DynamoDB counts: texts, and some bytes for each element; rather more."""
    if isinstance(value, dict):
        return sum(len(key) + 3 + _bytes(each) for key, each in value.items())
    return sum(map(_bytes, value)) if isinstance(value, list) else len(str(value).encode())
