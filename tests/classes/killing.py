"""Commands that are killed: when, which of their processes, and what stage they had come to."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from convexam.generator.streams import Stream

from .course import command, environment

VICTIMS = ("all", "all", "all", "parent", "parent", "parent", "worker", "starter")
"""Which processes are killed, some more often: all at once, as by a power cut, or one of them."""

PROC = Path("/proc/self/stat")
"""Where this is not, no process of a run is found."""

_PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Killed:
    """A run that was killed.

    Attributes
    ----------
    victim
        Which of its processes were.
    stage
        How far it had come.
    code
        The exit code of the run; negative where a signal ended it.
    printed
        What it said by then.
    orphans
        Processes of the run that were still there some seconds after it had ended.
    """

    victim: str
    stage: str
    code: int
    printed: str
    orphans: int


def killed(
    folder: Path,
    called: Sequence[object],
    after: float,
    victim: str,
    stream: Stream,
    how: signal.Signals = signal.SIGKILL,
    begun: Callable[[], bool] = lambda: True,
) -> Killed:
    """Start a command on an exam, send a signal some seconds after it has begun, and wait until it has ended."""
    run = subprocess.Popen(
        command(*called),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    while not begun() and run.poll() is None:
        time.sleep(0.01)
    with suppress(subprocess.TimeoutExpired):
        run.wait(after)
    _kill(run.pid, victim, stream, how)
    stage_ = stage(folder)
    printed, _ = run.communicate()
    late = time.monotonic() + _PATIENCE
    while (left := processes_of(run.pid)) and time.monotonic() < late:
        time.sleep(0.02)
    return Killed(victim, stage_, run.returncode, printed, len(left))


def _kill(session: int, victim: str, stream: Stream, how: signal.Signals) -> None:
    processes = processes_of(session)
    starters = [process for process, parent in processes.items() if parent == session]
    workers = [process for process, parent in processes.items() if parent in starters]
    chosen = {
        "all": list(processes),
        "parent": [session],
        "worker": [stream.choice(workers)] if workers else [],
        "starter": starters[:1],
    }[victim]
    for process in chosen:
        with suppress(ProcessLookupError):
            os.kill(process, how)


def processes_of(session: int) -> dict[int, int]:
    """Return the processes of a session that have not ended, each with its parent."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                state, parent, _, its_session = (
                    (entry / "stat").read_text().rpartition(")")[2].split(maxsplit=4)[:4]
                )
                if int(its_session) == session and state not in "ZX":
                    found[int(entry.name)] = int(parent)
    return found


def stage(folder: Path) -> str:
    """Say how far a run has come, by what it has kept and written."""
    marks = folder / "marks"
    if not arrived(folder):
        return "nothing read"
    if not any(marks.glob("*.json")):
        return "reading"
    if not (marks / "marks.csv").exists():
        return "writing students' files"
    return "writing reports" if not (marks / "waiting.yaml").exists() else "all written"


def arrived(folder: Path) -> int:
    """Count what the store holds of arrivals; it is looked at in a copy, so that nothing is mended by it."""
    store = folder / "record/marks.sqlite"
    if not store.exists():
        return 0
    with TemporaryDirectory() as copy:
        for file in store.parent.glob("marks.sqlite*"):
            shutil.copy(file, copy)
        connection = sqlite3.connect(Path(copy) / store.name)
        try:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'arrival'").fetchone():
                return 0
            (count,) = connection.execute("SELECT COUNT(*) FROM arrival").fetchone()
            return int(count)
        finally:
            connection.close()
