"""A command that is asked to stop, by whomever, ends as by Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from ..generator.workers.signals import FROM_OUTSIDE

_OF_A_SIGNAL = 128  # and its number: the exit code that shells know


class Stopped(KeyboardInterrupt):
    """A signal from outside; whatever takes care of Ctrl-C takes care of it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def stoppable() -> Iterator[None]:
    """Let signals from outside raise `Stopped`; those stay ignored that are, as by `nohup`."""
    heeded = [each for each in FROM_OUTSIDE if signal.getsignal(each) is signal.SIG_DFL]
    for each in heeded:
        signal.signal(each, _stop)
    try:
        yield
    finally:
        for each in heeded:
            if signal.getsignal(each) is _stop:
                signal.signal(each, signal.SIG_DFL)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    for each in FROM_OUTSIDE:  # once is enough: a shell repeats what a closed terminal says
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def exit_code(error: BaseException) -> int:
    """Return the exit code of a command that was stopped by this, or by what it comes from."""
    for each in (error, error.__cause__):
        if isinstance(each, Stopped):
            return _OF_A_SIGNAL + each.number
    return _OF_A_SIGNAL + signal.SIGINT
