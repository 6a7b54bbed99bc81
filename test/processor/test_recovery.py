"""The table is lost or set back, the index too, and the files come again: in whatever order, the documents end right."""

from itertools import permutations

import pytest

from aws import School
from exports import export, row
from test_at_once import check_index

PROFILES = ("instructors/profiles.json", {"jana": {"name": "Jana"}})
DAYS = ("2026-12-20", "2026-12-21", "2026-12-22", "2026-12-23")


def season(level, days=DAYS):
    return export(*(row(day=day, booking_id=f"b{day}", id_order=day[-2:], level=level) for day in days))


def roster(day):
    return f"instructors/roster-{day}.json", {"date": day, "assignments": [{"instructor_id": "jana", "booking_ids": [f"b{day}"]}]}


NEWEST = ("orders/9.tsv", season("newest", DAYS[:3]))
AGAIN = [NEWEST, PROFILES, roster(DAYS[0])]


@pytest.fixture(scope="module")
def written_often(clients):
    """Schools whose documents have been written several times, each the same, and a copy of their table as it once was."""
    school = School(*clients)
    school.upload(*PROFILES)
    school.upload("orders/1.tsv", season("first", DAYS[:2]))
    once = school.items()
    for number, level in enumerate(("second", "third", "fourth")):
        school.upload(f"orders/{number + 2}.tsv", season(level))
    school.upload(*roster(DAYS[0]))
    return school.copies(), once


@pytest.fixture
def before(written_often):
    schools, once = written_often
    return next(schools), once


def set_back(school, items):
    for key in school.items():
        school.replace(key, None)
    for key, item in items.items():
        school.replace(key, item)


def lessons(school):
    days = [entry["date"] for entry in school.index()["days"]]
    return {
        day: [(lesson["level"], lesson["instructor"] and lesson["instructor"]["name"]) for lesson in school.day(day)["lessons"]]
        for day in days
    }


EXPECTED = {DAYS[0]: [("newest", "Jana")], DAYS[1]: [("newest", None)], DAYS[2]: [("newest", None)]}


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize("index", ["kept", "lost"])
@pytest.mark.parametrize("table", ["lost", "restored", "kept"])
def test_the_newest_files_uploaded_again_in_any_order_end_right(before, table, index, order):
    school, once = before
    known = {day: school.day(day)["revision"] for day in DAYS}
    if table != "kept":
        set_back(school, {} if table == "lost" else once)
    if index == "lost":
        school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
    events = [school.put(*upload) for upload in AGAIN]
    for place in order:
        assert school.run(events[place])[0]["outcome"] in ("accepted", "rejected"), "a roster may wait for its instructors"
        if index == "kept":
            assert [entry["date"] for entry in school.index()["days"]] == list(DAYS), "no day is off the screen meanwhile"
    found = lessons(school)
    assert found.pop(DAYS[3], []) == []
    assert found == EXPECTED
    assert all(school.day(day)["revision"] > known[day] for day in EXPECTED)
    if index == "kept":
        check_index(school)


@pytest.mark.parametrize("upload", [PROFILES, roster(DAYS[0])], ids=["profiles", "a roster"])
@pytest.mark.parametrize("table", ["lost", "restored"])
def test_an_instructor_file_that_comes_first_blanks_no_screen(before, table, upload):
    school, once = before
    set_back(school, {} if table == "lost" else once)
    if table == "lost":
        school.upload(*PROFILES)
    shown = lessons(school)
    orders = school.index()["orders"]
    school.upload(*upload)
    assert lessons(school).keys() == shown.keys()
    assert table == "restored" or (lessons(school), school.index()["orders"]) == (shown, orders)


def test_the_events_of_lost_days_delivered_again_in_any_order_end_in_the_newest(before):
    school, once = before
    older, newer = school.put("orders/8.tsv", season("older")), school.put(*NEWEST)
    school.run(older, newer)
    expected = lessons(school)
    for table in ({}, once):
        for events in ((older, newer), (newer, older)):
            set_back(school, table)
            school.run(*events)
            school.upload(*PROFILES)
            school.upload(*roster(DAYS[0]))
            assert lessons(school) == expected
            check_index(school)


def test_a_document_of_the_same_revision_but_of_before_the_loss_is_replaced(before):
    """The table counts from one again, and comes to a revision that is there already, of another content."""
    school, _ = before
    school.upload("orders/a.tsv", season("x"))
    for entry in school.index()["days"]:
        school.s3.delete_object(Bucket=school.website, Key=entry["path"])
    set_back(school, {})
    school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
    school.upload("orders/b.tsv", season("other"))
    school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
    set_back(school, {})
    school.upload("orders/c.tsv", season("newest", DAYS[:1]))
    assert school.day(DAYS[0])["lessons"][0]["level"] == "newest"
    assert school.index()["days"][0]["revision"] == school.day(DAYS[0])["revision"] > 1


def test_after_a_lost_table_profiles_that_still_know_who_left_take_a_roster_in(school):
    """As docs/operations.md has it: nothing tells any more who left, so a roster that names them is rejected at first."""
    everybody, today = (PROFILES[0], PROFILES[1] | {"left": {"name": "Left"}}), PROFILES
    date, (key, named) = DAYS[0], roster(DAYS[0])
    named["assignments"].append({"instructor_id": "left", "booking_ids": [f"b{DAYS[1]}"]})
    for upload in (today, NEWEST):
        school.upload(*upload)
    assert school.upload(key, named)["outcome"] == "rejected"
    assert lessons(school)[date] == [("newest", None)]
    for upload in (everybody, today):
        assert school.upload(*upload)["outcome"] == "accepted"
    assert lessons(school)[date] == [("newest", "Jana")]
    assert school.items("REJECTED") == {}
