"""How much a worker may use; where a system knows a limit, the kernel holds it."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from ..frozen import frozen

if sys.platform != "win32":  # there the clock of the process that waits is all there is
    import resource

MOST_FILES = 64  # open at once: records of papers, and modules that are imported late
_STATM = Path("/proc/self/statm")


@frozen
class Limits:
    """What a worker may use.

    Attributes
    ----------
    seconds
        For one task, on the clock of the process that waits: more than computing, as machines are busy.
    computing
        Seconds of computing for one task, where the kernel counts them: in whole ones, so it may be one less.
    memory
        Bytes on top of what the worker had before its first task, which is mostly code.
    writes
        Whether it may write files.
    """

    seconds: float = 30
    computing: float = 5
    memory: int = 400 << 20
    writes: bool = False

    def impose(self) -> None:
        """Limit this process for good."""
        if sys.platform == "win32":
            return
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)  # who started the command may ignore it
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGXCPU})
        _limit(resource.RLIMIT_CORE, 0)
        if not self.writes:
            _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, MOST_FILES)
        if _STATM.exists():  # elsewhere it cannot be told how much is in use, and most do not hold this limit
            pages = int(_STATM.read_text().split()[0])
            _limit(resource.RLIMIT_AS, pages * os.sysconf("SC_PAGE_SIZE") + self.memory)

    def begin(self) -> None:
        """Limit the computing of the next task; a process that nobody waits for any more ends by it."""
        if sys.platform == "win32":
            return
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with suppress(ValueError, OSError):
            most = int(time.process_time() + self.computing)
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


READING = Limits() if sys.platform != "win32" else Limits(seconds=5)
"""For what students hand in."""

WAITED_FOR = Limits(seconds=5)
"""For one thing that a platform waits for, which ends all of it after a while."""

MAKING = Limits(seconds=1_800, computing=1_800, memory=2 << 30, writes=True)
"""For papers, which are ours: WeasyPrint takes minutes for a hundred keys, and keeps fonts in files."""


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    with suppress(ValueError, OSError):  # some systems know a limit and do not take it
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))
