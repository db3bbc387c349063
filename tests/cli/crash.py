"""Commands in processes of their own, which can be starved, stripped of rights, and run at once."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from ctypes import CDLL, c_uint32
from typing import Any, NoReturn

from convexam import cli
from convexam.cli import marking  # noqa: F401 - so that forks need not import it
from convexam.generator.workers.signals import FROM_OUTSIDE
from convexam.grader.desk import Desk
from convexam.grader.records.store import Store
from convexam.grader.tasks import Handed, ToRead

from .conftest import Outcome

_CAPABILITIES = 0x20080522  # the version of the structures of capset(2)


class Child:
    """A command that runs in a fork of this process.

    Parameters
    ----------
    arguments
        Of the command line.
    before
        What is done in the process first: limits are set, rights are given up.
    """

    def __init__(self, *arguments: object, before: Callable[[], object] = lambda: None) -> None:
        pipes = os.pipe(), os.pipe()
        with warnings.catch_warnings():  # numpy has idle threads, which hold nothing
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if not self.pid:
            _work([str(each) for each in arguments], [end for _, end in pipes], before)
        for _, end in pipes:
            os.close(end)
        self._printed = [end for end, _ in pipes]

    def outcome(self) -> Outcome:
        """Wait for it; it prints little."""
        _, status = os.waitpid(self.pid, 0)
        out, err = map(_read, self._printed)
        return Outcome(os.waitstatus_to_exitcode(status), out, err)


def _read(end: int) -> str:
    with os.fdopen(end, encoding="utf-8") as printed:
        return printed.read()


def _work(arguments: list[str], ends: list[int], before: Callable[[], object]) -> NoReturn:
    code = 99
    signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may ignore them
    for each in FROM_OUTSIDE:
        signal.signal(each, signal.SIG_DFL)
    try:
        sys.stdout, sys.stderr = (os.fdopen(end, "w", encoding="utf-8") for end in ends)
        sys.argv = ["convexam", *arguments]
        before()
        cli.main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def starved(size: int) -> Callable[[], None]:
    """Let no file grow beyond a size, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def full_after(count: int) -> Callable[[], None]:
    """Let the disk be full when so many files of ours have been written to it."""
    return lambda: replaced_after(os, "fsync", count, _no_space)


def stopped_after(count: int, how: signal.Signals) -> Callable[[], None]:
    """Let somebody send a signal, such as by Ctrl-C, when so many submissions have been kept."""
    return lambda: replaced_after(Store, "_keep", count, lambda: os.kill(os.getpid(), how))


def deadly(name: str) -> Callable[[], None]:
    """Let the reader of a file die of it."""

    real = Desk.read

    def read(self: Desk, task: ToRead) -> Handed:
        if task.source.endswith(name):
            os.abort()
        return real(self, task)

    return lambda: setattr(Desk, "read", read)


def replaced_after(owner: object, name: str, count: int, what: Callable[[], object]) -> None:
    """Do something first when a function was called so often."""
    real, left = getattr(owner, name), iter(range(count))

    def replaced(*arguments: Any) -> object:
        if next(left, None) is None:
            what()
        return real(*arguments)

    setattr(owner, name, replaced)


def _no_space() -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def as_anybody() -> None:
    """Give up what only root may, to whom nothing is unwritable."""
    if os.geteuid() == 0:
        header, none = (c_uint32 * 2)(_CAPABILITIES, 0), (c_uint32 * 6)()
        assert CDLL(None).capset(header, none) == 0
