"""What became of an upload is on record for whoever said, with the upload, who they are."""

from contextlib import suppress

import pytest

from aws import School
from exports import export, row
from faults import WRITES, Refusing, failing_transaction, faults
from scheduler.errors import RetryError
from scheduler.records import UPLOADS

ANNA = "anna@school.example"
ROSTER = "instructors/roster-2026-12-27.json"


def roster(**bookings):
    entries = [{"instructor_id": name, "booking_ids": theirs} for name, theirs in bookings.items()]
    return {"date": "2026-12-27", "assignments": entries}


def season(*more, level="lyže", day="2026-12-27"):
    rows = [row(id_order=str(number), name_participant=name, level=level, day=day) for number, name in enumerate(("Eva", "Jan"), 1)]
    return export(*rows, *more)


def send(school, key, content, uploader=ANNA):
    return school.deliver(school.put(key, content, uploader))


def records(school):
    return [item for _, item in sorted(school.items(UPLOADS).items())]


def test_an_accepted_export_tells_what_came_of_its_rows_and_who_sent_it(school):
    send(school, "orders/a.tsv", season(row(day="1970-01-01"), row(id_order="x")))
    [found] = records(school)
    assert (found["key"], found["uploaded_by"], found["outcome"], found["reason"]) == ("orders/a.tsv", ANNA, "accepted", None)
    assert found["rows"] == {"total": 4, "valid": 2, "superseded": 0, "rejected": {"bad_order_id": 1, "placeholder_date": 1}}
    assert found["first_failure"] == {"line": 4, "reason": "placeholder_date"}
    assert (found["lessons"], found["participants"], found["lessons_changed"], found["participants_changed"]) == (2, 2, 2, 2)
    assert found["expires_at"] > school.now.timestamp()


def test_what_changed_is_counted_in_lessons_and_people(school):
    send(school, "orders/a.tsv", season())
    added = row(id_order="1", name_participant="Ota")
    moved = row(id_order="2", name_participant="Jan", start="11:00", end="12:00")
    send(school, "orders/b.tsv", export(row(id_order="1", name_participant="Eva", level="lyže"), added | {"level": "lyže"}, moved))
    send(school, "orders/c.tsv", export(row(id_order="1", name_participant="Eva", level="lyže")))
    changes = [(item["lessons_changed"], item["participants_changed"]) for item in records(school)]
    # Ota comes, Jan is at another time: of three lessons one has one more, one is gone, one is new. Then Ota and Jan leave.
    assert changes == [(2, 2), (3, 2), (2, 2)]


def test_of_instructor_files_the_lessons_are_counted_that_show_somebody_else(school):
    booked = [
        row(id_order=str(number), booking_id=f"b{number}", start=f"{9 + number:02}:00", end=f"{9 + number:02}:50") for number in range(3)
    ]
    send(school, "orders/a.tsv", export(*booked), uploader=None)
    both = {"jana": {"name": "Jana"}, "petr": {"name": "Petr"}}
    send(school, "instructors/profiles.json", both)
    send(school, ROSTER, roster(jana=["b0", "b1"], petr=["b2"]))
    send(school, ROSTER, roster(jana=["b0"], petr=["b1", "b2"]))
    send(school, ROSTER, roster(jana=["b0"], petr=["b1", "b2", "none"]))
    send(school, "instructors/profiles.json", both | {"petr": {"name": "Pavel", "languages": ["cs"]}})
    send(school, "instructors/profiles.json", {"petr": {"name": "Pavel"}})
    changes = [(item["lessons_changed"], item["participants_changed"], item["days_changed"]) for item in records(school)]
    assert changes == [(0, 0, 0), (3, 3, 1), (1, 1, 1), (0, 0, 0), (2, 2, 1), (1, 1, 1)]


def test_after_an_older_program_only_the_lessons_are_counted_that_change_hands(school):
    booked = [
        row(id_order=str(number), booking_id=f"b{number}", start=f"{9 + number:02}:00", end=f"{9 + number:02}:50") for number in range(3)
    ]
    school.upload("orders/a.tsv", export(*booked))
    school.upload("instructors/profiles.json", {"jana": {"name": "Jana"}, "petr": {"name": "Petr"}})
    school.upload(ROSTER, roster(jana=["b0", "b1"], petr=["b2"]))
    [(key, meta)] = [(key, item) for key, item in school.items().items() if key[1] == "META"]
    school.replace(key, {name: value for name, value in meta.items() if name not in ("taught", "time_zone")})
    send(school, ROSTER, roster(jana=["b0"], petr=["b1", "b2"]))
    assert [(item["lessons_changed"], item["participants_changed"]) for item in records(school)] == [(1, 1)]


def test_the_same_event_again_tells_the_same(school):
    event = school.put("orders/a.tsv", season(), ANNA)
    school.deliver(event)
    before = records(school)
    assert school.deliver(event)["days_changed"] == 0
    assert records(school) == before


def test_a_retry_tells_what_the_first_try_has_changed_wherever_that_stopped(clients):
    before = School(*clients)
    before.upload("orders/a.tsv", season())
    event = before.put("orders/b.tsv", season(row(day="2026-12-28"), level="new"), ANNA)
    copies = before.copies()
    undisturbed = next(copies)
    with faults(clients) as watch:
        undisturbed.run(event)
    expected = records(undisturbed)
    assert (expected[0]["lessons_changed"], expected[0]["days_changed"]) == (3, 2)
    for call, name in enumerate(watch.calls):
        if name in WRITES:
            school = next(copies)
            with faults(clients, call, after=True), suppress(RetryError):
                school.run(event)
            school.run(event)
            assert records(school) == expected, f"call {call} of {watch.calls} failed after it took effect"


