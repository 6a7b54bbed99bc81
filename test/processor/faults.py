"""Making AWS calls fail, counted over a run."""

import threading
from contextlib import contextmanager

from botocore.exceptions import ClientError, EndpointConnectionError

READS = ("GetItem", "BatchGetItem", "Query", "GetObject", "HeadObject")
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems", "PutObject", "DeleteObject")


class Faults:
    """Counts the calls of two clients, and fails one of them: before it takes effect, or after."""

    def __init__(self, fail_at=None, after=False):
        self.fail_at = fail_at
        self.after = after
        self.calls = []
        self._lock = threading.Lock()
        self._doomed = threading.local()

    def before_call(self, model, **_):
        with self._lock:
            number = len(self.calls)
            self.calls.append(model.name)
        self._doomed.now = number == self.fail_at
        if self._doomed.now and not self.after:
            raise EndpointConnectionError(endpoint_url="before")

    def after_call(self, **_):
        if self._doomed.now and self.after:
            raise EndpointConnectionError(endpoint_url="after")

    def of(self, *names):
        return [name for name in self.calls if name in names]


@contextmanager
def faults(clients, fail_at=None, after=False):
    """Watch the calls of clients within the block; the call number ``fail_at`` fails."""
    watch = Faults(fail_at, after)
    for client in clients:
        client.meta.events.register_first("before-call", watch.before_call)
        client.meta.events.register_first("after-call", watch.after_call)
    try:
        yield watch
    finally:
        for client in clients:
            client.meta.events.unregister("before-call", watch.before_call)
            client.meta.events.unregister("after-call", watch.after_call)


@contextmanager
def failing_transaction(school, number):
    """The transaction of that number does not reach DynamoDB."""
    calls = []

    def fail(**_):
        calls.append(1)
        if len(calls) == number:
            raise EndpointConnectionError(endpoint_url="before")

    school.dynamodb.meta.events.register_first("before-call.dynamodb.TransactWriteItems", fail, unique_id="fail")
    try:
        yield
    finally:
        school.dynamodb.meta.events.unregister("before-call.dynamodb.TransactWriteItems", unique_id="fail")


@contextmanager
def meanwhile(client, operation, action, when=lambda params: True):
    """Do something before the first call of an operation, such as ``s3.PutObject``, whose parameters are those that ``when`` waits for."""
    pending = [action]

    def act(params, **_):
        if pending and when(params):
            pending.pop()()

    name = f"provide-client-params.{operation}"
    client.meta.events.register_first(name, act, unique_id="meanwhile")
    try:
        yield
    finally:
        client.meta.events.unregister(name, unique_id="meanwhile")
    assert not pending, "there was no such call"


def _is_meta_of(day, item):
    return (item.get("PK"), item.get("SK")) == ({"S": f"SCHEDULE#{day}"}, {"S": "META"})


class Refusing:
    """A DynamoDB that refuses every transaction that writes a day."""

    def __init__(self, client, day):
        self._client = client
        self._day = day

    def __getattr__(self, name):
        return getattr(self._client, name)

    def transact_write_items(self, TransactItems):  # noqa: N803
        if any(_is_meta_of(self._day, action.get("Put", {}).get("Item", {})) for action in TransactItems):
            raise ClientError({"Error": {"Code": "ValidationException", "Message": "no"}}, "TransactWriteItems")
        return self._client.transact_write_items(TransactItems=TransactItems)
