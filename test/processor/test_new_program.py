"""A new time zone, or a new program, reaches table and documents with the next export, though that says the same."""

import shutil
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import scheduler.schedule
from exports import export, row
from faults import Refusing
from scheduler.engine import DAILY_EVENT, Engine
from scheduler.errors import RetryError
from scheduler.schedule import form

DAY = "2026-12-27"


def test_the_same_export_brings_table_and_documents_into_a_new_time_zone(school):
    """Vienna's clocks are Prague's: no lesson changes."""
    school.upload("orders/a.tsv", export(row()))
    before = school.day(DAY)
    settings = replace(school.settings(), zone=ZoneInfo("Europe/Vienna"))
    engine = Engine(settings, school.dynamodb, school.s3, clock=lambda: school.now, wait=lambda attempt: None)
    engine.run({"Records": [school.put("orders/b.tsv", export(row()))]})
    assert school.day(DAY) == before | {"time_zone": "Europe/Vienna", "revision": 2}
    assert [(day["revision"], school.index()["time_zone"]) for day in school.index()["days"]] == [(2, "Europe/Vienna")]


def test_a_night_before_the_next_export_leaves_a_day_in_the_time_zone_of_its_times(school):
    school.upload("orders/a.tsv", export(row(booking_id="b")))
    school.upload("instructors/profiles.json", {"jana": {"name": "Jana"}})
    settings = replace(school.settings(), zone=ZoneInfo("Europe/London"))
    engine = Engine(settings, school.dynamodb, school.s3, clock=lambda: school.now, wait=lambda attempt: None)
    before = school.day(DAY)
    engine.run(DAILY_EVENT)
    assert school.day(DAY) == before
    entry = {"instructor_id": "jana", "booking_ids": ["b"]}
    engine.run({"Records": [school.put(f"instructors/roster-{DAY}.json", {"date": DAY, "assignments": [entry]})]})
    assert (school.day(DAY)["time_zone"], school.day(DAY)["lessons"][0]["start"]) == ("Europe/Prague", "09:00")
    engine.run({"Records": [school.put("orders/b.tsv", export(row(booking_id="b")))]})
    assert (school.day(DAY)["time_zone"], school.day(DAY)["lessons"][0]["start"]) == ("Europe/London", "08:00")
    assert school.day(DAY)["lessons"][0]["instructor"]["name"] == "Jana"


def test_an_export_that_a_night_ends_keeps_the_time_zone_in_which_it_was_read(school):
    def engine(zone, dynamodb=school.dynamodb):
        settings = replace(school.settings(), zone=ZoneInfo(zone))
        return Engine(settings, dynamodb, school.s3, clock=lambda: school.now, wait=lambda attempt: None)

    school.upload("orders/a.tsv", export(row()))
    event = {"Records": [school.put("orders/b.tsv", export(row(level="běžky")))]}
    with pytest.raises(RetryError):
        engine("Europe/London", Refusing(school.dynamodb, DAY)).run(event)
    for zone in ("Europe/London", "Europe/Prague"):
        engine(zone).run(DAILY_EVENT)
        [lesson] = school.day(DAY)["lessons"]
        assert (school.day(DAY)["time_zone"], lesson["start"], lesson["level"]) == ("Europe/London", "08:00", "běžky")
    school.upload("orders/c.tsv", export(row(level="běžky")))
    assert (school.day(DAY)["time_zone"], school.day(DAY)["lessons"][0]["start"]) == ("Europe/Prague", "09:00")


@pytest.fixture
def new_program(tmp_path, monkeypatch):
    """Has the program's files be others from then on: one of them has a line more."""
    there = Path(scheduler.schedule.__file__)

    def change(file):
        shutil.copytree(there.parent, tmp_path / "scheduler", ignore=shutil.ignore_patterns("__pycache__"))
        with (tmp_path / "scheduler" / file).open("a") as program:
            program.write("# A line more.\n")
        monkeypatch.setattr(scheduler.schedule, "__file__", str(tmp_path / "scheduler" / there.name))
        form.cache_clear()

    yield change
    monkeypatch.undo()
    form.cache_clear()


@pytest.mark.parametrize("file", ["privacy.py", "wire.py"])
def test_the_same_export_brings_table_and_documents_into_the_form_of_a_new_program(school, new_program, monkeypatch, file):
    school.upload("orders/a.tsv", export(row(level="old word")))
    before = school.items()[f"SCHEDULE#{DAY}", "META"]
    school.upload("orders/b.tsv", export(row(level="old word")))
    assert school.items()[f"SCHEDULE#{DAY}", "META"] == before
    new_program(file)
    monkeypatch.setattr("scheduler.schedule._lesson", lambda lesson, instructor: {**written(lesson, instructor), "level": "new word"})
    answer = school.upload("orders/c.tsv", export(row(level="old word")))
    assert answer["days_changed"] == 1
    assert school.day(DAY)["lessons"][0]["level"] == "new word"
    assert school.items()[f"SCHEDULE#{DAY}", "META"]["form"] != before["form"]
    assert school.upload("orders/d.tsv", export(row(level="old word")))["days_changed"] == 0


written = scheduler.schedule._lesson
