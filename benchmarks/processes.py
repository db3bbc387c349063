"""Whole commands, with all processes that they start: CPU time, and memory at its highest; on Linux."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryFile
from time import sleep
from typing import Any

RUN = ("-m", "convexam")
EVERY = 0.05  # seconds between two looks at the memory
_COMPILING = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
_ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True)
class Used:
    """What a command and its workers took.

    Attributes
    ----------
    seconds
        CPU time of all of them.
    largest
        Bytes of the largest process, libraries included, at its highest (VmHWM).
    together
        Bytes of all processes at one moment, without libraries and other files, which programs share. What
        forked workers share with the command counts once (PSS).
    """

    seconds: float
    largest: int
    together: int


def run(arguments: Sequence[object], *, codes: Sequence[int] = (0,)) -> Used:
    """Run Python with some arguments, and look at it until it ends with one of the codes."""
    called = [sys.executable, *map(str, arguments)]
    with TemporaryFile() as said:
        process = subprocess.Popen(called, stdout=said, stderr=said, env=_ENVIRONMENT)  # noqa: S603
        largest = together = ended = 0
        while not ended:
            family = list(_family(process.pid))
            largest = max(largest, *(_kilobytes(pid, "status", "VmHWM") for pid in family))
            together = max(together, sum(_kilobytes(pid, "smaps_rollup", "Pss_Anon") for pid in family))
            sleep(EVERY)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            said.seek(0)
            raise RuntimeError(f"{called} ended with {process.returncode}:\n{said.read().decode()}")
    return Used(used.ru_utime + used.ru_stime, largest << 10, together << 10)


def computed(arguments: Sequence[str], **settings: Any) -> float:
    """Run Python with some arguments, modules compiled, and return the CPU time of all its processes."""
    before = _of_children()
    subprocess.run(  # noqa: S603 - our own
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=_COMPILING, **settings
    )
    return _of_children() - before


def _of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def megabytes(memory: float) -> str:
    """Write an amount of memory."""
    return f"{memory / 1e6:,.0f} MB"


def _family(pid: int) -> Iterator[int]:
    """Yield a process, its children, and theirs."""
    yield pid
    with suppress(OSError):  # it has just ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _kilobytes(pid: int, file: str, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0
