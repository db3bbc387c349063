"""A Dask cluster on this machine, started as people start one: a scheduler, and processes that work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS = 120  # that a busy machine may take for anything


class DaskCluster:
    """A scheduler and worker processes of one thread each; leave it by `end`.

    Parameters
    ----------
    folder
        Where they may write.
    workers
        How many processes.
    source
        Where they have convexam from.
    tls
        What they are called with to speak TLS.
    """

    def __init__(
        self, folder: Path, workers: int, source: Path = ROOT / "src", tls: Sequence[str] = ()
    ) -> None:
        self._folder = folder
        self._environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(filter(None, [str(source), os.environ.get("PYTHONPATH")])),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",  # worker processes that one task may cost
        }
        self._file = folder / "scheduler.json"
        at = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(self._file), *tls]
        protocol = ("--protocol", "tls") if tls else ()
        self.scheduler = self._dask("scheduler", *at, *protocol, "--port", "0")
        within(SECONDS, lambda: self._file.exists() and self._file.read_text().endswith("}"))  # it is whole
        self.address: str = json.loads(self._file.read_text())["address"]
        self.workers = self._started(at, workers) if workers else None
        within(SECONDS, lambda: self._log("scheduler").count("Register worker") >= workers)

    def _started(self, at: list[str], count: int) -> subprocess.Popen[bytes]:
        how = ("--nthreads", "1", "--nworkers", str(count), "--local-directory", str(self._folder))
        return self._dask("worker", *at, *how)

    def _dask(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-m", "dask", name, *arguments]
            return subprocess.Popen(command, stdout=log, stderr=log, env=self._environment)

    def _log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text("utf-8", "replace")

    def processes(self) -> list[int]:
        """Return the ids of the processes that work; each has one beside it that starts it again."""
        assert self.workers
        return [process for process in children(self.workers.pid) if b"spawn_main" in command(process)]

    def end(self) -> None:
        """End all of it."""
        for process in filter(None, (self.workers, self.scheduler)):
            process.terminate()
            try:
                process.wait(SECONDS)
            finally:
                process.kill()


def command(process: int) -> bytes:
    """Return the command line of a process, or nothing if it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def children(parent: int) -> list[int]:
    """Return the ids of the processes that a process started."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            _, _, after = (folder / "stat").read_text().rpartition(")")
        except (OSError, ValueError):
            continue
        if int(after.split()[1]) == parent:
            found.append(int(folder.name))
    return sorted(found)


def within(seconds: float, condition: Callable[[], object]) -> None:
    """Wait for something that has to happen."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(process: int) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
