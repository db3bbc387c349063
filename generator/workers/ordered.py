"""Tasks done by many are told in their own order, so that nothing depends on who is first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from .crew import Crew

T = TypeVar("T")
R = TypeVar("R")


def in_order(crew: Crew, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, Future[R]]]:
    """Yield each task with its future, in the order of the tasks.

    Parameters
    ----------
    crew
        Who does them.
    function
        What is called with each.
    tasks
        They are taken as they are needed, so that many of them take no more memory than few.
    """
    begun: deque[tuple[T, Future[R]]] = deque()
    try:
        for task in tasks:
            begun.append((task, crew.submit(function, task)))
            if len(begun) > crew.ahead:
                yield begun.popleft()
        while begun:
            yield begun.popleft()
    finally:
        for _, future in begun:
            future.cancel()
