"""What goes wrong with one file or student and stops nothing else, or what ends a command with a sentence."""

from __future__ import annotations

import traceback
from concurrent.futures import Future
from typing import TypeVar

from ..generator.errors import ConvexamError, DataError, Fault, OutputError, Place
from ..generator.workers.pool import WorkerDied

V = TypeVar("V")

FAILED = (DataError, WorkerDied)
"""What a paper, a file or a limit is to blame for."""


def done(future: Future[V]) -> V | Exception:
    """Return what came of a task, or why it failed; what no other task would survive either is raised."""
    try:
        return future.result()
    except ConvexamError as error:
        if not isinstance(error, DataError):
            raise
        return error
    except Exception as error:  # a worker died, or a fault of ours: neither may cost the others their marks
        return error


def made(future: Future[V], what: str) -> V:
    """Return what came of a task without which there is no going on.

    Raises
    ------
    OutputError
        If no worker survived it.
    ConvexamError
        As the task itself does.
    """
    try:
        return future.result()
    except WorkerDied as death:
        raise OutputError(f"{what} could not be made: {death.reason}") from None


def reasons_of(error: Exception) -> list[str]:
    """Say why something was not done."""
    if isinstance(error, DataError):
        return [fault.message for fault in error.faults]
    if isinstance(error, WorkerDied):
        return [error.reason]
    return [f"a fault of convexam ({type(error).__name__})"]


def raised(source: str, error: Exception) -> Exception:
    """Return what is to be raised where one failure ends a command; of a worker that died, at what."""
    return refusal(f"{source}: {error.reason}") if isinstance(error, WorkerDied) else error


def fault_of(error: Exception) -> str:
    """Return the traceback, where the program itself failed."""
    return "" if isinstance(error, FAILED) else "".join(traceback.format_exception(error))


def refusal(*problems: str) -> DataError:
    """Return what stops the marking of one file."""
    return DataError([Fault(Place(""), "", "; ".join(problems))])
