"""A new time zone, as a new program, reaches table and documents with the next export, though that says the same."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from exports import export, row
from scheduler.engine import Engine


def test_the_same_export_brings_table_and_documents_into_a_new_time_zone(school):
    """Vienna's clocks are Prague's: no lesson changes."""
    school.upload("orders/a.tsv", export(row()))
    before = school.day("2026-12-27")
    settings = replace(school.settings(), zone=ZoneInfo("Europe/Vienna"))
    engine = Engine(settings, school.dynamodb, school.s3, clock=lambda: school.now, wait=lambda attempt: None)
    engine.run({"Records": [school.put("orders/b.tsv", export(row()))]})
    assert school.day("2026-12-27") == before | {"time_zone": "Europe/Vienna", "revision": 2}
    assert [(day["revision"], school.index()["time_zone"]) for day in school.index()["days"]] == [(2, "Europe/Vienna")]
