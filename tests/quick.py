"""Whether something takes as little computing as it should, on a machine that has other things to do."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

TRIES = 3
"""A processor that is shared, or garbage that is looked for at the wrong moment, slows down one of them, not all."""


def is_quick(seconds: float, call: Callable[[], object]) -> bool:
    """Say whether a call takes so much computing at most; if need be it is tried again."""
    return any(_computing(call) <= seconds for _ in range(TRIES))


def _computing(call: Callable[[], object]) -> float:
    begun = process_time()
    call()
    return process_time() - begun
