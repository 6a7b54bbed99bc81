"""From rows to lessons."""

import subprocess
import sys
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from exports import export, row
from scheduler.lessons import group_rows, make_lessons, unknown_types
from scheduler.orders import read_orders

GROUP = {"group_size": "malá skupina"}


def lessons_of(*rows):
    read, _ = read_orders(BytesIO(export(*rows)), ZoneInfo("Europe/Prague"))
    return make_lessons(group_rows(read))


def people_of(*rows):
    (lesson,) = lessons_of(*rows)
    return [(person.name, person.sponsor) for person in lesson.participants]


class TestGrouping:
    def test_no_lesson_is_lost_where_two_have_the_same_hash(self, monkeypatch):
        monkeypatch.setattr("scheduler.lessons.blake2b", lambda content, digest_size: blake2b(content[-2:], digest_size=digest_size))
        found = lessons_of(row(), row(id_order="4002", name_participant="Eva"), row(id_order="4003", name_participant="Jan"))
        assert sorted(lesson.participants[0].name for lesson in found) == ["Anna", "Eva", "Jan"]
        assert len({lesson.id for lesson in found}) == 3

    def test_a_private_lesson_is_an_order_and_a_start(self):
        assert len(lessons_of(row(), row(name_participant="Eva", level="other", location_meeting="there"))) == 1
        assert len(lessons_of(row(), row(id_order="4002", name_participant="Eva"))) == 2
        assert len(lessons_of(row(), row(start="11:00", end="12:00"))) == 2

    def test_a_group_lesson_is_a_start_a_level_a_type_and_a_location(self):
        assert len(lessons_of(row(**GROUP), row(id_order="4002", name_participant="Eva", **GROUP))) == 1

    @pytest.mark.parametrize(
        "other", [{"level": "other"}, {"group_size": "velká skupina"}, {"location_meeting": "there"}, {"start": "11:00", "end": "12:00"}]
    )
    def test_groups_that_differ_in_one_of_them_are_two(self, other):
        assert len(lessons_of(row(**GROUP), row(**{"name_participant": "Eva", **GROUP, **other}))) == 2

    def test_strangers_of_an_unknown_type_are_never_merged(self):
        odd = {"group_size": "kurz"}
        assert len(lessons_of(row(**odd), row(name_participant="Eva", level="other", **odd))) == 1
        assert len(lessons_of(row(**odd), row(id_order="4002", name_participant="Eva", **odd))) == 2
        assert len(lessons_of(row(**odd), row(name_participant="Eva", group_size="kemp"))) == 2

    def test_an_order_with_a_private_and_a_group_lesson_has_two(self):
        assert len(lessons_of(row(), row(name_participant="Eva", **GROUP))) == 2

    @pytest.mark.parametrize(
        ("written", "published"),
        [("privát", "private"), ("malá skupina", "small-group"), ("velká skupina", "large-group"), ("kurz", "kurz")],
    )
    def test_types_are_published_in_english_and_unknown_ones_as_written(self, written, published):
        assert lessons_of(row(group_size=written))[0].type == published

    def test_rows_of_unknown_types_are_counted(self):
        rows, _ = read_orders(BytesIO(export(row(group_size="kurz"), row(), row(group_size="x"))), ZoneInfo("UTC"))
        assert unknown_types(rows) == 2


class TestLesson:
    def test_the_end_is_the_latest_of_its_rows(self):
        (lesson,) = lessons_of(row(end="10:50"), row(name_participant="Eva", end="11:20"), row(name_participant="Ota", end="10:00"))
        assert (lesson.start.time, lesson.end.time) == ("09:00", "11:20")

    def test_a_private_lessons_level_and_location_are_those_of_its_first_row(self):
        (lesson,) = lessons_of(row(level="b", location_meeting="there"), row(name_participant="Eva", level="a", location_meeting="here"))
        assert (lesson.level, lesson.location) == ("b", "there")

    def test_its_booking_ids_are_those_of_all_rows(self):
        (lesson,) = lessons_of(row(booking_id="B2"), row(name_participant="Eva", booking_id="b1"), row(name_participant="Ota"))
        assert lesson.booking_ids == ("b1", "b2")


class TestParticipants:
    def test_the_same_pair_twice_is_one_person(self):
        assert people_of(row(), row()) == [("Anna", "No.Pe.")]

    def test_namesakes_of_different_ages_are_two(self):
        assert people_of(row(age_participant="7"), row(age_participant="9"), row(age_participant="7")) == [("Anna", "No.Pe.")] * 2

    @pytest.mark.parametrize("ages", [("7", ""), ("", "7"), ("", "")])
    def test_an_age_that_is_not_known_differs_from_none(self, ages):
        assert len(people_of(*(row(age_participant=age) for age in ages))) == 1

    def test_an_unknown_age_hides_no_namesake(self):
        assert len(people_of(row(age_participant=""), row(age_participant="7"), row(age_participant="9"))) == 2

    def test_every_place_without_a_name_counts(self):
        assert people_of(row(name_participant=""), row(name_participant="")) == [(None, "No.Pe.")] * 2

    def test_a_language_is_that_of_the_participants_first_row(self):
        (lesson,) = lessons_of(row(language="de"), row(language="pl"), row(name_participant="Eva", language="en"))
        assert [(person.name, person.language) for person in lesson.participants] == [("Anna", "de"), ("Eva", "en")]

    def test_they_are_sorted_by_sponsor_then_name_those_without_last(self):
        assert people_of(
            row(name_sponsor="Zeman Jan", name_participant="Bára", **GROUP),
            row(name_participant="", **GROUP),
            row(name_participant="Eva", **GROUP),
            row(name_participant="Anna", **GROUP),
            row(name_sponsor="Adam Jan", name_participant="Zoe", **GROUP),
        ) == [("Zoe", "Ad.Ja."), ("Anna", "No.Pe."), ("Eva", "No.Pe."), (None, "No.Pe."), ("Bára", "Ze.Ja.")]

    def test_two_who_would_look_alike_show_an_initial(self):
        assert people_of(row(name_participant="Anna Kos"), row(name_participant="Anna Malá")) == [
            ("Anna K.", "No.Pe."),
            ("Anna M.", "No.Pe."),
        ]


class TestId:
    def test_it_stays_whatever_else_the_office_changes(self):
        before = lessons_of(row(**GROUP))[0].id
        changed = row(id_order="5000", name_participant="Eva", language="de", end="12:00", note="x", booking_id="b", **GROUP)
        assert lessons_of(changed)[0].id == before

    def test_it_is_that_of_the_instant_however_it_is_written(self):
        assert lessons_of(row(timestamp_start_lesson="2026-12-27T08:00:00Z"))[0].id == lessons_of(row())[0].id

    def test_it_is_the_same_in_every_process(self):
        script = "import test_lessons as t; print(t.lessons_of(t.row())[0].id)"
        folders = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "lambda/processor")]
        for seed in ("1", "2"):
            environment = {"PYTHONPATH": ":".join(folders), "PYTHONHASHSEED": seed}
            found = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
            assert found.stdout.decode().strip() == "4a9cb1afb73c"
