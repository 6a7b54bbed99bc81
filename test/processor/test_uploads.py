import json
from pathlib import Path

import pytest

from scheduler.uploads import Upload, is_orders, is_profiles, roster_date, uploads_of

EVENTS = Path(__file__).parent / "events"


def event(name):
    return json.loads((EVENTS / f"{name}.json").read_text())


def upload(**changes):
    values = {"bucket": "b", "key": "orders/a.tsv", "etag": "e", "size": 1, "uploaded_at": "2026-12-27T06:40:05.123Z", "sequencer": "A1"}
    return Upload(**{**values, **changes})


def test_a_put_is_read_with_its_key_decoded():
    assert list(uploads_of(event("put"))) == [
        Upload(
            "goldsport-scheduler-input-dev",
            "orders/objednávky 27. 12.+1.tsv",
            "d41d8cd98f00b204e9800998ecf8427e",
            251324,
            "2026-12-27T06:40:05.123Z",
            "0055AED6DCD90281E5",
        )
    ]


def test_a_multipart_upload_and_a_copy_are_uploads_too():
    found = list(uploads_of(event("multipart-and-copy")))
    assert [entry.key for entry in found] == ["orders/large.tsv", "instructors/profiles.json"]
    assert found[0].etag == "3858f62230ac3c915f300c664312c11f-9"


def test_a_test_event_has_nothing_to_do():
    assert list(uploads_of(event("test-event"))) == []


@pytest.mark.parametrize("odd", [{}, {"Records": None}, {"Records": {}}, {"detail": {}}])
def test_an_event_without_records_has_nothing_to_do(odd):
    assert list(uploads_of(odd)) == []


@pytest.mark.parametrize(
    "record",
    [
        None,
        "text",
        {},
        {"eventName": "ObjectCreated:Put"},
        {"eventName": "ObjectCreated:Put", "s3": {"object": {}}},
        {**event("put")["Records"][0], "eventTime": "yesterday"},
        {**event("put")["Records"][0], "eventTime": "2026-12-27T06:40:05"},
    ],
)
def test_a_record_that_says_too_little_is_told_from_the_others(record):
    broken, good = uploads_of({"Records": [record, event("put")["Records"][0]]})
    assert broken == "The record does not say which object was created, and when."
    assert isinstance(good, Upload)


def test_a_removed_object_is_no_upload():
    (found,) = uploads_of(event("removed"))
    assert found == "The record is about something else than a created object."


class TestNewer:
    """Newer is a later time, then a greater key, then a greater sequencer of the same key."""

    def test_a_later_millisecond(self):
        assert upload(uploaded_at="2026-12-27T06:40:05.124Z", key="a", sequencer="0").order > upload().order

    def test_a_greater_key_at_the_same_time(self):
        assert upload(key="orders/b.tsv", sequencer="0").order > upload().order

    @pytest.mark.parametrize(("less", "greater"), [("A1", "A2"), ("A1", "A11"), ("0FFF", "A"), ("A", "A01")])
    def test_a_greater_sequencer_of_the_same_key(self, less, greater):
        assert upload(sequencer=greater).order > upload(sequencer=less).order

    def test_sequencers_are_filled_with_zeros_on_the_right(self):
        assert upload(sequencer="A1").order == upload(sequencer="A100").order

    def test_times_are_read_to_the_millisecond_however_they_are_written(self):
        first, second = (
            dict(event("put")["Records"][0], eventTime=time) for time in ("2026-12-27T06:40:05Z", "2026-12-27T07:40:05.001+01:00")
        )
        (one, two) = uploads_of({"Records": [first, second]})
        assert (one.uploaded_at, two.uploaded_at) == ("2026-12-27T06:40:05.000Z", "2026-12-27T06:40:05.001Z")


@pytest.mark.parametrize("key", ["orders/a.tsv", "orders/2026/12/a b.tsv", "orders/ž.tsv"])
def test_exports_are_told_by_their_key(key):
    assert is_orders(key)


@pytest.mark.parametrize("key", ["orders/.tsv", "orders/a.csv", "orders/a.TSV", "order/a.tsv", "x/orders/a.tsv", "orders/", "a.tsv"])
def test_other_keys_are_no_exports(key):
    assert not is_orders(key)


def test_profiles_have_one_key():
    assert is_profiles("instructors/profiles.json")
    assert not is_profiles("instructors/old/profiles.json")


@pytest.mark.parametrize(
    ("key", "date"),
    [
        ("instructors/roster-2026-12-27.json", "2026-12-27"),
        ("instructors/roster-2026-02-30.json", None),
        ("instructors/roster-2026-12-27.json.bak", None),
        ("instructors/roster-20261227.json", None),
        ("instructors/old/roster-2026-12-27.json", None),
        ("orders/roster-2026-12-27.json", None),
    ],
)
def test_a_rosters_date_is_in_its_key(key, date):
    assert roster_date(key) == date
