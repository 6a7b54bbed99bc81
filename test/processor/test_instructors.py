"""Profiles, rosters, and which lesson goes to whom."""

import json
import unicodedata
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from exports import export, row
from scheduler.errors import FileRejectedError
from scheduler.instructors import Assignment, Profile, assign, read_profiles, read_roster
from scheduler.items import profile_item, profile_of
from scheduler.lessons import group_rows, make_lessons
from scheduler.orders import read_orders

DATE = "2026-12-27"


def written(value):
    return json.dumps(value).encode()


def rejection(read):
    with pytest.raises(FileRejectedError) as caught:
        read()
    return caught.value


def roster(*assignments):
    return written({"date": DATE, "assignments": list(assignments)})


class TestProfiles:
    def test_they_are_read_by_instructor_id(self):
        content = written(
            {"jana": {"name": " Jana ", "photo": "photos/jana.jpg", "languages": ["cz", "DE"], "phone": "x"}, "p": {"name": "P"}}
        )
        assert read_profiles(content) == {
            "jana": Profile("jana", "Jana", "photos/jana.jpg", ("cs", "de")),
            "p": Profile("p", "P", None, ()),
        }

    def test_what_they_teach_and_when_they_do_not_is_read(self):
        content = written(
            {"jana": {"name": "Jana", "levels": [" lyže "], "active": False, "absences": ["2026-12-28", "2026-12-27", "2026-12-28"]}}
        )
        [jana] = read_profiles(content).values()
        assert jana == Profile("jana", "Jana", None, (), ("lyže",), False, ("2026-12-27", "2026-12-28"))
        assert profile_of(profile_item(jana)) == jana

    def test_accents_are_compared_as_those_of_exports_are(self):
        """A file that was typed on a Mac may hold a letter and its accent one after the other."""
        apart = unicodedata.normalize("NFD", "lyže začátečník")
        [jana] = read_profiles(written({"jana": {"name": "Jana", "levels": [apart]}})).values()
        assert jana.levels == ("lyže začátečník",)
        [assignment] = read_roster(roster({"instructor_id": "jana", "booking_ids": [apart]}), DATE, {"jana"})
        assert assignment.booking_ids == jana.levels

    def test_who_says_nothing_of_that_is_stored_as_before(self):
        [jana] = read_profiles(written({"jana": {"name": "Jana"}})).values()
        assert profile_item(jana).keys() == {"PK", "SK", "id", "name", "photo", "languages"}
        assert profile_of(profile_item(jana)) == jana

    def test_a_byte_order_mark_is_allowed(self):
        assert read_profiles(b"\xef\xbb\xbf{}") == {}

    @pytest.mark.parametrize(
        ("content", "code", "names"),
        [
            (b"", "malformed_json", "line 1"),
            (b'{"jana":\n {"name": "Jana",}}', "malformed_json", "line 2"),
            (b"[" * 100_000, "malformed_json", "deep"),
            (b"\xff{}", "not_utf8", "UTF-8"),
            (b"[]", "wrong_type", "an object of instructor ids"),
            (b'{"jana": "Jana"}', "wrong_type", "'jana' must be an object"),
            (b'{"jana": {}}', "wrong_type", "'jana'.name must be a text"),
            (b'{"jana": {"name": " "}}', "wrong_type", "'jana'.name must be a text"),
            (b'{"jana": {"name": 7}}', "wrong_type", "'jana'.name must be a text"),
            (b'{"jana": {"name": "\\ud800"}}', "wrong_type", "'jana'.name must be a text"),
            (b'{"": {"name": "Jana"}}', "wrong_type", "An instructor id must be a text"),
            (b'{"jana": {"name": "Jana", "languages": "cs"}}', "wrong_type", "'jana'.languages must be a list"),
            (b'{"jana": {"name": "Jana", "languages": [1]}}', "wrong_type", "'jana'.languages[0] must be a text"),
            (b'{"jana": {"name": "Jana", "levels": "l"}}', "wrong_type", "'jana'.levels must be a list"),
            (b'{"jana": {"name": "Jana", "active": "no"}}', "wrong_type", "'jana'.active must be true or false"),
            (b'{"jana": {"name": "Jana", "absences": ["27.12.2026"]}}', "wrong_type", "'jana'.absences must be a list of dates"),
            (b'{"jana": {"name": "Jana", "absences": ["2026-02-30"]}}', "wrong_type", "'jana'.absences must be a list of dates"),
            (b'{"jana": {"name": "Jana", "photo": "https://elsewhere/x.jpg"}}', "wrong_type", "'jana'.photo must be a path within"),
            (b'{"jana": {"name": "Jana", "photo": "../x.jpg"}}', "wrong_type", "'jana'.photo must be a path within"),
            (b'{"jana": {"name": "Jana", "photo": "/x.jpg"}}', "wrong_type", "'jana'.photo must be a path within"),
            (written({"jana": {"name": "J" * 257}}), "wrong_type", "1 to 256 characters"),
        ],
    )
    def test_what_is_wrong_is_rejected_and_named(self, content, code, names):
        found = rejection(lambda: read_profiles(content))
        assert found.code == code
        assert names in found.reason


