"""The documents' conditions, on the embedded AWS."""

import pytest
from botocore.exceptions import ClientError

from aws import School
from exports import export, row
from scheduler.contract import why_refused
from scheduler.engine import DAILY_EVENT
from scheduler.errors import UnfitDocumentError
from scheduler.publisher import Index, Publisher
from scheduler.schedule import day_document, index_document

DATE = "2026-12-27"
KEY = f"data/days/{DATE}.json"


@pytest.fixture
def publisher(school):
    return Publisher(school.s3, school.website, wait=lambda attempt: None)


def day(revision):
    return day_document(DATE, "Europe/Prague", revision, "2026-12-27T06:40:12Z", [])


def index(generated_at="2026-12-27T06:40:12Z"):
    return index_document(generated_at, "Europe/Prague", None, [])


@pytest.mark.parametrize(("first", "second", "stays"), [(1, 2, 2), (2, 1, 2), (2, 3, 3), (3, 2, 3), (2, 2, 2)])
def test_a_days_document_is_replaced_only_by_a_newer_revision(school, publisher, first, second, stays):
    publisher.put_day(day(first))
    publisher.put_day(day(second))
    assert school.day(DATE)["revision"] == stays


def test_the_same_revision_is_not_written_again(school, publisher):
    publisher.put_day(day(2))
    before = school.s3.head_object(Bucket=school.website, Key=KEY)["ETag"]
    writes = []
    school.s3.meta.events.register_first("before-call.s3.PutObject", lambda **_: writes.append(1), unique_id="writes")
    publisher.put_day(day(2))
    publisher.put_day(day(1))
    school.s3.meta.events.unregister("before-call.s3.PutObject", unique_id="writes")
    assert school.s3.head_object(Bucket=school.website, Key=KEY)["ETag"] == before
    assert len(writes) == 1, "revision 1 tries to be the first, and is refused"


def test_a_document_that_another_run_wrote_meanwhile_is_looked_at_again(school, publisher):
    """Between reading the revision in place and writing, another run writes one: in the one case an older, in the other a newer."""
    for meanwhile, stays in ((2, 3), (4, 4)):
        twin = School(school.dynamodb, school.s3)
        publisher = Publisher(twin.s3, twin.website, wait=lambda attempt: None)
        publisher.put_day(day(1))
        other = Publisher(twin.s3, twin.website)
        pending = [meanwhile]

        def between(pending=pending, other=other, **_):
            if pending:
                other.put_day(day(pending.pop()))

        twin.s3.meta.events.register_first("after-call.s3.HeadObject", between, unique_id="between")
        publisher.put_day(day(3))
        twin.s3.meta.events.unregister("after-call.s3.HeadObject", unique_id="between")
        assert twin.day(DATE)["revision"] == stays


def test_the_index_is_written_only_over_the_one_that_was_read(school, publisher):
    assert publisher.index() == Index()
    assert publisher.put_index(index(), Index())
    seen = publisher.index()
    assert publisher.put_index(index("2026-12-27T06:41:00Z"), seen)
    assert not publisher.put_index(index("2026-12-27T06:42:00Z"), seen)
    assert not publisher.put_index(index("2026-12-27T06:42:00Z"), Index())
    assert school.index()["generated_at"] == "2026-12-27T06:41:00Z"


def test_an_index_that_was_deleted_meanwhile_is_read_again(school, publisher):
    publisher.put_index(index(), Index())
    seen = publisher.index()
    school.s3.delete_object(Bucket=school.website, Key="data/schedule.json")
    assert not publisher.put_index(index(), seen)


def test_a_document_that_no_display_would_show_is_named_and_never_put(school, publisher):
    publisher.put_day(day(1))
    with pytest.raises(UnfitDocumentError, match=rf"^{KEY} was not published, since no display would show it: /lessons/0 breaks the rule"):
        publisher.put_day(day(2) | {"lessons": [{"level": "Novák"}]})
    with pytest.raises(UnfitDocumentError, match=r"^data/schedule\.json .*: /generated_at breaks the rule pattern$"):
        publisher.put_index(index("yesterday"), Index())
    assert school.published() == [KEY]
    assert school.day(DATE)["revision"] == 1


def test_a_day_that_no_display_would_show_is_named_and_the_others_are_published(school, monkeypatch):
    monkeypatch.setattr(
        "scheduler.publisher.why_refused",
        lambda kind, document: "/lessons breaks the rule type" if document.get("date") == DATE else why_refused(kind, document),
    )
    answer = school.upload("orders/a.tsv", export(row(), row(day="2026-12-28")))
    assert (answer["outcome"], answer["refused_days"]) == ("accepted", {DATE: "/lessons breaks the rule type"})
    assert [entry["date"] for entry in school.index()["days"]] == ["2026-12-28"]
    assert KEY not in school.published()
    assert school.engine().run(DAILY_EVENT)["daily"]["refused_days"].keys() == {DATE}
    monkeypatch.undo()
    assert "refused_days" not in school.engine().run(DAILY_EVENT)["daily"], "an update of the program mends it"
    assert [entry["date"] for entry in school.index()["days"]] == [DATE, "2026-12-28"]


def test_a_document_that_does_not_exist_may_be_deleted(publisher):
    publisher.delete_day(DATE)


class Forbidding:
    """An S3 that refuses some calls, as it does where a role lacks a right."""

    def __init__(self, client, *refused):
        self.client = client
        self.refused = refused

    def __getattr__(self, name):
        if name in self.refused:
            return self.refuse
        return getattr(self.client, name)

    def refuse(self, **_):
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": 403}}, "Any")


def test_a_refused_read_is_not_taken_for_success(school, publisher):
    """S3 answers so for what does not exist; where it does exist, the conditional put finds out."""
    blind = Publisher(Forbidding(school.s3, "get_object", "head_object"), school.website, wait=lambda attempt: None)
    assert blind.index() == Index()
    assert blind.put_index(index(), blind.index())
    assert not blind.put_index(index(), blind.index())


@pytest.mark.parametrize("call", ["put_object", "delete_object"])
def test_a_refused_write_is_raised(school, call):
    publisher = Publisher(Forbidding(school.s3, call), school.website)
    with pytest.raises(ClientError):
        publisher.put_day(day(1))
        publisher.delete_day(DATE)
