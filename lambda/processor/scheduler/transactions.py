"""How the plans of days are cut and put together, so that each transaction is as full as DynamoDB takes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.days import Plan
from scheduler.items import ROSTER, Item, Meta, digests_hash
from scheduler.schedule import canonical, digest

MAX_BYTES = 1_500_000
"""Of items as JSON, in one transaction; DynamoDB takes 4 MB of its own form, which is at most about twice as long."""


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a plan that is written at once."""

    before: Meta | None
    after: Meta
    puts: list[Item]
    deletes: list[str]
    bytes: int

    @property
    def actions(self) -> int:
        """How many items it writes, META included."""
        return len(self.puts) + len(self.deletes) + 1


@dataclass(frozen=True, slots=True)
class Work:
    """Plans that are done together: several small ones in one transaction, or a large one in several, one after the other."""

    plans: list[Plan]
    transactions: list[list[Step]]

    @property
    def items(self) -> int:
        """How many items the plans write; a META that is written several times counts once."""
        return sum(len(plan.puts) + len(plan.deletes) + 1 for plan in self.plans)


def packed(plans: Iterable[Plan], room: int) -> Iterator[Work]:
    """Put plans together, in their order.

    Args:
        plans: Taken one by one, so that not all of them have to be held at once.
        room: How many actions a transaction has for them.
    """
    together: list[Plan] = []
    batch: list[Step] = []
    for plan in plans:
        parts = list(_steps(plan, room))
        fits = (
            sum(step.actions for step in batch) + parts[0].actions <= room
            and sum(step.bytes for step in batch) + parts[0].bytes <= MAX_BYTES
        )
        if batch and (len(parts) > 1 or not fits):
            yield Work(together, [batch])
            together, batch = [], []
        if len(parts) > 1:
            yield Work([plan], [[step] for step in parts])
        else:
            together.append(plan)
            batch.append(parts[0])
    if batch:
        yield Work(together, [batch])


def _steps(plan: Plan, room: int) -> Iterator[Step]:
    """Cut a plan into steps; until the last one, the day is marked as half written.

    A step's META carries the hash of what is stored after it, so each step is locked against other runs like a whole plan.
    """
    chunks = list(_chunks(plan.puts, plan.deletes, room - 1))
    digests = dict(plan.digests)
    before = plan.before
    for puts, deletes, length in chunks[:-1]:
        digests.update({item["SK"]: digest(item) for item in puts})
        for key in deletes:
            del digests[key]
        base = plan.before or replace(plan.after, revision=0, content_hash="", lessons=0, participants=0, conflicts=0)
        after = replace(
            base,
            export_hash="",
            state_hash=digests_hash(digests.values()),
            has_roster=ROSTER in digests,
            changed_by=plan.after.changed_by,
            lessons_changed=plan.after.lessons_changed,
            participants_changed=plan.after.participants_changed,
        )
        yield Step(before, after, puts, deletes, length)
        before = after
    puts, deletes, length = chunks[-1]
    yield Step(before, plan.after, puts, deletes, length)


def _chunks(puts: list[Item], deletes: list[str], most: int) -> Iterator[tuple[list[Item], list[str], int]]:
    chunk: list[Item] = []
    size = 0
    for item in puts:
        length = len(canonical(item))
        if chunk and (len(chunk) == most or size + length > MAX_BYTES):
            yield chunk, [], size
            chunk, size = [], 0
        chunk.append(item)
        size += length
    room = most - len(chunk)
    yield chunk, deletes[:room], size
    for start in range(room, len(deletes), most):
        yield [], deletes[start : start + most], 0
