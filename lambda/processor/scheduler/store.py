"""The data table: the only place that speaks to DynamoDB.

Reads are consistent. A write of a day is a transaction that holds only if the day is as it was read and the files in force are those the
run works from, so whatever is half done, late or doubled can never overwrite what is newer.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from scheduler.days import StoredDay
from scheduler.errors import ContentionError, LockLostError
from scheduler.instructors import Profile
from scheduler.items import (
    KEPT_PREFIX,
    LATEST,
    META,
    ORDERS_SOURCE,
    PROFILE,
    PROFILES_SOURCE,
    ROSTER,
    Item,
    Meta,
    Source,
    day_pk,
    is_roster,
    profile_of,
    profile_pk,
)
from scheduler.outcome import ACCEPTED
from scheduler.records import REJECTED, upload_sk
from scheduler.schedule import canonical
from scheduler.transactions import MAX_BYTES, Step, Work
from scheduler.unfinished import Unfinished, unfinished_of, writing_keys
from scheduler.uploads import Upload
from scheduler.wire import from_wire, key_on_wire, to_wire

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

MAX_KEYS_PER_READ = 100
MAX_ACTIONS = 100
ROOM = MAX_ACTIONS - 2
"""What a transaction has for the items of days, beside a condition for either kind of file in force."""

ATTEMPTS = 12
"""How often a request is tried that others keep from going through; with the pauses below, for about ten seconds."""

TORN_AFTER = 6
"""Readings, over half a second or so, between which nothing of a day has changed: no transaction takes as long to commit."""

_BUSY = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}

Key = tuple[str, str]
Action = tuple[str | None, dict[str, Any]]
"""An action of a transaction, and the name of what its condition guards."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files in force, as a run found them.

    Attributes:
        orders: The export.
        profiles: The profiles file.
        unfinished: The profiles in force, as long as not each is an item of its own: a run is at it, or did not come to its end.
    """

    orders: Source | None
    profiles: Source | None
    unfinished: Unfinished | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a write: the pointer ``pk`` still names this file, or none."""

    pk: str
    source: Source | None


def pause(attempt: int) -> None:
    """Wait a little, longer each time, and not as long as others who wait too."""
    time.sleep(random.uniform(0, min(2.0, 0.02 * 2**attempt)))


