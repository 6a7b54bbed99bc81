"""What AWS answers when it is busy, and the embedded AWS never does: canned answers of a client, and how each call was made."""

import pytest
from botocore.exceptions import ClientError

import handler
import scheduler.store
from scheduler.errors import ContentionError
from scheduler.items import ORDERS_SOURCE, Source
from scheduler.publisher import Publisher
from scheduler.schedule import day_document
from scheduler.store import ATTEMPTS, Store, pause
from scheduler.uploads import Upload
from scheduler.wire import to_wire

DATE = "2026-12-27"
SOURCE = Source(Upload("b", "orders/a.tsv", "e", 1, "2026-12-20T05:00:01.000Z", "A"), (DATE,))


def cancelled(*reasons):
    answer = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": [{"Code": code} for code in reasons]}
    return ClientError(answer, "TransactWriteItems")


def failed(code):
    return ClientError({"Error": {"Code": code, "Message": ""}}, "Any")


class Canned:
    """A client that gives one answer after the other, and notes how it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def _answer(self, **parameters):
        self.asked.append(parameters)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    transact_write_items = batch_get_item = put_object = head_object = _answer

    def get_paginator(self, name):
        assert name == "query"
        return self

    def paginate(self, **parameters):
        return [self._answer(**parameters)]


@pytest.mark.parametrize(
    "busy",
    [
        cancelled("None", "TransactionConflict"),
        cancelled("ThrottlingError"),
        cancelled("ProvisionedThroughputExceeded"),
        failed("TransactionInProgressException"),
    ],
    ids=["conflict", "throttled", "no throughput", "in progress"],
)
def test_a_transaction_that_others_keep_out_is_tried_again_after_a_pause(busy):
    waited = []
    client = Canned(busy, busy, {})
    Store(client, "t", waited.append).put_in_force(ORDERS_SOURCE, SOURCE, None)
    assert (len(client.asked), waited) == (3, [0, 1])


def test_it_is_not_tried_for_ever():
    client = Canned(*[cancelled("TransactionConflict")] * ATTEMPTS)
    with pytest.raises(ContentionError):
        Store(client, "t", lambda attempt: None).put_in_force(ORDERS_SOURCE, SOURCE, None)


def test_what_no_retry_mends_is_raised_at_once():
    with pytest.raises(ClientError):
        Store(Canned(failed("ValidationException")), "t", lambda attempt: None).put_in_force(ORDERS_SOURCE, SOURCE, None)


def test_keys_that_were_not_processed_are_asked_for_again():
    meta = {"PK": f"SCHEDULE#{DATE}", "SK": "META", "date": DATE, "revision": 3}
    left = {"t": {"Keys": [{"PK": {"S": meta["PK"]}, "SK": {"S": "META"}}], "ConsistentRead": True}}
    waited = []
    client = Canned({"Responses": {}, "UnprocessedKeys": left}, {"Responses": {"t": [to_wire(meta)]}})
    assert Store(client, "t", waited.append).metas([DATE])[DATE].revision == 3
    assert (client.asked[1]["RequestItems"], waited) == (left, [0])


def test_a_meta_of_an_older_program_is_read_with_defaults():
    meta = {"PK": f"SCHEDULE#{DATE}", "SK": "META", "date": DATE, "revision": 3, "unknown": "of a newer one"}
    found = Store(Canned({"Responses": {"t": [to_wire(meta)]}}), "t").metas([DATE])[DATE]
    assert (found.revision, found.form, found.has_roster) == (3, "", False)


def test_every_read_is_consistent():
    client = Canned({"Responses": {}}, {"Items": []})
    store = Store(client, "t")
    store.metas([DATE])
    store.day(DATE)
    assert client.asked[0]["RequestItems"]["t"]["ConsistentRead"] is True
    assert client.asked[1]["ConsistentRead"] is True


@pytest.mark.parametrize("code", ["PreconditionFailed", "ConditionalRequestConflict"])
def test_a_document_that_another_run_is_writing_is_looked_at_again(code):
    waited = []
    head = {"ETag": '"a"', "Metadata": {"revision": "1", "content": "x"}}
    client = Canned(head, failed(code), head, {})
    assert Publisher(client, "b", waited.append).put_day(day_document(DATE, "Europe/Prague", 2, "2026-12-27T06:40:12Z", [])) == 0
    assert waited == [0]


def test_pauses_grow_up_to_two_seconds_and_are_not_as_long_as_those_of_others(monkeypatch):
    slept, most = [], []
    monkeypatch.setattr(scheduler.store.time, "sleep", slept.append)
    monkeypatch.setattr(scheduler.store.random, "uniform", lambda low, high: most.append((low, high)) or high / 2)
    for attempt in range(ATTEMPTS):
        pause(attempt)
    assert most[:3] == [(0, 0.02), (0, 0.04), (0, 0.08)]
    assert most[-1] == (0, 2.0)
    assert slept == [high / 2 for _, high in most]


def test_aws_is_asked_five_times_before_a_run_fails():
    assert handler.CALLS.retries == {"mode": "standard", "total_max_attempts": 5}


@pytest.mark.usefixtures("function")
def test_a_document_is_sent_without_waiting_for_s3_to_say_that_it_would_take_it(school):
    _, s3 = handler.clients()
    sent = []
    s3.meta.events.register("before-send.s3.PutObject", lambda request, **_: sent.append(request))
    s3.put_object(Bucket=school.website, Key="data/schedule.json", Body=b"{}", IfNoneMatch="*")
    assert ["Expect" in request.headers for request in sent] == [False]
    assert s3.get_object(Bucket=school.website, Key="data/schedule.json")["Body"].read() == b"{}"
