"""One risky thing, done where it can do no harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from .limits import WAITED_FOR
from .pool import Workers
from .serving import in_worker

P = ParamSpec("P")
R = TypeVar("R")


def alone(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function in a worker of its own; or here, if this is a worker already.

    Raises
    ------
    WorkerDied
        If it takes too much time or memory, or kills its worker.
    """
    if in_worker():
        return function(*args, **kwargs)
    with Workers(1, limits=WAITED_FOR, tries=1) as pool:
        return pool.submit(function, *args, **kwargs).result()
