"""What a worker of a cluster does: it hands each task to a pool of ours, with limits, on its machine.

So a task that goes wrong costs the cluster only that task, and a worker with many threads uses as many cores.
"""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from ..errors import ConvexamError
from ..frozen import frozen
from .limits import Limits
from .pool import Workers
from .serving import Kind
from .versions import differences, versions


class ClusterError(ConvexamError):
    """A cluster that cannot do the work, or not any more."""


@frozen
class Start:
    """What the pools of one crew start with.

    Attributes
    ----------
    crew
        Which crew.
    data
        What is called first in every worker, with its arguments, and the limits; as `packed`.
    versions
        Those of the process that gives the tasks.
    """

    crew: str
    data: bytes
    versions: Mapping[str, str]


def packed(value: object) -> bytes:
    """Return what travels to a cluster for a value."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), level=1)


def _unpacked(data: bytes) -> Any:
    return pickle.loads(zlib.decompress(data))  # noqa: S301 - from the process whose tasks these are


def do(start: Start, task: bytes) -> tuple[Kind, Any]:
    """Do a task, which is a function that is called as it is; return what came of it, or what it raised.

    It is returned, for what is raised is written to the logs of the cluster, with what students handed in.
    """
    with _pools.of(start) as workers:
        try:
            return Kind.VALUE, workers.submit(_called, task).result()
        except Exception as error:
            return Kind.ERROR, error


def _called(task: bytes) -> object:
    call: Callable[[], object] = _unpacked(task)
    return call()


def close(crew: str) -> None:
    """End the workers of a crew on this machine at once."""
    _pools.close(crew)


class _Pools:
    """The pools of this process, one for each crew; one that was left behind ends when another crew comes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pools: dict[str, Workers] = {}
        self._busy: Counter[str] = Counter()
        self._ended: set[str] = set()

    @contextmanager
    def of(self, start: Start) -> Iterator[Workers]:
        """Lend the pool of a crew; it is made when it is needed first."""
        with self._lock:
            if start.crew in self._ended:
                raise ClusterError("This task was begun when nobody waited for it any more.")
            if start.crew not in self._pools:
                self._clear()
                self._pools[start.crew] = _pool(start)
            self._busy[start.crew] += 1
            workers = self._pools[start.crew]
        try:
            yield workers
        finally:
            with self._lock:
                self._busy[start.crew] -= 1

    def _clear(self) -> None:
        for crew in [crew for crew in self._pools if not self._busy[crew]]:
            self._pools.pop(crew).shutdown()

    def close(self, crew: str) -> None:
        """End the pool of a crew for good: a task of it that was cancelled may still arrive."""
        with self._lock:
            self._ended.add(crew)
            workers = self._pools.pop(crew, None)
        if workers:
            workers.stop()


_pools = _Pools()


def _pool(start: Start) -> Workers:
    """Return a pool of as many processes as the worker of the cluster has threads."""
    from distributed import get_worker

    if others := differences(start.versions, versions()):
        raise ClusterError(f"A worker that came later has other versions: {'; '.join(others)}.")
    function, arguments, limits = _unpacked(start.data)
    return _limited(get_worker().state.nthreads, function, arguments, limits)


def _limited(count: int, start: Callable[..., object], arguments: tuple[Any, ...], limits: Limits) -> Workers:
    return Workers(count, start=start, start_arguments=arguments, limits=limits, fork=False)
