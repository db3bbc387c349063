"""One process after the other: waiting for what another one holds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SECONDS = 2
"""After which somebody is told; most commands hold things for a moment only."""


def in_turn(take: Callable[[], T | None], wait: Callable[[], None]) -> T:
    """Try to take something until nobody else has it.

    Parameters
    ----------
    take
        Returns it, or None where another process has it.
    wait
        What is called, once, before waiting gets long; what it raises ends the waiting.
    """
    told, patient_until = False, time.monotonic() + SECONDS
    while (taken := take()) is None:
        if not told and time.monotonic() > patient_until:
            wait()
            told = True
        time.sleep(0.02 + os.getpid() % 50 / 1_000)  # so that two who wait do not stay in step
    return taken
