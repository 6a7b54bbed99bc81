"""What an office should know before a day begins."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from exports import export, row
from scheduler.conflicts import Conflict, instructor_conflicts, next_due, participant_overlaps
from scheduler.instructors import Profile
from scheduler.lessons import group_rows, make_lessons
from scheduler.orders import read_orders

START = datetime(2026, 12, 27, 8, 0, tzinfo=UTC)
EARLY = START - timedelta(days=7)
PROFILES = {"jana": Profile("jana", "Jana", None, ("cs", "de")), "petr": Profile("petr", "Petr", None, ())}


def groups_of(*rows):
    return group_rows(read_orders(BytesIO(export(*rows)), ZoneInfo("Europe/Prague"))[0])


def lessons_of(*rows):
    return make_lessons(groups_of(*rows))


class TestParticipants:
    def found(self, *rows):
        groups = groups_of(*rows)
        places = {identity: place for place, identity in enumerate(groups)}
        overlaps = participant_overlaps(groups)
        return {
            date: {(conflict.kind, *(places[identity] for identity in conflict.lesson_ids)) for conflict in conflicts}
            for date, conflicts in overlaps.items()
        }

    def test_somebody_in_two_lessons_that_overlap(self):
        assert self.found(row(end="10:50"), row(id_order="2", start="10:00", end="11:00")) == {
            "2026-12-27": {("participant_overlap", 0, 1)}
        }

    def test_the_earlier_lesson_comes_first_whatever_the_order_of_rows(self):
        assert self.found(row(start="10:00", end="11:00"), row(id_order="2", end="10:50")) == {
            "2026-12-27": {("participant_overlap", 1, 0)}
        }

    def test_a_lesson_may_begin_when_another_ends(self):
        assert self.found(row(end="10:50"), row(id_order="2", start="10:50", end="12:00")) == {}

    @pytest.mark.parametrize("other", [{"name_participant": "Eva"}, {"name_sponsor": "Malý Jan"}])
    def test_another_name_or_sponsor_is_somebody_else(self, other):
        assert self.found(row(end="10:50"), row(id_order="2", start="10:00", end="11:00", **other)) == {}

    @pytest.mark.parametrize(("one", "other", "pairs"), [("7", "9", 0), ("7", "7", 1), ("7", "", 1), ("", "", 1)])
    def test_a_namesake_of_another_age_is_somebody_else(self, one, other, pairs):
        rows = row(end="10:50", age_participant=one), row(id_order="2", start="10:00", end="11:00", age_participant=other)
        assert sum(len(found) for found in self.found(*rows).values()) == pairs

    def test_a_lesson_without_an_age_may_be_either_namesakes(self):
        rows = [
            row(end="10:50", age_participant="7"),
            row(id_order="2", start="10:00", end="11:00", age_participant="9"),
            row(id_order="3", start="10:55", end="12:00", age_participant=""),
        ]
        assert self.found(*rows) == {"2026-12-27": {("participant_overlap", 1, 2)}}

    def test_places_without_a_name_are_nobody(self):
        assert self.found(row(name_participant=""), row(id_order="2", start="10:00", end="11:00", name_participant="")) == {}

    def test_two_friends_make_one_conflict(self):
        rows = [
            row(name_participant=name, id_order=order, start=start, end="11:00")
            for order, start in (("1", "09:00"), ("2", "10:00"))
            for name in "AB"
        ]
        assert self.found(*rows) == {"2026-12-27": {("participant_overlap", 0, 1)}}

    def test_it_is_kept_with_the_day_it_begins_on(self):
        late = row(start="23:00", timestamp_end_lesson="2026-12-28T01:00:00+01:00")
        assert self.found(late, row(id_order="2", day="2026-12-28", start="00:30", end="02:00")) == {
            "2026-12-27": {("participant_overlap", 0, 1)}
        }

    def test_a_long_lesson_overlaps_with_all_within(self):
        rows = [row(end="15:00"), row(id_order="2", start="10:00", end="11:00"), row(id_order="3", start="12:00", end="13:00")]
        assert self.found(*rows) == {"2026-12-27": {("participant_overlap", 0, 1), ("participant_overlap", 0, 2)}}


class TestInstructors:
    def test_one_in_two_lessons_that_overlap(self):
        first, second, _ = lessons = lessons_of(
            row(), row(id_order="2", name_participant="Eva", start="10:00", end="11:00"), row(start="11:00", end="12:00")
        )
        assigned = {lesson.id: "jana" for lesson in lessons}
        assert instructor_conflicts(lessons, assigned, PROFILES, EARLY) == {Conflict("instructor_overlap", (first.id, second.id), "jana")}
        assigned[second.id] = "petr"
        assert instructor_conflicts(lessons, assigned, PROFILES, EARLY) == set()

    def test_one_who_speaks_none_of_the_lessons_languages(self):
        lessons = (lesson,) = lessons_of(row(language="pl"), row(language="en", name_participant="Eva"))
        assert instructor_conflicts(lessons, {lesson.id: "jana"}, PROFILES, EARLY) == {Conflict("language", (lesson.id,), "jana")}

    @pytest.mark.parametrize(("language", "who"), [("cz", "jana"), ("de", "jana"), ("pl", "petr")])
    def test_one_common_language_or_an_instructor_who_does_not_say_is_enough(self, language, who):
        lessons = (lesson,) = lessons_of(row(language=language), row(language="en", name_participant="Eva"))
        assert instructor_conflicts(lessons, {lesson.id: who}, PROFILES, EARLY) == set()


class TestUnassigned:
    @pytest.mark.parametrize(
        ("before", "late"), [(timedelta(hours=24, seconds=1), False), (timedelta(hours=24), True), (timedelta(hours=-2), True)]
    )
    def test_a_lesson_without_an_instructor_from_24_hours_before_its_start(self, before, late):
        lessons = (lesson,) = lessons_of(row())
        expected = {Conflict("unassigned", (lesson.id,))} if late else set()
        assert instructor_conflicts(lessons, {}, PROFILES, START - before) == expected
        assert instructor_conflicts(lessons, {lesson.id: "jana"}, PROFILES, START - before) == set()

    def test_when_the_next_one_is_due_is_known_beforehand(self):
        early, late = lessons = lessons_of(row(), row(start="11:00", end="12:00"))
        assert next_due(lessons, {}, EARLY) == "2026-12-26T08:00:00Z"
        assert next_due(lessons, {early.id: "jana"}, EARLY) == "2026-12-26T10:00:00Z"
        assert next_due(lessons, {}, START - timedelta(hours=24)) == "2026-12-26T10:00:00Z"
        assert next_due(lessons, {early.id: "jana", late.id: "jana"}, EARLY) == ""
