"""The signals that ask a program to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

FROM_OUTSIDE = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What a cluster, a container or a closed terminal sends; a person sends SIGINT, by Ctrl-C."""

_ALL = (signal.SIGINT, *FROM_OUTSIDE)


def leave_to_the_command() -> None:
    """Ignore them here: who stops a job asks all its processes, and the command ends the others."""
    for each in _ALL:
        signal.signal(each, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ALL)


@contextmanager
def held_back() -> Iterator[None]:
    """Let them wait until this is over."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ALL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
