"""Uploads, from the event to the table and the documents, on the embedded AWS."""

from datetime import UTC, datetime, timedelta

import pytest

from aws import NOW
from exports import export, row
from faults import faults
from scheduler.errors import RetryError

ORDERS = "orders/a.tsv"
PROFILES = {"jana": {"name": "Jana", "photo": "photos/jana.jpg", "languages": ["cs", "de"]}, "petr": {"name": "Petr"}}


def roster(*assignments, date="2026-12-27"):
    return f"instructors/roster-{date}.json", {"date": date, "assignments": list(assignments)}


def instructors(school, date="2026-12-27"):
    return [lesson["instructor"] and lesson["instructor"]["name"] for lesson in school.day(date)["lessons"]]


class TestExport:
    def test_it_becomes_a_published_day(self, school, contract):
        answer = school.upload("orders/a b+č.tsv", export(row(), row(name_participant="Eva"), row(id_order="x")))
        assert answer == {
            "key": "orders/a b+č.tsv",
            "outcome": "accepted",
            "reason": None,
            "rows": {"total": 3, "valid": 2, "superseded": 0, "rejected": {"bad_order_id": 1}},
            "lessons": 1,
            "participants": 2,
            "days_changed": 1,
            "days_unchanged": 0,
            "items_written": 4,
            "conflicts": 0,
        }
        contract(school.day("2026-12-27"))
        contract(school.index())
        assert [person["name"] for person in school.day("2026-12-27")["lessons"][0]["participants"]] == ["Anna", "Eva"]
        assert school.index() == {
            "schema_version": 1,
            "generated_at": "2026-12-20T06:00:00Z",
            "time_zone": "Europe/Prague",
            "orders": {"key": "orders/a b+č.tsv", "uploaded_at": "2026-12-20T05:00:01Z"},
            "days": [{"date": "2026-12-27", "path": "data/days/2026-12-27.json", "revision": 1, "lessons": 1, "participants": 2}],
        }

    def test_documents_are_cached_for_seconds_only(self, school):
        school.upload(ORDERS, export(row()))
        for key in school.published():
            head = school.s3.head_object(Bucket=school.website, Key=key)
            assert (head["CacheControl"], head["ContentType"]) == ("public, max-age=5", "application/json; charset=utf-8")

    def test_a_newer_one_replaces_all_that_an_older_one_said(self, school):
        school.upload(ORDERS, export(row(), row(id_order="2", start="11:00", end="12:00"), row(day="2026-12-28")))
        school.upload(ORDERS, export(row(level="changed"), row(day="2026-12-29")))
        assert [lesson["level"] for lesson in school.day("2026-12-27")["lessons"]] == ["changed"]
        assert [(day["date"], day["lessons"], day["revision"]) for day in school.index()["days"]] == [
            ("2026-12-27", 1, 2),
            ("2026-12-28", 0, 2),
            ("2026-12-29", 1, 1),
        ]
        assert school.day("2026-12-28")["lessons"] == []
        assert not [key for key in school.items("SCHEDULE#2026-12-28") if key[1].startswith("LESSON")]

    def test_a_day_that_is_planned_again_goes_on_counting(self, school):
        for rows in ([row(), row(day="2026-12-28")], [row()], [row(), row(day="2026-12-28")]):
            school.upload(ORDERS, export(*rows))
        assert (school.day("2026-12-28")["revision"], len(school.day("2026-12-28")["lessons"])) == (3, 1)

    def test_an_older_one_is_stale(self, school):
        older, newer = school.put("orders/a.tsv", export(row(level="old"))), school.put("orders/b.tsv", export(row(level="new")))
        assert school.run(newer)[0]["outcome"] == "accepted"
        before = school.items(), school.documents()
        answer = school.run(older)[0]
        assert (answer["outcome"], answer["reason"], answer["items_written"]) == ("stale", "A newer upload is in force.", 0)
        assert (school.items(), school.documents()) == before

    def test_of_the_same_millisecond_the_greater_key_counts(self, school):
        first, second = school.put("orders/a.tsv", export(row(level="a"))), school.put("orders/b.tsv", export(row(level="b")))
        second["eventTime"] = first["eventTime"]
        assert [answer["outcome"] for answer in school.run(second, first)] == ["accepted", "stale"]

    def test_a_late_event_of_an_overwritten_file_is_ignored(self, school):
        older, newer = school.put(ORDERS, export(row(level="old"))), school.put(ORDERS, export(row(level="new")))
        assert [answer["outcome"] for answer in school.run(older, newer)] == ["ignored", "accepted"]
        assert school.day("2026-12-27")["lessons"][0]["level"] == "new"

    def test_a_file_that_is_gone_is_ignored(self, school):
        event = school.put(ORDERS, export(row()))
        school.s3.delete_object(Bucket=school.inbox, Key=ORDERS)
        answer = school.run(event)[0]
        assert (answer["outcome"], answer["reason"]) == ("ignored", "The object was deleted or overwritten before it could be read.")
        assert (school.items(), school.published()) == ({}, [])

    def test_a_day_past_its_retention_is_neither_stored_nor_published(self, school):
        answer = school.upload(ORDERS, export(row(day="2026-11-19"), row(day="2026-11-22"), row()))
        assert answer["lessons"] == 3
        assert {pk for pk, _ in school.items()} == {"SCHEDULE#2026-11-22", "SCHEDULE#2026-12-27", "SOURCE#orders"}
        assert school.published() == ["data/days/2026-12-27.json", "data/schedule.json"]

    def test_everything_of_a_day_expires(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(*roster({"instructor_id": "jana", "lesson_ids": ["4a9cb1afb73c"]}))
        school.upload(ORDERS, export(row(language="pl")))
        items = school.items("SCHEDULE#2026-12-27")
        assert {key[1].split("#")[0] for key in items} == {"META", "LESSON", "ROSTER", "CONFLICT", "EXPORT"}
        assert {item["expires_at"] for item in items.values()} == {int(datetime(2027, 1, 25, 23, tzinfo=UTC).timestamp())}


class TestPassingDays:
    def test_days_before_yesterday_leave_the_bucket(self, school):
        school.upload(ORDERS, export(*(row(day=f"2026-12-{day}") for day in (19, 20, 21, 22))))
        assert [key[-7:-5] for key in school.published()[:-1]] == ["19", "20", "21", "22"]
        school.now = NOW + timedelta(days=2)
        school.upload("orders/b.tsv", export(*(row(day=f"2026-12-{day}") for day in (19, 20, 21, 22))))
        assert school.published() == ["data/days/2026-12-21.json", "data/days/2026-12-22.json", "data/schedule.json"]
        assert [day["date"] for day in school.index()["days"]] == ["2026-12-21", "2026-12-22"]

    def test_any_accepted_upload_makes_them_leave(self, school):
        school.upload(ORDERS, export(row(day="2026-12-20"), row()))
        school.now = NOW + timedelta(days=2)
        school.upload("instructors/profiles.json", PROFILES)
        assert school.published() == ["data/days/2026-12-27.json", "data/schedule.json"]

    @pytest.mark.parametrize("earlier", [[], ["2026-12-22"]], ids=["never an index", "an index before"])
    def test_a_document_that_no_index_lists_leaves_too(self, school, earlier):
        """A run that ended between a day's document and the index, and was never tried again."""
        for day in earlier:
            school.upload("orders/0.tsv", export(row(day=day)))
        event = school.put(ORDERS, export(row(day="2026-12-20"), row(day="2026-12-21")))
        twin = school.copy()
        with faults((school.dynamodb, school.s3)) as watch:
            twin.run(event)
        with faults((school.dynamodb, school.s3), len(watch.calls) - 1), pytest.raises(RetryError):
            school.run(event)
        assert {"data/days/2026-12-20.json", "data/days/2026-12-21.json"} < {*school.published(), "…"}
        school.now = NOW + timedelta(days=40)
        school.upload("orders/b.tsv", export(row(day="2027-02-01")))
        assert school.published() == ["data/days/2027-02-01.json", "data/schedule.json"]


class TestRejection:
    def test_the_schedule_stays_and_the_file_is_on_record(self, school):
        school.upload(ORDERS, export(row()))
        before = school.items(), school.documents()
        answer = school.upload("orders/b.tsv", export(row(level=""), row(id_order="x")))
        assert (answer["outcome"], answer["rows"]) == (
            "rejected",
            {"total": 2, "valid": 0, "superseded": 0, "rejected": {"bad_order_id": 1, "missing_value": 1}},
        )
        key = ("REJECTED", "2026-12-20T05:00:02.000Z#orders/b.tsv")
        after = school.items()
        record = after.pop(key)
        assert (after, school.documents()) == before
        assert (record["code"], record["line"], record["reason"]) == ("no_valid_row", 2, answer["reason"])
        assert record["rows"] == answer["rows"]
        assert record["expires_at"] == int(datetime(2027, 1, 18, 23, tzinfo=UTC).timestamp())

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (export(), "no_rows"),
            (export(row()).decode().encode("utf-16"), "not_utf8"),
            (b"<html></html>", "missing_column"),
            (export(row(level="")), "no_valid_row"),
        ],
    )
    def test_every_reason_is_recorded_and_nothing_published(self, school, content, code):
        assert school.upload(ORDERS, content)["outcome"] == "rejected"
        assert [item["code"] for item in school.items().values()] == [code]
        assert school.published() == []

    def test_a_file_above_the_limit_is_not_even_read(self, school):
        event = school.put(ORDERS, export(row()))
        with faults((school.dynamodb, school.s3)) as watch:
            answer = school.run(event, max_upload_bytes=100)[0]
        size = event["s3"]["object"]["size"]
        assert (answer["outcome"], answer["reason"]) == ("rejected", f"The file has {size} bytes, more than the limit of 0 KiB.")
        assert len(watch.of("GetObject")) == 1, "the index only"

    def test_the_size_counts_that_s3_says_not_only_the_event(self, school):
        event = school.put(ORDERS, export(row()))
        event["s3"]["object"]["size"] = 1
        assert school.run(event, max_upload_bytes=100)[0]["outcome"] == "rejected"

    def test_a_lesson_that_no_item_can_hold_rejects_the_file(self, school):
        crowd = [row(group_size="velká skupina", name_participant=f"P{number}", booking_id=f"{number:036}") for number in range(6000)]
        answer = school.upload(ORDERS, export(*crowd))
        assert answer["reason"] == "The lesson that starts at 2026-12-27T08:00:00Z is too large to be stored."
        assert (answer["rows"]["total"], answer["rows"]["valid"]) == (6000, 6000)
        assert school.published() == []

    def test_more_days_than_are_published_reject_the_file(self, school, monkeypatch):
        monkeypatch.setattr("scheduler.export.MAX_DAYS", 1)
        answer = school.upload(ORDERS, export(row(), row(day="2026-12-28")))
        assert answer["reason"] == "The export has lessons on 2 days, more than the limit of 1."
        assert answer["rows"] == {"total": 2, "valid": 2, "superseded": 0, "rejected": {}}

    def test_a_lesson_of_four_thousand_is_published(self, school):
        crowd = [row(group_size="velká skupina", name_participant=f"P{number}", booking_id=f"{number:036}") for number in range(4000)]
        assert school.upload(ORDERS, export(*crowd))["participants"] == 4000
        assert len(school.day("2026-12-27")["lessons"][0]["participants"]) == 4000