class Store:
    """The data table.

    Args:
        client: A DynamoDB client.
        table: The table's name.
        wait: Called with the number of an attempt before it is made again.
    """

    def __init__(self, client: "DynamoDBClient", table: str, wait: Callable[[int], None] = pause) -> None:
        self._client = client
        self._table = table
        self._wait = wait

    def sources(self) -> Sources:
        """Read which files are in force."""
        found = {item["PK"]: Source.of(item) for item in self._get([(ORDERS_SOURCE, LATEST), (PROFILES_SOURCE, LATEST)])}
        profiles = found.get(PROFILES_SOURCE)
        # Read after the pointer: they come with it, and leave when all is done.
        unfinished = unfinished_of(self._get(writing_keys(profiles.parts)), profiles.parts) if profiles else None
        return Sources(found.get(ORDERS_SOURCE), profiles, unfinished)

    def metas(self, dates: Iterable[str]) -> dict[str, Meta]:
        """Read the METAs of days, by date; a day that was never written is not in the answer."""
        found = (Meta.of(item) for item in self._get([(day_pk(date), META) for date in sorted(dates)]))
        return {meta.date: meta for meta in found}

    def dates_with_roster(self, dates: Iterable[str]) -> set[str]:
        """Tell which of some days have a roster."""
        return {str(item["PK"]).removeprefix("SCHEDULE#") for item in self._get([(day_pk(date), ROSTER) for date in sorted(dates)])}

    def profiles(self, instructor_ids: Iterable[str]) -> dict[str, Profile]:
        """Read profiles, by instructor id."""
        found = (profile_of(item) for item in self._get([(profile_pk(identity), PROFILE) for identity in sorted(instructor_ids)]))
        return {profile.id: profile for profile in found}

    def day(self, date: str) -> StoredDay:
        """Read a whole day.

        A query may see half of a transaction that commits meanwhile; what META says of the other items tells, and it is read again.
        A day that then stays as it is was torn: an item was deleted or expired by itself, or came back without the others.

        Raises:
            ContentionError: Other runs kept changing the day.
        """
        before, alike = None, 0
        for attempt in range(ATTEMPTS):
            items = {item["SK"]: item for item in self._query(day_pk(date))}
            meta = items.pop(META, None)
            kept = {key: items.pop(key) for key in [key for key in items if key.startswith(KEPT_PREFIX)]}
            day = StoredDay(date, Meta.of(meta) if meta else None, items, kept)
            if day.is_whole() and (day.meta is None or day.meta.is_readable):
                return day
            alike = alike + 1 if day == before else 1
            if alike == TORN_AFTER:
                day.is_torn = True
                return day
            before = day
            self._wait(attempt)
        raise ContentionError(f"The day {date} kept changing while it was read.")

    def roster(self, date: str) -> Item | None:
        """Read a day's roster in force, if it can be read."""
        found = self._get([(day_pk(date), ROSTER)])
        return found[0] if found and is_roster(found[0]) else None

    def rejected(self) -> list[Item]:
        """Read the rejected files that are on record, oldest first."""
        return list(self._query(REJECTED))

    def put(self, item: Item) -> None:
        """Put an item that needs no condition."""
        self._client.put_item(TableName=self._table, Item=to_wire(item))

    def put_outcome(self, item: Item) -> bool:
        """Put what became of a file on record; False where it was accepted before, and more is told of that.

        A retry that leaves no day is told of, though it had less to do.
        """
        condition = "attribute_not_exists(PK) OR outcome <> :accepted"
        values: Item = {":accepted": ACCEPTED}
        if item["outcome"] == ACCEPTED:
            condition, values = f"{condition} OR lessons_changed <= :lessons", {**values, ":lessons": item["lessons_changed"]}
            if not item["failed_days"]:
                condition, values = f"{condition} OR size(failed_days) > :none", {**values, ":none": 0}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=to_wire(item),
                ConditionExpression=condition,
                ExpressionAttributeValues=to_wire(values),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def forget_rejected(self, upload: Upload) -> None:
        """Take a file off the record of rejected ones; no matter whether it is there."""
        self._client.delete_item(TableName=self._table, Key=key_on_wire(REJECTED, upload_sk(upload)))

    def put_in_force(
        self,
        pk: str,
        source: Source,
        instead_of: Source | None,
        puts: Sequence[Item] = (),
        deletes: Sequence[Key] = (),
        afterwards: Sequence[Key] = (),
    ) -> int:
        """Put a file in force, with the items that belong to it.

        Everything takes effect at once, as far as a transaction reaches. What does not fit goes before, so that the pointer comes last.

        Args:
            pk: Which pointer.
            source: The file.
            instead_of: The file that was in force.
            puts: Items to put.
            deletes: Keys to delete.
            afterwards: Keys of what the file that was in force needed: they go with it, or right after.

        Returns:
            How many items were written.

        Raises:
            LockLostError: The file in force is no longer as it was read.
        """
        batches = list(self._batches(puts, deletes))
        for batch in batches[:-1]:
            self._transact([(pk, self._check(Guard(pk, instead_of))), *batch])
        pointer: dict[str, Any] = {"Put": {"TableName": self._table, "Item": to_wire(source.item(pk)), **self._unchanged(instead_of)}}
        ends: list[Action] = [(pk, pointer), *batches[-1]]
        room = MAX_ACTIONS - len(ends)
        self._transact([*ends, *map(self._delete, afterwards[:room])])
        for start in range(room, len(afterwards), ROOM):
            self._transact([(pk, self._check(Guard(pk, source))), *map(self._delete, afterwards[start : start + ROOM])])
        return len(puts) + len(deletes) + len(afterwards) + 1

    def write_items(self, guard: Guard, puts: Sequence[Item], deletes: Sequence[Key]) -> int:
        """Put and delete items while a file is in force; gives how many.

        Raises:
            LockLostError: It is no longer.
        """
        for batch in self._batches(puts, deletes):
            if batch:
                self._transact([(guard.pk, self._check(guard)), *batch])
        return len(puts) + len(deletes)

    def _batches(self, puts: Sequence[Item], deletes: Sequence[Key]) -> Iterator[list[Action]]:
        """Put what has no condition into as few transactions as may be; the last is empty where there is nothing."""
        batch: list[Action] = []
        size = 0
        for item in puts:
            length = len(canonical(item))
            if len(batch) == ROOM or size + length > MAX_BYTES:
                yield batch
                batch, size = [], 0
            batch.append(self._put(item))
            size += length
        for key in deletes:
            if len(batch) == ROOM:
                yield batch
                batch = []
            batch.append(self._delete(key))
        yield batch

    def _put(self, item: Item) -> Action:
        return None, {"Put": {"TableName": self._table, "Item": to_wire(item)}}

    def _delete(self, key: Key) -> Action:
        return None, {"Delete": {"TableName": self._table, "Key": key_on_wire(*key)}}

    def write(self, work: Work, guards: Sequence[Guard]) -> None:
        """Write what :func:`scheduler.transactions.packed` put together for :data:`ROOM` actions.

        Raises:
            LockLostError: A day, or a file in force, is no longer as the plans assume; it names the dates and pointers concerned.
        """
        for transaction in work.transactions:
            actions: list[Action] = [(guard.pk, self._check(guard)) for guard in guards]
            for step in transaction:
                actions.extend(self._step(step))
            self._transact(actions)

    def _step(self, step: Step) -> Iterator[Action]:
        lock: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(PK)"}
        if step.before:
            # Where somebody has mutilated an item, what is left of it must be the same.
            values: Item = {":state": step.before.state_hash}
            same = "(attribute_not_exists(state_hash) OR state_hash = :state)"
            if step.before.is_readable:
                same, values = f"revision = :revision AND {same}", {**values, ":revision": step.before.revision}
            lock = {"ConditionExpression": same, "ExpressionAttributeValues": to_wire(values)}
        yield step.after.date, {"Put": {"TableName": self._table, "Item": to_wire(step.after.item()), **lock}}
        for item in step.puts:
            yield self._put(item)
        for sort_key in step.deletes:
            yield self._delete((day_pk(step.after.date), sort_key))

    def _check(self, guard: Guard) -> dict[str, Any]:
        return {"ConditionCheck": {"TableName": self._table, "Key": key_on_wire(guard.pk, LATEST), **self._unchanged(guard.source)}}

    def _unchanged(self, source: Source | None) -> dict[str, Any]:
        """The condition that a pointer still names a file, or none."""
        if source is None:
            return {"ConditionExpression": "attribute_not_exists(PK)"}
        upload = source.upload
        return {
            "ConditionExpression": "uploaded_at = :uploaded_at AND #key = :key AND sequencer = :sequencer",
            "ExpressionAttributeNames": {"#key": "key"},
            "ExpressionAttributeValues": to_wire({":uploaded_at": upload.uploaded_at, ":key": upload.key, ":sequencer": upload.sequencer}),
        }

    def _transact(self, actions: Sequence[Action]) -> None:
        for attempt in range(ATTEMPTS):
            try:
                self._client.transact_write_items(TransactItems=cast("list[TransactWriteItemTypeDef]", [action for _, action in actions]))
                return
            except ClientError as error:
                reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
                lost = frozenset(
                    name for (name, _), reason in zip(actions, reasons, strict=False) if reason == "ConditionalCheckFailed" and name
                )
                if lost:
                    raise LockLostError(lost) from None
                if not _BUSY.intersection(reasons) and error.response["Error"]["Code"] != "TransactionInProgressException":
                    raise
                self._wait(attempt)
        raise ContentionError("Other runs kept writing to the same items.")

    def _get(self, keys: Sequence[Key]) -> list[Item]:
        found: list[Item] = []
        for start in range(0, len(keys), MAX_KEYS_PER_READ):
            wanted: Any = {
                self._table: {"Keys": [key_on_wire(*key) for key in keys[start : start + MAX_KEYS_PER_READ]], "ConsistentRead": True}
            }
            attempt = 0
            while wanted:
                answer = self._client.batch_get_item(RequestItems=wanted)
                found.extend(from_wire(item) for item in answer.get("Responses", {}).get(self._table, []))
                wanted = answer.get("UnprocessedKeys")
                if wanted:
                    if attempt == ATTEMPTS:
                        raise ContentionError("The table kept answering only in part.")
                    self._wait(attempt)
                    attempt += 1
        return found

    def _query(self, pk: str) -> Iterator[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="PK = :pk",
            ExpressionAttributeValues=to_wire({":pk": pk}),
            ConsistentRead=True,
        )
        for page in pages:
            yield from (from_wire(item) for item in page["Items"])