def test_a_rejected_file_tells_why_and_in_which_line(school):
    send(school, "instructors/profiles.json", b'{"jana":\n {"name": "Jana",}}')
    [found] = records(school)
    assert (found["outcome"], found["code"], found["rows"]) == ("rejected", "malformed_json", None)
    assert "line 2" in found["reason"]


def test_a_roster_that_waits_for_its_profiles_is_told_of_once_more_when_they_come(school):
    roster = {"date": "2026-12-27", "assignments": [{"instructor_id": "jana", "lesson_ids": []}]}
    send(school, "instructors/roster-2026-12-27.json", roster)
    assert [item["outcome"] for item in records(school)] == ["rejected"]
    send(school, "instructors/profiles.json", {"jana": {"name": "Jana"}}, uploader=None)
    assert [(item["key"][-15:], item["outcome"]) for item in records(school)] == [("2026-12-27.json", "accepted")]


def test_nothing_is_on_record_of_who_says_nothing(school):
    send(school, "orders/a.tsv", season(), uploader=None)
    assert records(school) == []


def test_a_name_is_taken_without_what_nobody_sees_and_no_longer_than_it_may_be(school):
    send(school, "orders/a.tsv", season(), uploader="a" * 300)
    send(school, "orders/b.tsv", season(), uploader="   ")
    assert [item["uploaded_by"] for item in records(school)] == ["a" * 256]


def test_an_older_file_a_past_roster_and_one_too_large_are_told_of(school):
    older, newer = school.put("orders/a.tsv", season(), ANNA), school.put("orders/b.tsv", season(level="new"), ANNA)
    school.deliver(newer)
    school.deliver(older)
    school.deliver(newer)
    send(school, "instructors/roster-2026-10-01.json", {"date": "2026-10-01", "assignments": []})
    send(school, "instructors/profiles.json", b"{" + b" " * 300_000)
    send(school, "orders/notes.txt", b"?")
    told = [(item["key"], item["outcome"], item["lessons_changed"]) for item in records(school)]
    assert told == [
        ("orders/a.tsv", "stale", 0),
        ("orders/b.tsv", "accepted", 2),
        ("instructors/roster-2026-10-01.json", "ignored", 0),
        ("instructors/profiles.json", "rejected", 0),
        ("orders/notes.txt", "ignored", 0),
    ]


def test_what_was_accepted_stays_on_record_as_it_was(school):
    """An event that comes again when something newer is in force, or has changed the same day."""
    export_event, roster_event = school.put("orders/a.tsv", season(), ANNA), school.put(ROSTER, roster(), ANNA)
    school.deliver(export_event)
    school.deliver(roster_event)
    before = records(school)
    send(school, "orders/a.tsv", season(row(id_order="9", level="new")), uploader=None)
    school.deliver(export_event)
    school.deliver(school.put(ROSTER, roster(), None))
    school.deliver(roster_event)
    assert records(school) == before
    assert [item["lessons_changed"] for item in before] == [2, 0]


def test_nothing_is_told_of_a_file_that_another_has_replaced_unread(school):
    """Who uploaded it, nothing tells any more: the object is the other's."""
    event = school.put("orders/a.tsv", season(), ANNA)
    send(school, "orders/a.tsv", season(level="new"), "petr@school.example")
    assert school.deliver(event)["outcome"] == "stale"
    assert [item["uploaded_by"] for item in records(school)] == ["petr@school.example"]


def test_an_upload_is_told_of_though_a_day_fails(school):
    """All other days show it; the retry, or the failure queue, sees to that day."""
    event = school.put("orders/a.tsv", season(row(day="2026-12-28")), ANNA)
    with pytest.raises(RetryError):
        school.engine(dynamodb=Refusing(school.dynamodb, "2026-12-28")).run({"Records": [event]})
    told = [(item["outcome"], item["lessons_changed"], item["failed_days"]) for item in records(school)]
    assert told == [("accepted", 2, ["2026-12-28"])]
    school.deliver(event)
    assert [(item["lessons_changed"], item["failed_days"]) for item in records(school)] == [(3, [])]


def test_a_retry_that_leaves_no_day_is_told_of_though_others_came_meanwhile(school):
    school.upload("instructors/profiles.json", {"jana": {"name": "Jana"}})
    days = ("2026-12-26", "2026-12-27", "2026-12-28")
    of_days = lambda **changes: export(*(row(day=day, booking_id="b", id_order=day[-2:], **changes) for day in days))  # noqa: E731
    school.upload("orders/a.tsv", of_days())
    event = school.put("orders/b.tsv", of_days(level="new"), ANNA)
    with pytest.raises(RetryError):
        school.engine(dynamodb=Refusing(school.dynamodb, days[1])).run({"Records": [event]})
    for day in (days[0], days[2]):
        entry = {"instructor_id": "jana", "booking_ids": ["b"]}
        school.upload(f"instructors/roster-{day}.json", {"date": day, "assignments": [entry]})
    school.deliver(event)
    assert [item["failed_days"] for item in records(school)] == [[]]


def test_what_a_retry_mended_is_told_as_it_ended(school):
    event = school.put("orders/a.tsv", season(), ANNA)
    with failing_transaction(school, 1):
        school.deliver(event)
    assert [item["outcome"] for item in records(school)] == ["accepted"]
