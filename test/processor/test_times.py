from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.times import Calendar, parse_instant, utc, utc_milliseconds

PRAGUE = ZoneInfo("Europe/Prague")
MIDNIGHT = datetime(2026, 12, 27, tzinfo=PRAGUE)


def at(moment, retention_days=30):
    return Calendar(PRAGUE, retention_days, moment)


def test_instants_are_written_in_utc():
    moment = datetime(2026, 12, 27, 9, 0, 5, 123456, PRAGUE)
    assert (utc(moment), utc_milliseconds(moment)) == ("2026-12-27T08:00:05Z", "2026-12-27T08:00:05.123Z")


def test_an_instant_without_an_offset_is_none():
    with pytest.raises(ValueError, match="offset"):
        parse_instant("2026-12-27T09:00:00")


def test_yesterday_and_every_later_day_is_published():
    for moment in (MIDNIGHT, MIDNIGHT + timedelta(hours=23, minutes=59)):
        calendar = at(moment)
        assert [day for day in ("2026-12-25", "2026-12-26", "2026-12-27", "2027-03-01") if calendar.is_published(day)] == [
            "2026-12-26",
            "2026-12-27",
            "2027-03-01",
        ]


def test_a_day_turns_at_local_midnight():
    assert at(datetime(2026, 12, 26, 22, 59, tzinfo=UTC)).first_published == "2026-12-25"
    assert at(datetime(2026, 12, 26, 23, 0, tzinfo=UTC)).first_published == "2026-12-26"


def test_a_day_expires_at_local_midnight_after_its_retention():
    assert at(MIDNIGHT).expires_at("2026-12-27") == int(datetime(2027, 1, 26, tzinfo=PRAGUE).timestamp())
    assert at(MIDNIGHT).expires_at("2026-03-01") == int(datetime(2026, 3, 31, tzinfo=PRAGUE).timestamp())


def test_the_last_day_of_all_expires_too():
    assert at(MIDNIGHT).expires_at("9999-12-31") > at(MIDNIGHT).expires_at("2026-12-27")


def test_a_day_is_kept_until_it_expires():
    calendar = at(MIDNIGHT, retention_days=2)
    assert [day for day in ("2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27") if calendar.is_kept(day)] == [
        "2026-12-26",
        "2026-12-27",
    ]


def test_a_day_past_its_retention_is_not_published():
    assert not at(MIDNIGHT, retention_days=1).is_published("2026-12-26")
