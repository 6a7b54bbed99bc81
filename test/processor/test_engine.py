from exports import export, row

PROFILES = {"jana": {"name": "Jana", "photo": "photos/jana.jpg", "languages": ["cs", "de"]}, "petr": {"name": "Petr"}}


def test_an_export_becomes_a_published_day(school, contract):
    answer = school.upload("orders/a b.tsv", export(row(), row(name_participant="Eva")))
    assert answer == {
        "key": "orders/a b.tsv",
        "outcome": "accepted",
        "reason": None,
        "rows": {"total": 2, "valid": 2, "superseded": 0, "rejected": {}},
        "lessons": 1,
        "participants": 2,
        "days_changed": 1,
        "days_unchanged": 0,
        "items_written": 3,
        "conflicts": 0,
    }
    day = school.day("2026-12-27")
    contract(day)
    contract(school.index())
    assert [person["name"] for person in day["lessons"][0]["participants"]] == ["Anna", "Eva"]


def test_the_same_export_again_changes_no_day(school):
    school.upload("orders/a.tsv", export(row(), row(day="2026-12-28")))
    before = school.items()
    day = school.day("2026-12-27")
    answer = school.upload("orders/b.tsv", export(row(), row(day="2026-12-28")))
    assert (answer["days_changed"], answer["days_unchanged"], answer["items_written"]) == (0, 2, 1)
    after = school.items()
    assert {key for key in after if after[key] != before.get(key)} == {("SOURCE#orders", "LATEST")}
    assert school.day("2026-12-27") == day
    assert school.index()["orders"]["key"] == "orders/b.tsv"


def test_instructors_come_in_any_order(school):
    roster = {"date": "2026-12-27", "assignments": [{"instructor_id": "jana", "booking_ids": ["b1"]}]}
    files = {
        "orders/a.tsv": export(row(booking_id="B1")),
        "instructors/profiles.json": PROFILES,
        "instructors/roster-2026-12-27.json": roster,
    }
    records = [school.put(key, content) for key, content in files.items()]
    for entry in reversed(records):
        school.run(entry)
    assert school.day("2026-12-27")["lessons"][0]["instructor"] == {"id": "jana", "name": "Jana", "photo": "photos/jana.jpg"}
    assert ("SCHEDULE#2026-12-27", "ROSTER") in school.items()
    assert not school.items("REJECTED")
