"""A run that begins before midnight and ends after it: what is past by then leaves, and stays away."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from botocore.exceptions import EndpointConnectionError

from exports import export, row
from faults import meanwhile
from scheduler.errors import RetryError

PRAGUE = ZoneInfo("Europe/Prague")
PAST, YESTERDAY, TODAY = "2026-12-20", "2026-12-21", "2026-12-22"
BEFORE, AFTER = datetime(2026, 12, 21, 23, 58, tzinfo=PRAGUE), datetime(2026, 12, 22, 0, 2, tzinfo=PRAGUE)
LEFT = [f"data/days/{YESTERDAY}.json", f"data/days/{TODAY}.json", "data/schedule.json"]


def season(level):
    return export(*(row(day=day, id_order=day[-2:], level=level) for day in (PAST, YESTERDAY, TODAY)))


def while_the_past_is_published(school, action):
    """Does something before the document of the day that becomes past is put."""
    return meanwhile(school.s3, "s3.PutObject", action, lambda params: params["Key"] == f"data/days/{PAST}.json")


@pytest.fixture
def evening(school):
    school.now = BEFORE - timedelta(minutes=1)
    school.upload("orders/a.tsv", season("old"))
    assert f"data/days/{PAST}.json" in school.published()
    school.now = BEFORE
    return school


def test_a_day_that_becomes_past_while_it_is_published_leaves_with_the_same_run(evening):
    event = evening.put("orders/b.tsv", season("new"))
    with while_the_past_is_published(evening, lambda: setattr(evening, "now", AFTER)):
        evening.run(event)
    assert evening.published() == LEFT
    assert [day["date"] for day in evening.index()["days"]] == [YESTERDAY, TODAY]


def test_a_document_that_a_stopped_run_put_after_it_had_left_leaves_with_the_next(evening):
    """Another run has removed it, and written an index without it, while this one was about to put it once more."""
    event = evening.put("orders/b.tsv", season("new"))
    profiles = evening.put("instructors/profiles.json", {"jana": {"name": "Jana"}})

    def fail(**_):
        raise EndpointConnectionError(endpoint_url="before")

    def after_midnight():
        evening.now = AFTER
        evening.run(profiles)
        assert evening.published() == LEFT
        evening.s3.meta.events.register_first("before-call.s3.DeleteObject", fail, unique_id="fail")

    with while_the_past_is_published(evening, after_midnight), pytest.raises(RetryError):
        evening.run(event)
    evening.s3.meta.events.unregister("before-call.s3.DeleteObject", unique_id="fail")
    assert f"data/days/{PAST}.json" in evening.published()
    evening.now = AFTER + timedelta(minutes=2)
    evening.run(event)
    assert evening.published() == LEFT
