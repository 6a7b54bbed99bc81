"""Less time on hundreds of thousands of small objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector, as a block or a decorator.

    A season's objects all stay and hold no cycles: looking through them again and again takes a quarter of the time of reading 100,000
    rows, which would then miss its goal (docs/benchmarks.md), and a greater part the larger the season is. One pause for all of them,
    since the collector looks through what there is by then when it goes on.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
