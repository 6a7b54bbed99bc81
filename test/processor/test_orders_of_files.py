"""Profiles that drop an instructor, and rosters that name one, end the same in every order."""

from itertools import permutations

import pytest

from aws import School
from exports import export, row
from test_at_once import check_index, end_state

DATE = "2026-12-27"
BOTH = {"jana": {"name": "Jana"}, "petr": {"name": "Petr"}}
SEASON = export(row(booking_id="bjana"), row(id_order="2", start="11:00", end="12:00", booking_id="bpetr"))
PROFILES, ROSTER = "instructors/profiles.json", f"instructors/roster-{DATE}.json"


def roster(*instructors):
    return {"date": DATE, "assignments": [{"instructor_id": name, "booking_ids": [f"b{name}"]} for name in instructors]}


@pytest.mark.parametrize(
    "uploads",
    [
        [(ROSTER, roster("jana", "petr")), (PROFILES, {"petr": BOTH["petr"]})],
        [(PROFILES, {"petr": BOTH["petr"]}), (ROSTER, roster("jana", "petr"))],
        [(ROSTER, roster("jana", "petr")), (PROFILES, {"petr": BOTH["petr"]}), ("orders/b.tsv", SEASON)],
    ],
    ids=["a roster, and then profiles that drop its instructor", "the other way round", "an export between them"],
)
def test_profiles_that_drop_an_instructor_end_the_same_in_every_order(clients, uploads):
    states = []
    for order in permutations(range(len(uploads))):
        school = School(*clients)
        for upload in [(PROFILES, BOTH), ("orders/a.tsv", SEASON), (ROSTER, roster("petr"))]:
            school.upload(*upload)
        events = [school.put(*upload) for upload in uploads]
        for place in order:
            school.run(events[place])
        check_index(school)
        states.append(end_state(school))
        assert [lesson["instructor"] and lesson["instructor"]["name"] for lesson in school.day(DATE)["lessons"]] == [None, "Petr"]
    assert all(state == states[0] for state in states)


def test_an_instructor_whom_no_profiles_ever_had_rejects_the_roster(school):
    school.upload(PROFILES, BOTH)
    school.upload(PROFILES, {"petr": BOTH["petr"]})
    school.upload(ROSTER, roster("petr"))
    assert school.upload(ROSTER, roster("jana", "nobody"))["outcome"] == "rejected"
    assert school.upload(ROSTER, roster("jana"))["outcome"] == "accepted"
    assert "jana" not in str(school.items("SOURCE#profiles")), "of one who left a hash alone is remembered"
