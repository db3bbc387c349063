"""New interpreters: the way to processes of our own that is open to every process on every system.

A process with threads must not be forked, and one that was itself started as a daemon by `multiprocessing`,
as those of a cluster are, may have no children by it.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

from .line import Line
from .signals import leave_to_the_command

_LENGTH = struct.Struct("!I")
ANSWERS = 1  # the handle of standard output, on which nothing else is said
_TIDYING = 1  # seconds


def interpreter(work: Callable[[], object], stdout: Any = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start an interpreter that calls a function of a module and ends; its standard streams are its lines."""
    program = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import main; main()"
    command = [sys.executable, "-c", program]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stdout)  # noqa: S603 - our own
    with suppress(OSError):  # it died at once, which whoever waits for it will see
        _stream(process.stdin).write(pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
        _stream(process.stdin).flush()
    return process


def main() -> None:
    """Do what this interpreter was started for."""
    leave_to_the_command()
    pickle.load(sys.stdin.buffer)()  # noqa: S301 - from the process that started this one


class Interpreters:
    """Starts each worker as a new interpreter."""

    def __init__(self, serve: Callable[[Line], None]) -> None:
        self._serve = serve

    def start(self) -> Interpreter:
        """Start one more worker."""
        return Interpreter(interpreter(partial(_serve, self._serve)))

    def close(self) -> None:
        """Leave nothing behind: each worker was ended, or ends itself once nobody asks."""


class Interpreter:
    """A worker that is an interpreter of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.connection: Line = _Pipes(_stream(process.stdout), _stream(process.stdin))
        self._process = process

    def kill(self) -> None:
        """End it at once; harmless if it has died."""
        self._process.kill()

    def end(self) -> int:
        """End it, clean up, and return its exit code; of a signal that killed it, the negative."""
        self.connection.close()
        with suppress(subprocess.TimeoutExpired):  # it ends by itself, and tidies up
            self._process.wait(_TIDYING)
        self._process.kill()
        return self._process.wait()


def _serve(serve: Callable[[Line], None]) -> None:
    """Serve whoever started this interpreter; what tasks print is lost, and gets in no answer's way."""
    answers = os.fdopen(os.dup(ANSWERS), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), ANSWERS)
    serve(_Pipes(sys.stdin.buffer, answers))


class _Pipes:
    """A line of two pipes; a message follows its length."""

    def __init__(self, reads: IO[bytes], writes: IO[bytes]) -> None:
        self._reads = reads
        self._writes = writes

    def send_bytes(self, data: bytes) -> None:
        self._writes.write(_LENGTH.pack(len(data)) + data)
        self._writes.flush()

    def recv_bytes(self, most: int | None = None) -> bytes:
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        if most is not None and length > most:
            raise OSError("the message is too long")
        return self._read(length)

    def _read(self, count: int) -> bytes:
        data = self._reads.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def close(self) -> None:
        with suppress(OSError):  # of what was not sent any more
            self._writes.close()
        self._reads.close()


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise AssertionError("both streams are pipes")
    return stream
