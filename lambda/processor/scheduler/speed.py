"""Two ways to spend less time on hundreds of thousands of small objects."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar, cast

_Named = TypeVar("_Named", bound=tuple[Any, ...])


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector, as a block or a decorator.

    A season's objects all stay and hold no cycles: looking through them again and again takes a quarter of the time, and a greater part
    the larger the season is.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def maker(kind: type[_Named]) -> Callable[[tuple[Any, ...]], _Named]:
    """Give a way to make named tuples that skips their constructor, which is written in Python and takes as long again.

    Example:
        >>> make_row = maker(Row)
        >>> make_row((4001, "Stone bar", ...))
    """
    return cast(Callable[[tuple[Any, ...]], _Named], partial(tuple.__new__, kind))
