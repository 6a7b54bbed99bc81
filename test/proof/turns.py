"""Workers that take turns: their AWS calls come in an order that a seed decides, so a run can be repeated exactly."""

import threading
from concurrent.futures import Executor, Future


class OwnThread(Executor):
    """Runs what it is given at once, in the thread that gives it.

    Args:
        workers: How many threads another executor would have; this one has none.
    """

    def __init__(self, workers):
        pass

    def submit(self, fn, /, *args, **kwargs):
        """Runs it now; a failure comes with the result, as from any executor."""
        done = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


CALLS_IN_A_ROW = (1, 3, 10, 30)
"""How many calls a worker makes before another's turn, on average: with many, whole runs pass while one stands still between two calls."""


class Turns:
    """Lets one of several threads run at a time, from one AWS call to the next.

    Args:
        choose: A seeded ``random.Random``: decides whose turn is next.
        workers: Their names; each runs in a thread of its own, and none starts before :meth:`wait_for` lets it.
    """

    def __init__(self, choose, workers):
        self._choose = choose
        self._waiting = threading.Condition()
        self._at_work = list(workers)
        self._calls_in_a_row = choose.choice(CALLS_IN_A_ROW)
        self._turn = choose.choice(self._at_work)

    def wait_for(self, worker):
        """Blocks until it is this worker's turn."""
        with self._waiting:
            self._waiting.wait_for(lambda: self._turn == worker)

    def hand_on(self, worker):
        """Ends a worker's turn, and blocks until its next."""
        with self._waiting:
            self._pass()
            self._waiting.wait_for(lambda: self._turn == worker)

    def leave(self, worker):
        """A worker has done its work."""
        with self._waiting:
            self._at_work.remove(worker)
            self._pass()

    def _pass(self):
        if self._turn not in self._at_work or self._choose.random() * self._calls_in_a_row < 1:
            self._turn = self._choose.choice(self._at_work) if self._at_work else None
            self._waiting.notify_all()
