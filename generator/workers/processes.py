"""How workers are started and ended: forked off a process that holds nothing, or started afresh.

A process that marks has imported much and holds an open store. On Linux it therefore forks once, early on,
into a nursery: a process that has all imports and closes all files. Workers are forked off that one, within
milliseconds. When the process that started it ends, however it ends, the nursery ends all workers and itself.
A process that has threads cannot be forked safely; there the nursery is a new interpreter. On other systems
forking is not safe or not known, and each worker starts as a new interpreter.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import warnings
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import NoReturn, Protocol

from .. import scratch
from ..errors import ConvexamError
from .interpreters import ANSWERS, Interpreters, interpreter
from .line import Line
from .signals import held_back, leave_to_the_command

Serve = Callable[[Line], None]

_START, _CLOSE, _GONE = 0, -1, -2  # what the nursery hears instead of the id of a worker to end
_MOST_DIGITS = 32
_STANDARD = range(3)


class Process(Protocol):
    """A worker, as the process that waits for it sees it."""

    connection: Line

    def kill(self) -> None:
        """End it at once; harmless if it has died."""

    def end(self) -> int:
        """End it, clean up, and return its exit code; of a signal that killed it, the negative."""


class Starter(Protocol):
    """Starts workers."""

    def start(self) -> Process:
        """Start one more."""

    def close(self) -> None:
        """End all that are left."""


class NurseryDiedError(ConvexamError):
    """The process that starts workers was ended from outside, so nothing more can be done by this one."""


class Nursery:
    """Forks workers off a process without open files.

    Parameters
    ----------
    serve
        What each worker does.
    fork
        Whether that process is this one as it is now, and has its imports. Then make it early: before other
        threads run, and before a store is opened. Otherwise it is a new interpreter.
    """

    def __init__(self, serve: Serve, *, fork: bool = True) -> None:
        self._lock = Lock()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._wait = _forked_nursery(theirs, serve) if fork else _fresh_nursery(theirs, serve)

    def start(self) -> Process:
        """Start one more worker."""
        pid, handles = self.ask(_START)
        if not handles:
            raise OSError("no worker could be started")
        return _Forked(pid, Connection(handles[0]), self)

    def ask(self, pid: int) -> tuple[int, list[int]]:
        """Have a worker started: its id, and the handle of a socket; or have one ended: its exit code."""
        with self._lock, suppress(ConnectionError):
            self._line.send(str(pid).encode())
            answer, handles, _, _ = socket.recv_fds(
                self._line, _MOST_DIGITS, maxfds=1, flags=socket.MSG_CMSG_CLOEXEC
            )
            if answer:
                return int(answer), handles
        raise NurseryDiedError("The process that starts workers was ended; call the command again to go on.")

    def close(self) -> None:
        """End all workers, and the nursery."""
        with self._lock:
            if self._line.fileno() >= 0:
                with suppress(ConnectionError):
                    self._line.send(str(_CLOSE).encode())
                self._line.close()
                self._wait()


class _Forked:
    def __init__(self, pid: int, connection: Connection, nursery: Nursery) -> None:
        self.connection: Line = connection
        self._pid = pid
        self._nursery = nursery

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)

    def end(self) -> int:
        self.connection.close()
        try:
            return self._nursery.ask(self._pid)[0]
        except NurseryDiedError:
            self.kill()
            return -signal.SIGKILL


def _forked_nursery(line: socket.socket, serve: Serve) -> Callable[[], object]:
    """Fork a nursery off this process; return what waits for its end."""
    command = os.getpid()
    gc.freeze()  # they share the memory of what is there, and whoever looked for garbage in it would copy it
    with warnings.catch_warnings():  # numpy has idle threads, which hold nothing
        warnings.simplefilter("ignore", DeprecationWarning)
        with held_back():  # or the copy would unwind what the command has begun
            pid = os.fork()
            if not pid:
                _only(line, partial(_nurse_for, command, line, serve))
    return partial(os.waitpid, pid, 0)


def _fresh_nursery(line: socket.socket, serve: Serve) -> Callable[[], object]:
    """Start a nursery as a new interpreter; return what waits for its end."""
    process = interpreter(partial(_become_nursery, serve), stdout=line)
    if process.stdin:
        process.stdin.close()
    return process.wait


def _become_nursery(serve: Serve) -> None:
    line = socket.socket(fileno=os.dup(ANSWERS))
    _only(line, partial(_nurse_tidily, line, serve))


def _nurse_for(command: int, line: socket.socket, serve: Serve) -> None:
    """Nurse; tidy up after the command that this is a copy of, if it was killed."""
    if not _nurse(line, serve):
        scratch.remove(command)


def _nurse_tidily(line: socket.socket, serve: Serve) -> None:
    """Nurse; what libraries keep in files goes with the workers, which have no time to tidy up themselves."""
    with ExitStack() as stack:
        with suppress(OSError):  # where nothing can be written, nothing is left behind
            stack.enter_context(scratch.keeping_files())
        _nurse(line, serve)
    scratch.remove(os.getpid())


def _nurse(line: socket.socket, serve: Serve) -> bool:
    """Start and end workers as asked for, until nobody can ask any more; say whether that was told."""
    gc.freeze()  # workers share the memory of what is there
    workers: set[int] = set()
    pid = _GONE
    with suppress(ConnectionError):  # of who asked and was killed before the answer came
        while (pid := int(line.recv(_MOST_DIGITS) or _GONE)) >= _START:
            if pid == _START:
                workers.add(_fork(line, serve))
            else:
                workers.discard(pid)
                line.send(str(_ended(pid)).encode())
    for worker in workers:
        _ended(worker)
    return pid == _CLOSE


def _fork(line: socket.socket, serve: Serve) -> int:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        _only(theirs, lambda: serve(Connection(theirs.detach())))
    os.setpgid(pid, pid)  # as the worker itself does, whoever comes first
    theirs.close()
    socket.send_fds(line, [str(pid).encode()], [ours.fileno()])
    ours.close()
    return pid


def _only(line: socket.socket, work: Callable[[], None]) -> NoReturn:
    """Do what this process was forked for, with its line as the only open file, and end."""
    try:
        leave_to_the_command()
        os.setpgid(0, 0)
        null = os.open(os.devnull, os.O_RDWR)
        for handle in _STANDARD:
            os.dup2(null, handle)
        for handle in [int(file.name) for file in Path("/proc/self/fd").iterdir()]:
            if handle not in (*_STANDARD, line.fileno()):
                with suppress(OSError):
                    os.close(handle)
        work()
    finally:
        os._exit(1)  # nothing of the process that this is a copy of is tidied up


def _ended(pid: int) -> int:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


AFRESH: Callable[[Serve], Starter] = (
    partial(Nursery, fork=False) if sys.platform == "linux" else Interpreters  # of any process, at any time
)
