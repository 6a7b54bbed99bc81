"""Several functions at work on one school at the same time, as Lambda runs them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from aws import record
from faults import faults
from in_process import direct_clients
from scheduler.engine import Engine
from scheduler.errors import RetryError
from scheduler.store import pause
from turns import Turns

WORKERS = 4

ATTEMPTS = 3
"""How often Lambda tries an event before it goes to the failure queue."""


@dataclass(frozen=True)
class Answer:
    """What became of a delivery, after how many attempts that failed."""

    upload: object
    outcome: str
    failures: int


class Workers:
    """Functions, each with AWS clients of its own."""

    def __init__(self, address):
        self.clients = [direct_clients(address) for _ in range(WORKERS)]

    def deliver(self, school, deliveries, choose=None):
        """Processes deliveries, each as Lambda does: what fails is tried again.

        Args:
            school: Where they belong.
            deliveries: In the order in which workers take them.
            choose: A seeded random generator that decides whose AWS call comes next; without it, all run as they happen to.
        """
        waiting = iter(list(deliveries))
        turns = Turns(choose, range(WORKERS)) if choose else None
        with ThreadPoolExecutor(WORKERS) as pool:
            answers = list(pool.map(lambda number: self._work(school, number, waiting, turns), range(WORKERS)))
        return [answer for theirs in answers for answer in theirs]

    def _work(self, school, number, waiting, turns):
        clients = self.clients[number]
        with ExitStack() as stack:
            wait = pause
            if turns:
                wait = stack.enter_context(_taking_turns(turns, number, clients))
            engine = Engine(school.settings(), *clients, clock=lambda: school.now, wait=wait)
            return [self._process(school, engine, clients, delivery) for delivery in waiting]

    def _process(self, school, engine, clients, delivery):
        event = {"Records": [event_of(school, delivery.upload)]}
        for attempt in range(ATTEMPTS):
            fail_at, after = delivery.crashes[attempt] if attempt < len(delivery.crashes) else (None, False)
            with faults(clients, fail_at, after) as watch:
                try:
                    [answer] = engine.run(event)["records"]
                    return Answer(delivery.upload, answer["outcome"], attempt)
                except RetryError as error:
                    if fail_at is None or fail_at >= len(watch.calls):
                        raise AssertionError(f"{delivery.upload.key} failed undisturbed: {error}") from error
        raise AssertionError(f"{delivery.upload.key} went to the failure queue")


@contextmanager
def _taking_turns(turns, number, clients):
    """Has a worker wait for its turn before each AWS call; gives what it does instead of a pause."""

    def hand_on(*_, **__):
        turns.hand_on(number)

    turns.wait_for(number)
    for each in clients:
        each.meta.events.register_first("before-call", hand_on)
    try:
        yield hand_on
    finally:
        for each in clients:
            each.meta.events.unregister("before-call", hand_on)
        turns.leave(number)


def event_of(school, upload):
    """The record of an upload's event."""
    return record(school.inbox, upload.key, upload.etag, len(upload.content), upload.uploaded, upload.sequencer)
