"""What a worker does: take a task, do it, answer; until nobody asks any more."""

from __future__ import annotations

import pickle
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from threading import Event
from typing import Any

from ..errors import ConvexamError
from .limits import Limits
from .line import Line

MOST_ANSWER = 64 << 20  # bytes


_serving = Event()


def in_worker() -> bool:
    """Say whether this process is a worker, with limits."""
    return _serving.is_set()


class Kind(IntEnum):
    """What an answer is."""

    VALUE = 0
    ERROR = 1  # raised by the task, and raised again where the answer is awaited
    DIED = 2  # the worker is not fit for another task; the answer is the reason


def load() -> None:
    """Import what tasks need and limits would be in the way of; before a fork, for all workers at once."""
    import numpy  # noqa: F401 - sets memory aside for every core


def serve(connection: Line, start: Callable[..., object], arguments: tuple[Any, ...], limits: Limits) -> None:
    """Answer once when the worker is ready, and then each task.

    Parameters
    ----------
    connection
        Where pickled tasks come from: functions that are called as they are.
    start, arguments
        What is called first, without limits: it imports what tasks need.
    limits
        What holds from then on.
    """
    sys.dont_write_bytecode = True  # it may not write files
    load()
    answer = _answer(partial(start, *arguments))
    limits.impose()
    _serving.set()
    while True:
        try:
            connection.send_bytes(answer)
            task = connection.recv_bytes()
        except (EOFError, OSError):
            return
        limits.begin()
        answer = _answer(partial(_do, task))


def _do(task: bytes) -> object:
    return pickle.loads(task)()  # noqa: S301 - from the process that started this one


def _answer(task: Callable[[], object]) -> bytes:
    """Put down what came of a task; nothing that it raises gets further."""
    try:
        return _pickled(*_outcome(task))
    except MemoryError:
        return _pickled(Kind.DIED, "out of memory")
    except Exception:
        return _pickled(Kind.DIED, "gave an answer that cannot be sent")


def _outcome(task: Callable[[], object]) -> tuple[Kind, object]:
    try:
        return Kind.VALUE, task()
    except MemoryError:
        return Kind.DIED, "out of memory"
    except RecursionError:
        return Kind.DIED, "nested too deeply"
    except Exception as error:
        if not isinstance(error, ConvexamError):  # a fault of ours: where it arrives its place is unknown
            error.add_note("".join(traceback.format_exception(error)))
        pickle.loads(pickle.dumps(error))  # noqa: S301 - an error may only fail where it arrives
        return Kind.ERROR, error
    except BaseException as error:
        return Kind.DIED, f"died ({type(error).__name__})"


def _pickled(kind: Kind, value: object) -> bytes:
    answer = pickle.dumps((int(kind), value), pickle.HIGHEST_PROTOCOL)
    if len(answer) > MOST_ANSWER:
        raise ValueError("the answer is too long")
    return answer
