"""An executor that gives its tasks to a Dask cluster, through Dask's own `concurrent.futures` interface.

A task whose worker dies is done again by another one. What tasks start with travels as a task of its own,
which workers pass on among themselves: it is sent once, and nothing is lost with a worker.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from weakref import WeakSet

from .crew import Crew
from .limits import READING, Limits
from .on_cluster import ClusterError, Start, close, do, packed
from .pool import AHEAD, WorkerDied
from .serving import Kind
from .versions import differences, versions

if TYPE_CHECKING:
    from distributed import Client

CONNECTING = 10  # seconds
CLOSING = 2  # seconds
PATIENCE = 60  # seconds without any worker
LOOKING = 2  # seconds between two looks at who works
MOST_NAMED = 5  # kinds of workers that are refused

P = ParamSpec("P")
R = TypeVar("R")


class Cluster(Crew):
    """The workers of a Dask cluster.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tls://host:8786``.
    start, start_arguments
        What is called first in every process that does tasks; what it raises, the task raises.
    limits
        What one task may take.

    Raises
    ------
    ClusterError
        If there is no such cluster, or one with other versions; later, by tasks, if it is lost.
    """

    sees_files = False

    def __init__(
        self,
        address: str,
        *,
        start: Callable[..., object],
        start_arguments: tuple[Any, ...] = (),
        limits: Limits = READING,
    ) -> None:
        self._address = address
        self._lost: ClusterError | None = None
        self._stopped = False  # what was begun is cancelled
        self._ended = Event()
        self._client = _connected(address)
        self._name = self._client.id  # of no other client
        try:
            self.ahead = AHEAD * self._threads()
            ours = versions()
            self._require(ours)
            begin = Start(self._name, packed((start, start_arguments, limits)), ours)
            self._start = self._client.submit(_same, begin, key=f"convexam-start-{self._name}")
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)
        self._begun: WeakSet[Future[Any]] = WeakSet()
        Thread(target=self._watch, daemon=True).start()

    # -- tasks -----------------------------------------------------------------------------------------

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Have a function called somewhere; it, its arguments and what it returns must pickle."""
        task = packed(partial(fn, *args, **kwargs))
        if self._lost:
            raise self._lost
        try:
            theirs = self._executor.submit(do, self._start, task)
        except Exception as error:
            raise self._gone() from error
        ours: Future[R] = Future()
        self._begun.add(ours)
        theirs.add_done_callback(partial(self._tell, ours))
        ours.add_done_callback(lambda ours: theirs.cancel() if ours.cancelled() else None)
        return ours

    def _tell(self, ours: Future[Any], theirs: Future[tuple[Kind, Any]]) -> None:
        """Pass on what came of a task."""
        if theirs.cancelled() and self._stopped:
            ours.cancel()
        if not ours.set_running_or_notify_cancel():
            return
        try:
            kind, value = self._outcome(theirs)
        except BaseException as error:
            kind, value = Kind.ERROR, error
        if kind == Kind.ERROR:
            ours.set_exception(value)
        else:
            ours.set_result(value)

    def _outcome(self, theirs: Future[tuple[Kind, Any]]) -> tuple[Kind, Any]:
        from distributed import KilledWorker

        if theirs.cancelled():
            raise self._lost or self._gone()
        try:
            return theirs.result()
        except KilledWorker as error:
            raise WorkerDied(f"{error.allowed_failures + 1} workers of the cluster died with it") from None

    # -- the cluster -----------------------------------------------------------------------------------

    def _threads(self) -> int:
        """Wait until somebody works there, and return how many tasks they do at once."""
        try:
            self._client.wait_for_workers(1, timeout=CONNECTING)
        except TimeoutError:
            start = f"start some with `dask worker {self._address}`"
            raise ClusterError(f"{self._address}: the Dask cluster has no workers; {start}") from None
        return sum(self._client.nthreads().values())

    def _require(self, ours: dict[str, str]) -> None:
        """Refuse workers that would not write the same bytes."""
        found: dict[str, list[str]] = {}
        for worker, theirs in self._client.run(versions, on_error="return").items():
            if reasons := [str(theirs)] if isinstance(theirs, Exception) else differences(ours, theirs):
                found.setdefault("; ".join(reasons), []).append(worker)
        if found:
            lines = [f"  {_named(workers)}: {reason}" for reason, workers in found.items()]
            raise ClusterError(
                f"{self._address}: nothing was done, as workers with other versions may write other bytes:\n"
                + "\n".join(lines[:MOST_NAMED])
                + "\nInstall the same for all of them, and start them again."
            )

    def _watch(self) -> None:
        """Look who works: a cluster may grow, and without workers it waits for some, in silence, for ever."""
        seen = monotonic()
        while not self._ended.wait(LOOKING):
            with suppress(Exception):  # a scheduler that is lost shows in the tasks
                if threads := sum(self._client.nthreads().values()):
                    self.ahead, seen = AHEAD * threads, monotonic()
                elif monotonic() - seen > PATIENCE:
                    self._lost = ClusterError(
                        f"{self._address}: the cluster has no workers any more. {_GO_ON}"
                    )
                    self._executor.shutdown(wait=False)

    def _gone(self) -> ClusterError:
        return ClusterError(f"{self._address}: the cluster is gone or does not answer any more. {_GO_ON}")

    # -- the end ---------------------------------------------------------------------------------------

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Take no more tasks; leave the cluster once those that were taken are done."""
        if cancel_futures:
            self._cancel()
        self._executor.shutdown(wait=wait)
        if wait and not self._ended.is_set():
            self._leave()

    def _cancel(self) -> None:
        """Cancel what was begun: on the cluster all at once, and then here."""
        self._stopped = True
        self._executor.shutdown(wait=False)
        for future in list(self._begun):
            future.cancel()

    def _leave(self) -> None:
        self._ended.set()
        if not self._lost and self._client.status == "running":
            last = Thread(target=self._close_pools, daemon=True)
            last.start()
            last.join(CONNECTING)
        with suppress(TimeoutError):  # of what it tells a scheduler that is lost
            self._client.close(timeout=CLOSING)

    def _close_pools(self) -> None:
        with suppress(Exception):  # or they end when they were idle for long
            self._client.run(close, self._name, on_error="ignore")


_GO_ON = "Nothing was lost; call the command again to go on."


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError('--cluster needs Dask: pip install "convexam[cluster]"') from None
    for name in ("distributed", "distributed.client"):  # what goes wrong is told by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        asyncio.run(_ask_who(address))
        return Client(address, timeout=CONNECTING, set_as_default=False)
    except Exception as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers there ({error}); start one with `dask scheduler`, "
            "and see docs/cluster.md"
        ) from error


async def _ask_who(address: str) -> None:
    """See to it that a scheduler answers; a client that fails to connect to something else never gives up."""
    from distributed import Security
    from distributed.comm.core import connect
    from distributed.core import send_recv

    try:
        async with asyncio.timeout(2 * CONNECTING):
            secured = Security().get_connection_args("client")
            comm = await connect(address, timeout=CONNECTING, **secured)
            try:
                answer = await send_recv(comm, op="identity")
            finally:
                comm.abort()
    except TimeoutError:
        raise OSError("something else listens, and does not answer") from None
    if answer.get("type") != "Scheduler":
        raise OSError(f"but a Dask {str(answer.get('type')).lower()}")


def _same(start: Start) -> Start:
    return start


def _named(workers: list[str]) -> str:
    return workers[0] if len(workers) == 1 else f"{len(workers)} workers, such as {workers[0]}"