class TestInstructors:
    def test_a_roster_gives_lessons_and_a_newer_one_gives_others(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(
            ORDERS, export(row(booking_id="b1"), row(start="11:00", end="12:00", booking_id="b2"), row(day="2026-12-28", booking_id="b1"))
        )
        school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}))
        assert (instructors(school), instructors(school, "2026-12-28")) == (["Jana", None], [None])
        answer = school.upload(*roster({"instructor_id": "petr", "booking_ids": ["b2"]}))
        assert (instructors(school), answer["lessons"], answer["participants"]) == ([None, "Petr"], 2, 2)

    def test_a_roster_stays_when_an_export_changes_the_day(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(ORDERS, export(row(booking_id="b1")))
        school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1", "b2"]}))
        school.upload(ORDERS, export(row(booking_id="b1", level="changed"), row(start="11:00", end="12:00", booking_id="b2")))
        assert instructors(school) == ["Jana", "Jana"]

    def test_a_roster_waits_for_the_lessons_of_its_day(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        assert school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}))["outcome"] == "accepted"
        assert school.index()["days"] == []
        school.upload(ORDERS, export(row(booking_id="b1")))
        assert instructors(school) == ["Jana"]

    def test_new_profiles_reach_every_day_and_lose_no_lesson(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(ORDERS, export(row(booking_id="b1"), row(day="2026-12-28", booking_id="b1")))
        for date in ("2026-12-27", "2026-12-28"):
            school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}, date=date))
        answer = school.upload("instructors/profiles.json", {"jana": {"name": "Johana"}})
        assert (instructors(school), instructors(school, "2026-12-28"), answer["days_changed"]) == (["Johana"], ["Johana"], 2)
        assert {pk for pk, sk in school.items() if sk == "PROFILE"} == {"INSTRUCTOR#jana"}

    def test_an_instructor_who_left_is_to_be_announced_again(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(ORDERS, export(row(booking_id="b1")))
        school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}))
        school.upload("instructors/profiles.json", {"petr": {"name": "Petr"}})
        assert instructors(school) == [None]

    def test_more_profiles_than_a_transaction_holds(self, school):
        crowd = {f"i{number}": {"name": f"N{number}"} for number in range(230)}
        assert school.upload("instructors/profiles.json", crowd)["items_written"] == 231
        assert school.upload("instructors/profiles.json", {**crowd, "i7": {"name": "New"}})["items_written"] == 2
        school.upload("instructors/profiles.json", PROFILES)
        assert {pk for pk, sk in school.items() if sk == "PROFILE"} == {"INSTRUCTOR#jana", "INSTRUCTOR#petr"}

    @pytest.mark.parametrize("content", [b"{", {"jana": {}}])
    def test_wrong_profiles_leave_the_earlier_in_force(self, school, content):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(ORDERS, export(row(booking_id="b1")))
        school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}))
        assert school.upload("instructors/profiles.json", content)["outcome"] == "rejected"
        assert instructors(school) == ["Jana"]

    def test_a_wrong_roster_leaves_the_earlier_in_force(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(ORDERS, export(row(booking_id="b1")))
        school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}))
        assert school.upload(*roster({"instructor_id": "nobody", "booking_ids": ["b1"]}))["outcome"] == "rejected"
        assert instructors(school) == ["Jana"]

    def test_a_roster_that_came_before_its_profiles_counts_when_they_come(self, school):
        school.upload(ORDERS, export(row(booking_id="b1")))
        assert school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1"]}))["outcome"] == "rejected"
        school.upload("instructors/profiles.json", PROFILES)
        assert instructors(school) == ["Jana"]
        assert not school.items("REJECTED")

    def test_a_roster_of_a_day_past_its_retention_is_ignored(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        assert school.upload(*roster(date="2026-11-01"))["outcome"] == "ignored"
        assert not school.items("SCHEDULE#2026-11-01")

    def test_a_file_that_is_too_large_is_rejected(self, school):
        answer = school.upload("instructors/profiles.json", b'{"x": "' + b" " * 300_000 + b'"}')
        assert (answer["outcome"], answer["reason"]) == ("rejected", "The file has 300009 bytes, more than the limit of 256 KiB.")


class TestConflicts:
    def kinds(self, school, date="2026-12-27"):
        return sorted(item["kind"] for (_, key), item in school.items(f"SCHEDULE#{date}").items() if key.startswith("CONFLICT#"))

    def test_they_are_stored_with_the_day_and_counted(self, school):
        school.upload("instructors/profiles.json", PROFILES)
        school.upload(*roster({"instructor_id": "jana", "booking_ids": ["b1", "b2"]}))
        rows = [row(booking_id="b1", language="pl"), row(id_order="2", start="10:00", end="11:00", booking_id="b2")]
        assert school.upload(ORDERS, export(*rows))["conflicts"] == 3
        assert self.kinds(school) == ["instructor_overlap", "language", "participant_overlap"]
        assert school.upload(*roster({"instructor_id": "petr", "booking_ids": ["b1"]}))["conflicts"] == 1
        assert self.kinds(school) == ["participant_overlap"]
        assert school.upload(ORDERS, export(rows[0]))["conflicts"] == 0

    def test_time_alone_brings_them_and_changes_no_document(self, school):
        school.upload(ORDERS, export(row()))
        day = school.day("2026-12-27")
        school.now = datetime(2026, 12, 26, 8, 0, tzinfo=UTC)
        answer = school.upload("orders/b.tsv", export(row()))
        assert (self.kinds(school), answer["conflicts"], answer["days_changed"]) == (["unassigned"], 1, 0)
        assert school.day("2026-12-27") == day


class TestEvents:
    def test_none_of_several_records_hides_another(self, school):
        records = [
            school.put("orders/bad.tsv", b"<html>"),
            {"eventName": "ObjectCreated:Put"},
            school.put("orders/notes.txt", b"x"),
            school.put(ORDERS, export(row())),
        ]
        assert [answer["outcome"] for answer in school.run(*records)] == ["rejected", "ignored", "ignored", "accepted"]

    def test_a_record_that_fails_is_raised_after_the_others_were_done(self, school):
        first, second = school.put("orders/a.tsv", export(row(level="a"))), school.put("instructors/profiles.json", PROFILES)
        with faults((school.dynamodb, school.s3), fail_at=0), pytest.raises(RetryError, match=r"orders/a\.tsv \(Could not connect"):
            school.run(first, second)
        assert ("SOURCE#profiles", "LATEST") in school.items()
        assert school.index()["orders"] is None

    def test_the_same_event_twice_changes_nothing(self, school):
        event = school.put(ORDERS, export(row()))
        school.run(event)
        before = school.items(), school.day("2026-12-27")
        assert school.run(event)[0]["items_written"] == 0
        assert (school.items(), school.day("2026-12-27")) == before

    def test_a_missing_table_is_raised_in_one_sentence(self, school):
        event = school.put(ORDERS, export(row()))
        school.dynamodb.delete_table(TableName=school.table)
        with pytest.raises(RetryError, match=r"^Could not be processed now: orders/a\.tsv \(.*ResourceNotFoundException"):
            school.run(event)


def test_a_table_restored_from_a_backup_gets_ahead_of_what_is_published(school):
    """Point-in-time recovery takes revisions back; displays and documents only go forward."""
    school.upload(ORDERS, export(row(level="one")))
    backup = school.items()
    for level in ("two", "three"):
        school.upload(ORDERS, export(row(level=level)))
    restored = school.copy()
    for key, item in backup.items():
        restored.replace(key, item)
    for key in restored.items().keys() - backup.keys():
        restored.replace(key, None)
    restored.upload(ORDERS, export(row(level="one")))
    assert (restored.day("2026-12-27")["revision"], restored.day("2026-12-27")["lessons"][0]["level"]) == (4, "one")


def test_an_index_that_is_lost_or_broken_is_made_again(school):
    school.upload(ORDERS, export(row()))
    day = school.day("2026-12-27")
    for damage in (b"{", b"[]", b'{"days": [{}]}', None):
        if damage is None:
            school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
        else:
            school.s3.put_object(Bucket=school.website, Key="data/schedule.json", Body=damage)
        school.upload(ORDERS, export(row()))
        assert [entry["date"] for entry in school.index()["days"]] == ["2026-12-27"]
        assert school.day("2026-12-27") == day
