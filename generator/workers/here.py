"""An executor that works in this process, for work that is not worth another one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

from .crew import Crew

P = ParamSpec("P")
T = TypeVar("T")


class Here(Crew):
    """Does everything at once, where it is called."""

    ahead = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function; what it returns or raises is in the future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
