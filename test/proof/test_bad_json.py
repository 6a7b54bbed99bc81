"""Whatever is uploaded as profiles or a roster: no run fails, no lesson is lost, and nothing broken is published."""

from collections import Counter

import pytest

from aws import School
from export_mutations import good_export
from json_mutations import LIMIT, mutated_json
from scheduler.errors import FileRejectedError
from scheduler.instructors import read_profiles, read_roster
from state import every_byte

JSONS, SHORT_JSONS = range(4_000), range(200)
STORED_EVERY = 8
"""Every eighth mutation goes the whole way, through the buckets and the table; the others are read only."""

DATE = "2026-12-21"
PROFILES_KEY, ROSTER_KEY = "instructors/profiles.json", f"instructors/roster-{DATE}.json"
PROFILES = {
    "jana": {"name": "Jana", "photo": "photos/jana.jpg", "languages": ["cs", "de"]},
    "petr": {"name": "Petr", "levels": ["lyže pokročilý"], "active": False, "absences": [DATE, "2026-12-22"]},
}
ROSTER = {
    "date": DATE,
    "assignments": [
        {"instructor_id": "jana", "booking_ids": ["booking-3", "booking-9"], "time_slots": ["09:00", "12:03"]},
        {"instructor_id": "petr", "lesson_ids": ["0123456789ab"]},
    ],
}
FILES = {
    "profiles": (PROFILES_KEY, PROFILES, read_profiles),
    "roster": (ROSTER_KEY, ROSTER, lambda content: read_roster(content, DATE, PROFILES.keys())),
}


@pytest.fixture
def school(clients):
    school = School(*clients)
    for upload in [(PROFILES_KEY, PROFILES), ("orders/good.tsv", good_export()), (ROSTER_KEY, ROSTER)]:
        assert school.upload(*upload)["outcome"] == "accepted"
    return school


@pytest.mark.parametrize("kind", FILES)
def test_no_mutated_file_does_harm(school, contract, kind, full, seeds, figures, progress):
    key, good, read = FILES[kind]
    chosen = seeds(JSONS if full else SHORT_JSONS)
    results = Counter()
    lessons = lessons_of(school)
    for seed in chosen:
        progress(f"mutated {kind} {seed} of {len(chosen)}")
        content = mutated_json(seed, good)
        try:
            outcome = outcome_of(read, content)
            if seed % STORED_EVERY == 0:
                assert store(school, key, content) == outcome
                assert lessons_of(school) == lessons, "lessons were lost"
                for document in school.documents().values():
                    contract(document)
                if outcome == "accepted":
                    assert school.upload(key, good)["outcome"] == "accepted"
        except BaseException as error:
            error.add_note(f"{content[:300]!r}. Again: npm run proof -- bad-json --seed {seed}")
            raise
        results[f"{kind} {outcome}"] += 1
    assert {f"{kind} accepted", f"{kind} rejected"} <= results.keys() or len(chosen) == 1
    figures("bad-json", {f"{kind} files": len(chosen), f"{kind} files stored": len(chosen) // STORED_EVERY, **results})


def outcome_of(read, content):
    """What the rules say of a file."""
    if len(content) > LIMIT:
        return "rejected"
    try:
        read(content)
    except FileRejectedError:
        return "rejected"
    return "accepted"


def store(school, key, content):
    """Uploads a file; where it is rejected, checks that all stays as it was."""
    before = every_byte(school)
    outcome = school.upload(key, content)["outcome"]
    if outcome == "rejected":
        items, documents = every_byte(school)
        [new] = items.keys() - before[0].keys()
        assert new[0] == "REJECTED"
        del items[new]
        assert (items, documents) == before, "a rejected file changed something"
        school.replace(new, None)
    return outcome


def lessons_of(school):
    """All that is published, but for who teaches."""
    return {day["date"]: [lesson | {"instructor": None} for lesson in school.day(day["date"])["lessons"]] for day in school.index()["days"]}