class TestRoster:
    def test_it_is_read_with_everything_optional_left_out_or_null(self):
        content = roster(
            {"instructor_id": "jana", "booking_ids": ["B1"], "time_slots": ["09:00"], "lesson_ids": ["x"]},
            {"instructor_id": "petr", "booking_ids": None, "comment": "x"},
        )
        assert read_roster(content, DATE, {"jana", "petr"}) == (Assignment("jana", ("x",), ("b1",), ("09:00",)), Assignment("petr"))

    @pytest.mark.parametrize(
        ("content", "code", "names"),
        [
            (b"{", "malformed_json", "line 1"),
            (b"[]", "wrong_type", "date and assignments"),
            (written({"assignments": []}), "wrong_date", "date must be 2026-12-27"),
            (written({"date": "2026-12-28", "assignments": []}), "wrong_date", "date must be 2026-12-27"),
            (written({"date": DATE}), "wrong_type", "assignments must be a list"),
            (written({"date": DATE, "assignments": {}}), "wrong_type", "assignments must be a list"),
            (roster("jana"), "wrong_type", "assignments[0] must be an object"),
            (roster({}), "wrong_type", "assignments[0].instructor_id must be a text"),
            (roster({"instructor_id": "jana", "booking_ids": "b"}), "wrong_type", "assignments[0].booking_ids must be a list"),
            (roster({"instructor_id": "jana", "booking_ids": [None]}), "wrong_type", "assignments[0].booking_ids[0] must be a text"),
            (roster({"instructor_id": "jana", "time_slots": ["9:00"]}), "wrong_type", "assignments[0].time_slots must be a list of times"),
            (roster({"instructor_id": "jana", "time_slots": ["24:00"]}), "wrong_type", "assignments[0].time_slots must be a list of times"),
            (
                roster({"instructor_id": "jana"}, {"instructor_id": "nobody"}),
                "unknown_instructor",
                "assignments[1].instructor_id is 'nobody'",
            ),
        ],
    )
    def test_what_is_wrong_is_rejected_and_named(self, content, code, names):
        found = rejection(lambda: read_roster(content, DATE, {"jana"}))
        assert found.code == code
        assert names in found.reason


class TestAssigning:
    @pytest.fixture
    def lessons(self):
        rows, _ = read_orders(
            BytesIO(
                export(
                    row(booking_id="b1"),
                    row(booking_id="b1", start="11:00", end="12:00"),
                    row(id_order="2", name_participant="Eva", booking_id="b2"),
                    row(id_order="2", name_participant="Ota", booking_id="b3"),
                    row(id_order="3", name_participant="Ida"),
                )
            ),
            ZoneInfo("Europe/Prague"),
        )
        return make_lessons(group_rows(rows))

    def given(self, lessons, *assignments):
        assigned = assign(lessons, assignments)
        return [assigned.get(lesson.id) for lesson in lessons]

    def test_nobody_is_assigned_without_a_roster(self, lessons):
        assert self.given(lessons) == [None] * 4

    def test_a_booking_gives_all_its_lessons(self, lessons):
        assert self.given(lessons, Assignment("jana", booking_ids=("b1",))) == ["jana", "jana", None, None]

    @pytest.mark.parametrize("booking", ["b2", "b3"])
    def test_any_booking_of_a_lesson_gives_it(self, lessons, booking):
        assert self.given(lessons, Assignment("jana", booking_ids=(booking,))) == [None, None, "jana", None]

    def test_time_slots_narrow_a_booking(self, lessons):
        assert self.given(lessons, Assignment("jana", booking_ids=("b1",), time_slots=("11:00", "13:00"))) == [None, "jana", None, None]

    def test_time_slots_narrow_lesson_ids_too(self, lessons):
        ids = tuple(lesson.id for lesson in lessons)
        assert self.given(lessons, Assignment("jana", lesson_ids=ids, time_slots=("11:00",))) == [None, "jana", None, None]

    def test_a_lesson_id_gives_a_lesson_without_a_booking(self, lessons):
        assert self.given(lessons, Assignment("jana", lesson_ids=(lessons[3].id,))) == [None, None, None, "jana"]

    def test_lesson_ids_win_over_booking_ids(self, lessons):
        entries = (Assignment("jana", booking_ids=("b1",)), Assignment("petr", lesson_ids=(lessons[0].id,)))
        assert self.given(lessons, *entries) == ["petr", "jana", None, None]

    def test_then_the_earlier_entry_wins(self, lessons):
        entries = (Assignment("jana", booking_ids=("b3",)), Assignment("petr", booking_ids=("b2",)), Assignment("ota", booking_ids=("b3",)))
        assert self.given(lessons, *entries) == [None, None, "jana", None]

    def test_an_entry_of_another_time_leaves_the_lesson_to_the_next(self, lessons):
        entries = (Assignment("jana", lesson_ids=(lessons[0].id,), time_slots=("11:00",)), Assignment("petr", booking_ids=("b1",)))
        assert self.given(lessons, *entries) == ["petr", "petr", None, None]
