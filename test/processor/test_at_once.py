"""Runs at the same time, or in any order, end in the state of the newest upload of each kind."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from random import Random

import pytest

from aws import School
from exports import export, row
from scheduler.schedule import INDEX_KEY

JANA = {"jana": {"name": "Jana", "languages": ["cs"]}, "petr": {"name": "Petr"}}
JOHANA = {"jana": {"name": "Johana", "languages": ["de"]}, "petr": {"name": "Petr"}}


def roster(*instructors):
    return {"date": "2026-12-27", "assignments": [{"instructor_id": name, "booking_ids": [f"b{name}"]} for name in instructors]}


def season(number, *more):
    """An export that differs from the others in every way: days of its own, common days changed, a day that only some have."""
    rows = [
        row(day="2026-12-27", id_order="1", level=f"level {number}", booking_id="bjana"),
        row(day="2026-12-27", id_order="2", start="11:00", end="12:00", booking_id="bpetr"),
        row(day=f"2027-01-{number + 10}", id_order=str(number), booking_id="bjana"),
    ]
    return export(*rows, *more, *([row(day="2026-12-28", id_order="7")] if number % 2 else []))


ORDERS = [("orders/0.tsv", season(0)), ("orders/1.tsv", season(1))]
PROFILES = [("instructors/profiles.json", JANA), ("instructors/profiles.json", JOHANA)]
ROSTERS = [("instructors/roster-2026-12-27.json", roster("jana")), ("instructors/roster-2026-12-27.json", roster("petr", "jana"))]
LATER_ROSTER = ("instructors/roster-2027-01-11.json", roster("jana") | {"date": "2027-01-11"})
BEFORE = [("orders/0.tsv", season(3)), PROFILES[0], ROSTERS[0], LATER_ROSTER]


def end_state(school):
    """What a school ends in: revisions, hashes and days without lessons may tell of the way to it."""
    items = {}
    for key, item in school.items().items():
        if key[1] == "META":
            if not item["lessons"]:
                continue
            kept = {name: item[name] for name in ("lessons", "participants", "conflicts", "has_roster", "export_hash", "content_hash")}
        elif key[0].startswith("SOURCE"):
            kept = {name: item[name] for name in ("key", "uploaded_at")}
        else:
            kept = {name: value for name, value in item.items() if name != "bucket"}
        items[key] = kept
    documents = school.documents()
    lessons = {key: document["lessons"] for key, document in documents.items() if document.get("lessons")}
    return items, lessons, documents[INDEX_KEY]["orders"]


def check_index(school):
    """The index lists exactly what is in place."""
    documents = school.documents()
    listed = {day["path"]: (day["revision"], day["lessons"], day["participants"]) for day in documents.pop(INDEX_KEY)["days"]}
    found = {
        key: (document["revision"], len(document["lessons"]), sum(len(lesson["participants"]) for lesson in document["lessons"]))
        for key, document in documents.items()
    }
    assert listed == found


class Meanwhile:
    """Does something before call number ``at`` of a run, once."""

    def __init__(self, at, action):
        self.at = at
        self.action = action
        self.calls = 0
        self.acting = False

    def __call__(self, **_):
        if self.acting:
            return
        if self.calls == self.at:
            self.acting = True
            self.action()
            self.acting = False
        self.calls += 1


FIRST_PROFILES = "the first profiles and a roster"
PAIRS = {
    "an older export and a newer": (ORDERS[0], ORDERS[1]),
    "an export and profiles": (ORDERS[1], PROFILES[1]),
    "an export that only adds a day, and profiles": (("orders/1.tsv", season(3, row(day="2027-01-11", booking_id="bjana"))), PROFILES[1]),
    "an export and a roster": (ORDERS[1], ROSTERS[1]),
    "older profiles and newer": (PROFILES[0], PROFILES[1]),
    "profiles and a roster": (PROFILES[1], ROSTERS[1]),
    "an older roster and a newer": (ROSTERS[0], ROSTERS[1]),
    FIRST_PROFILES: (PROFILES[0], ROSTERS[1]),
}


@pytest.mark.every_step
@pytest.mark.parametrize("swapped", [False, True], ids=["", "the other way round"])
@pytest.mark.parametrize("pair", PAIRS)
def test_a_run_between_any_two_calls_of_another_does_no_harm(clients, pair, swapped):
    older, newer = PAIRS[pair]
    before = School(*clients)
    for upload in BEFORE[:1] if pair == FIRST_PROFILES else BEFORE:
        before.upload(*upload)
    first = before.put(*older)

    copies = before.copies()
    one_by_one = next(copies)
    one_by_one.run(first)
    one_by_one.upload(*newer)
    expected = end_state(one_by_one)

    at = 0
    while True:
        school = next(copies)
        school.restore(*older)
        if swapped:
            outer = school.put(*newer)
            meanwhile = Meanwhile(at, lambda school=school: school.deliver(first))
        else:
            outer = first
            meanwhile = Meanwhile(at, lambda school=school: school.deliver(school.put(*newer)))
        for client in clients:
            client.meta.events.register_first("before-call", meanwhile)
        try:
            school.deliver(outer)
        finally:
            for client in clients:
                client.meta.events.unregister("before-call", meanwhile)
        if meanwhile.calls <= at:
            break
        assert end_state(school) == expected, f"another run came before call {at}"
        check_index(school)
        at += 1
    assert at > 5


@pytest.mark.parametrize("seed", range(3))
def test_eight_exports_at_once_end_in_the_newest(clients, school, seed):
    records = [school.put(f"orders/{number}.tsv", season(number)) for number in range(8)]
    alone = School(*clients)
    alone.uploads = 7
    alone.upload("orders/7.tsv", season(7))
    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(lambda event: school.deliver(event)["outcome"], Random(seed).sample(records, 8)))
    assert outcomes <= {"accepted", "stale"}
    assert end_state(school) == end_state(alone)
    check_index(school)


def test_files_of_every_kind_end_the_same_in_every_order(clients):
    uploads = [ORDERS[1], PROFILES[1], ROSTERS[1]]
    states = []
    for order in permutations(range(3)):
        school = School(*clients)
        events = [school.put(*upload) for upload in uploads]
        for place in order:
            school.run(events[place])
        states.append(end_state(school))
    assert states[0][1]["data/days/2026-12-27.json"][0]["instructor"]["name"] == "Johana"
    assert all(state == states[0] for state in states)


@pytest.mark.parametrize("seed", range(3))
def test_late_doubled_and_parallel_events_end_in_the_newest_of_each_kind(clients, school, seed):
    choose = Random(seed)
    uploads = [*ORDERS, *PROFILES, *ROSTERS, ("orders/2.tsv", season(2)), ("orders/3.tsv", season(5)), PROFILES[0], ROSTERS[0]]
    choose.shuffle(uploads)
    records = [school.put(*upload) for upload in uploads]
    deliveries = records + choose.sample(records, 5)
    choose.shuffle(deliveries)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(school.deliver, deliveries))

    newest = {}
    for place, upload in enumerate(uploads):
        newest[upload[0].split("/")[0] if upload[0].startswith("orders") else upload[0]] = (place, upload)
    alone = School(*clients)
    for place, upload in newest.values():
        alone.uploads = place
        alone.upload(*upload)
    assert end_state(school) == end_state(alone)
    check_index(school)
