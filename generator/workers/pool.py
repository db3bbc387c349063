"""A pool of processes with limits, in which a task that goes wrong costs only itself.

It is used like any `concurrent.futures.Executor`. What a task raises is raised by its future. Where a worker
dies of a task, the task is tried once more in a fresh worker, as the first may have been worn out by others;
if that one dies as well, the future raises `WorkerDied`. This guards against accidents, not against code that
a file smuggles into a worker: what workers answer is unpickled.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import LifoQueue
from threading import Event, Timer, active_count
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from .crew import Crew
from .limits import READING, Limits
from .processes import AFRESH, Nursery, Process, Starter
from .serving import MOST_ANSWER, Kind, load, serve

TASKS = 200
AHEAD = 8  # tasks for each worker, so that it never waits for whoever takes the outcomes
STARTING = 120  # seconds that a worker may take for its imports

P = ParamSpec("P")
R = TypeVar("R")


class WorkerDied(Exception):  # noqa: N818 - a verdict on the task
    """A task that no worker survived.

    Attributes
    ----------
    reason
        What the worker died of: "out of time", "out of memory", "died (signal SEGV)".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _nothing() -> None:
    """Prepare nothing."""


class Workers(Crew):
    """A pool of processes with limits; made before other threads run and a store is opened it starts fastest.

    Parameters
    ----------
    count
        How many processes work at once. Each is started when it is needed.
    start, start_arguments
        What is called first in every worker, without limits; what it raises, the task raises.
    limits
        What one task may take.
    tasks
        After how many tasks a worker is replaced.
    tries
        How many workers a task may cost.
    fork
        Whether workers are forked off this process as it is now, or start afresh, which is slower; None for
        what is safe here.
    """

    def __init__(
        self,
        count: int,
        *,
        start: Callable[..., object] = _nothing,
        start_arguments: tuple[Any, ...] = (),
        limits: Limits = READING,
        tasks: int = TASKS,
        tries: int = 2,
        fork: bool | None = None,
    ) -> None:
        if fork is None:
            fork = sys.platform == "linux" and active_count() == 1
        if fork:
            load()
        begin = partial(serve, start=start, arguments=start_arguments, limits=limits)
        self._starter: Starter = Nursery(begin) if fork else AFRESH(begin)
        self._stopped = Event()
        self._places = [_Place(self._starter, self._stopped, limits.seconds, tasks) for _ in range(count)]
        self._idle: LifoQueue[_Place] = LifoQueue()  # the last first, so that one task starts one worker
        for place in self._places:
            self._idle.put(place)
        self._threads = ThreadPoolExecutor(count)
        self._tries = tries
        self.ahead = AHEAD * count

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Have a function called in a worker; it, its arguments and what it returns must pickle."""
        return self._threads.submit(self._do, partial(fn, *args, **kwargs))

    def _do(self, call: Callable[[], R]) -> R:
        task = pickle.dumps(call, pickle.HIGHEST_PROTOCOL)
        place = self._idle.get()
        try:
            kind, value = place.do(task, self._tries)
        finally:
            self._idle.put(place)
        if kind == Kind.ERROR:
            raise value
        result: R = value
        return result

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Take no more tasks, and end the workers once those that were taken are done."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        if wait:
            for place in self._places:
                place.clear()
            self._starter.close()

    def stop(self) -> None:
        """End all workers at once, whatever they are at."""
        self._stopped.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for place in self._places:
            place.kill()
        self.shutdown()


class _Place:
    """A place for a worker, and for the next one when it has died; one thread at a time uses it."""

    def __init__(self, starter: Starter, stopped: Event, seconds: float, tasks: int) -> None:
        self._starter = starter
        self._stopped = stopped
        self._seconds = seconds
        self._tasks = tasks
        self._process: Process | None = None
        self._left = 0  # tasks

    def do(self, task: bytes, tries: int) -> tuple[int, Any]:
        """Have a task done: a value, or an error that it raised. What its last worker dies of is raised."""
        for _ in range(tries - 1):
            with suppress(WorkerDied):
                return self._try(task)
        return self._try(task)

    def _try(self, task: bytes) -> tuple[int, Any]:
        if self._process is None:
            self._process = self._starter.start()
            self._left = self._tasks
            kind, value = self._answer(self._process, None, STARTING)
            if kind == Kind.ERROR:
                self.clear()
                return kind, value
        answer = self._answer(self._process, task, self._seconds)
        self._left -= 1
        if not self._left:
            self.clear()
        return answer

    def _answer(self, process: Process, task: bytes | None, seconds: float) -> tuple[int, Any]:
        """Wait for the answer to a task, or for the first word of a worker that is ready."""
        late = monotonic() + seconds
        watch = Timer(seconds, process.kill)  # ends any wait below, also that for half an answer
        watch.start()
        try:
            if self._stopped.is_set():
                raise EOFError
            if task is not None:
                process.connection.send_bytes(task)
            answer = process.connection.recv_bytes(MOST_ANSWER)
        except (EOFError, OSError):
            answer = None
        finally:
            watch.cancel()
            watch.join()
        if answer is None:
            code = self.clear()
            raise WorkerDied("out of time" if monotonic() >= late else _reason(code)) from None
        kind, value = _read(answer)
        if kind == Kind.DIED:
            self.clear()
            raise WorkerDied(value)
        return kind, value

    def kill(self) -> None:
        """End the process; whoever waits for it sees that."""
        if process := self._process:
            process.kill()

    def clear(self) -> int:
        """End the process and make place for the next; return its exit code."""
        process, self._process = self._process, None
        return process.end() if process else 0


def _read(answer: bytes) -> tuple[int, Any]:
    try:
        kind, value = pickle.loads(answer)  # noqa: S301 - from a worker that we started
    except Exception:
        return Kind.DIED, "gave an answer that cannot be read"
    return kind, value


def _reason(code: int) -> str:
    """Say what a process died of."""
    if code >= 0:
        return f"died (exit {code})"
    name = signal.Signals(-code).name
    return "out of time" if name == "SIGXCPU" else f"died (signal {name.removeprefix('SIG')})"
