"""A command that is asked to stop, by whomever, ends as by Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from types import FrameType

from ..generator.workers.signals import FROM_OUTSIDE

_OF_A_SIGNAL = 128  # and its number: the exit code that shells know
_AGAIN = 1.0  # seconds; what comes sooner is a repetition, as when a shell tells that a terminal was closed
_LATER = 0.01  # seconds


class Stopped(KeyboardInterrupt):
    """A signal from outside; whatever takes care of Ctrl-C takes care of it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def stoppable() -> Iterator[None]:
    """Let signals from outside raise `Stopped`; those stay ignored that are, as by `nohup`."""
    heeded = [each for each in FROM_OUTSIDE if signal.getsignal(each) is signal.SIG_DFL]
    last = -inf

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal last
        if frame and frame.f_code.co_filename.startswith("<frozen importlib"):
            # Python would drop what is raised while it tidies up after an import.
            signal.signal(signal.SIGALRM, lambda _, frame: stop(number, frame))
            signal.setitimer(signal.ITIMER_REAL, _LATER)
        elif monotonic() - last > _AGAIN:
            last = monotonic()
            raise Stopped(number)

    for each in heeded:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in heeded:
            if signal.getsignal(each) is stop:
                signal.signal(each, signal.SIG_DFL if last == -inf else signal.SIG_IGN)


def exit_code(error: BaseException) -> int:
    """Return the exit code of a command that was stopped by this, or by what it comes from."""
    return _OF_A_SIGNAL + (stopped.number if (stopped := stopped_by(error)) else signal.SIGINT)


def stopped_by(error: BaseException | None) -> Stopped | None:
    """Return the signal that an error comes from: who closes a terminal also loses what is said of it."""
    while error and not isinstance(error, Stopped):
        error = error.__cause__ or error.__context__
    return error if isinstance(error, Stopped) else None
