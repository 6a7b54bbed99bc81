"""What a run costs: requests and items, counted on the embedded AWS."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from embedded import CREDENTIALS
from exports import export, row
from faults import READS, WRITES, faults
from measure import School, requests_of
from scheduler.schedule import INDEX_KEY
from scheduler.store import TORN_AFTER

HUNDRED_DAYS = [(date(2026, 12, 24) + timedelta(number)).isoformat() for number in range(100)]
MANY = 12


def season(**first):
    rows = [row(day=day, id_order=str(number), name_participant=f"P{number}") for number, day in enumerate(HUNDRED_DAYS)]
    rows.append(row(day=HUNDRED_DAYS[0], id_order="900", name_participant="Ota", start="11:00", end="12:00"))
    return export({**rows[0], **first}, *rows[1:])


@pytest.fixture
def watched(school):
    """Uploads a file and gives the answer, what was called, and which items of the table differ after it."""

    def upload(key, content):
        event = school.put(key, content)
        before = school.items()
        with faults((school.dynamodb, school.s3)) as watch:
            answer = school.run(event)[0]
        after = school.items()
        return answer, watch, {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}

    return upload


def test_the_same_export_again_costs_four_reads_for_a_hundred_days_and_writes_no_day(watched):
    watched("orders/a.tsv", season())
    answer, watch, changed = watched("orders/b.tsv", season())
    assert len(watch.of(*READS)) <= 4
    assert watch.of(*WRITES) == ["TransactWriteItems", "PutObject"]
    assert changed == {("SOURCE#orders", "LATEST")}
    assert (answer["items_written"], answer["days_changed"], answer["days_unchanged"]) == (1, 0, 100)


def test_days_that_nothing_tells_of_are_not_read(watched, school):
    school.upload(f"instructors/roster-{HUNDRED_DAYS[1]}.json", {"date": HUNDRED_DAYS[1], "assignments": []})
    school.replace((f"SCHEDULE#{HUNDRED_DAYS[1]}", "META"), None)
    answer, watch, _ = watched("orders/a.tsv", season())
    assert (answer["days_changed"], len(watch.of("Query"))) == (100, TORN_AFTER)


def test_one_changed_row_costs_its_lesson_its_days_meta_what_is_kept_of_the_day_the_pointer_and_two_objects(watched):
    watched("orders/a.tsv", season())
    answer, watch, changed = watched("orders/b.tsv", season(level="changed"))
    day = f"SCHEDULE#{HUNDRED_DAYS[0]}"
    kinds = Counter((pk, sk.split("#")[0]) for pk, sk in changed)
    assert kinds == {("SOURCE#orders", "LATEST"): 1, (day, "META"): 1, (day, "LESSON"): 1, (day, "EXPORT"): 2}
    assert answer["items_written"] == len(changed)
    assert watch.of(*WRITES) == ["TransactWriteItems", "TransactWriteItems", "PutObject", "PutObject"]


def test_the_same_roster_and_profiles_again_change_no_document(watched):
    watched("orders/a.tsv", export(row(booking_id="b1")))
    profiles = {"jana": {"name": "Jana"}}
    roster = {"date": "2026-12-27", "assignments": [{"instructor_id": "jana", "booking_ids": ["b1"]}]}
    watched("instructors/profiles.json", profiles)
    watched("instructors/roster-2026-12-27.json", roster)
    _, _, changed = watched("instructors/profiles.json", profiles)
    assert changed == {("SOURCE#profiles", "LATEST")}
    answer, watch, changed = watched("instructors/roster-2026-12-27.json", roster)
    assert changed == {("SCHEDULE#2026-12-27", "ROSTER"), ("SCHEDULE#2026-12-27", "META")}
    assert (answer["days_changed"], watch.of("PutObject")) == (0, ["PutObject"])


def test_the_items_written_are_those_that_differ(watched):
    watched("orders/a.tsv", export(row(), row(id_order="2", start="11:00", end="12:00"), row(day="2026-12-28")))
    answer, _, changed = watched("orders/b.tsv", export(row(level="x"), row(day="2026-12-29")))
    assert answer["items_written"] == len(changed) == 12


def test_a_roster_that_loses_the_index_to_others_reads_no_day_again(school):
    """Only one of many at once can write it; the others look at what it says then, not at the days that it lists."""
    days = HUNDRED_DAYS[:MANY]
    school.upload("orders/a.tsv", export(*(row(day=day, booking_id=day) for day in days)))
    school.upload("instructors/profiles.json", {"jana": {"name": "Jana"}})
    rosters = {day: {"date": day, "assignments": [{"instructor_id": "jana", "booking_ids": [day]}]} for day in days}
    events = [school.put(f"instructors/roster-{day}.json", roster) for day, roster in rosters.items()]
    everybody, steps = threading.Barrier(MANY, timeout=60), threading.local()

    def wait_for_everybody(model, params, **_):
        """Before the first write of a day, so that all have read the days by then, and before the first of the index."""
        step = (model.name, params.get("Key"))
        if step in (("TransactWriteItems", None), ("PutObject", INDEX_KEY)) and not hasattr(steps, model.name):
            setattr(steps, model.name, True)
            everybody.wait()

    for client in (school.dynamodb, school.s3):
        client.meta.events.register_first("provide-client-params", wait_for_everybody, unique_id="everybody")
    with faults((school.dynamodb, school.s3)) as watch, ThreadPoolExecutor(MANY) as pool:
        outcomes = [answer["outcome"] for answer in pool.map(lambda event: school.deliver(event), events)]
    for client in (school.dynamodb, school.s3):
        client.meta.events.unregister("provide-client-params", unique_id="everybody")
    assert outcomes == ["accepted"] * MANY
    assert len(watch.of("PutObject")) > 2 * MANY, "they lost it to one another"
    assert len(watch.of("Query", "HeadObject")) <= 3 * MANY


def test_a_run_asks_what_the_costs_of_a_school_are_made_of(address, monkeypatch):
    for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": address}.items():
        monkeypatch.setenv(name, value)
    known = json.loads((Path(__file__).parents[2] / "bench/requests.json").read_text())
    counted = {what: counts for what, counts in known.items() if "fetch" not in what}
    assert requests_of(School(address)) == counted, "`npm run scale` counts anew"
